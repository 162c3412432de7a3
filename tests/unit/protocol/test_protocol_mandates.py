"""Limits in their signed form: read back whole, checked by another library, and refused where they were altered."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from vrm_desktop.canon import base64url, strict_json
from vrm_desktop.canon.hashes import digest
from vrm_desktop.domain.limits import AnyOf, Article, Frequency, LimitTerms, Party
from vrm_desktop.protocol.errors import BadSignature, Malformed
from vrm_desktop.protocol.mandates import SignedLimit, read_limit, read_revocation, sign_limit, sign_revocation
from vrm_desktop.protocol.signing import SeedSigner, Typ, sign_compact

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
KEY, OTHER = SeedSigner(b"\x01" * 32), SeedSigner(b"\x02" * 32)
TERMS = LimitTerms(
    currency="EUR",
    highest=80_000,
    lowest=100,
    budget=100_000,
    starts=NOW,
    ends=NOW + timedelta(days=30),
    merchants=(Party(id="radhaus.example", name="Radhaus", website="https://radhaus.example"), Party(id="x.example")),
    choices=(AnyOf(id="choice-1", acceptable=(Article(id="4012345678901", title="Rad"), Article(id="b")), quantity=2),),
    payees=(Party(id="payto://iban/DE75512108001245126199"),),
    frequency=Frequency.MONTHLY,
    times=3,
)
BARE = LimitTerms(currency="JPY", highest=800, starts=NOW, ends=NOW + timedelta(days=1))
Payload = dict[str, Any]


def signed(terms: LimitTerms = TERMS) -> SignedLimit:
    return sign_limit(terms, made=NOW, signer=KEY)


def payload(token: str) -> Payload:
    value: Payload = json.loads(base64url.decode(token.split(".")[1]))
    return value


def resigned(token: str, change: Callable[[Payload], object], signer: SeedSigner = KEY) -> str:
    said = payload(token)
    change(said)
    return sign_compact(signer, Typ.LIMIT, strict_json.encode(said))


@pytest.mark.parametrize(
    "terms",
    [TERMS, BARE, replace(TERMS, times=None), replace(TERMS, choices=(), payees=(), budget=None)],
)
def test_a_limit_is_read_back_as_it_was_signed(terms: LimitTerms) -> None:
    limit = signed(terms)
    read, kid = read_limit(limit.checkout, limit.payment)
    assert read == terms
    assert kid == KEY.kid
    assert limit == signed(terms)


def test_it_has_the_members_of_ap2s_open_mandates() -> None:
    limit = signed()
    what, how = payload(limit.checkout), payload(limit.payment)
    cnf = {"jwk": {"kty": "OKP", "crv": "Ed25519", "x": KEY.kid}}
    times = {"iat": int(NOW.timestamp()), "exp": int(TERMS.ends.timestamp())}
    assert what == {
        "vct": "mandate.checkout.open.1",
        "constraints": [
            {
                "type": "checkout.allowed_merchants",
                "allowed": [
                    {"id": "radhaus.example", "name": "Radhaus", "website": "https://radhaus.example"},
                    {"id": "x.example"},
                ],
            },
            {
                "type": "checkout.line_items",
                "items": [
                    {
                        "id": "choice-1",
                        "acceptable_items": [{"id": "4012345678901", "title": "Rad"}, {"id": "b"}],
                        "quantity": 2,
                    }
                ],
            },
        ],
        "cnf": cnf,
        **times,
    }
    assert how == {
        "vct": "mandate.payment.open.1",
        "constraints": [
            {"type": "payment.amount_range", "currency": "EUR", "min": 100, "max": 80_000},
            {
                "type": "payment.execution_date",
                "not_before": "2026-11-22T12:00:00Z",
                "not_after": "2026-12-22T12:00:00Z",
            },
            {"type": "payment.reference", "conditional_transaction_id": digest(limit.checkout.encode())},
            {"type": "payment.budget", "currency": "EUR", "max": 100_000},
            {"type": "payment.allowed_payees", "allowed": [{"id": "payto://iban/DE75512108001245126199"}]},
            {"type": "payment.agent_recurrence", "frequency": "MONTHLY", "max_occurrences": 3},
        ],
        "cnf": cnf,
        **times,
    }


def test_another_library_finds_both_signatures_good() -> None:
    limit = signed()
    key = Ed25519PublicKey.from_public_bytes(base64url.decode(KEY.kid))
    for token in (limit.checkout, limit.payment):
        signing_input, _dot, signature = token.rpartition(".")
        key.verify(base64url.decode(signature), signing_input.encode())


def test_a_limit_of_two_keys_or_of_two_halves_is_refused() -> None:
    limit, other = signed(), sign_limit(TERMS, made=NOW, signer=OTHER)
    for checkout, payment in (
        (limit.checkout, other.payment),
        (limit.checkout, signed(BARE).payment),
        (limit.checkout[:-4] + "AAAA", limit.payment),
        (resigned(limit.checkout, lambda said: said.update(iat=0)), limit.payment),
        (resigned(limit.checkout, lambda _said: None, OTHER), resigned(limit.payment, lambda _said: None, OTHER)),
        (sign_compact(KEY, Typ.CARD, b"{}"), limit.payment),
    ):
        with pytest.raises(BadSignature):
            read_limit(checkout, payment)
    with pytest.raises(Malformed):
        read_limit("x", limit.payment)
    with pytest.raises(BadSignature):
        read_limit(limit.checkout, resigned(limit.payment, lambda said: said["constraints"].pop(2)))


def constraint(said: Payload, kind: str) -> Payload:
    return next(one for one in said["constraints"] if one["type"] == f"payment.{kind}")


@pytest.mark.parametrize(
    "change",
    [
        lambda said: said.update(more=1),
        lambda said: said["constraints"].append({"type": "payment.allowed_pisps", "allowed": []}),
        lambda said: said["constraints"].append({"type": "payment.budget", "currency": "EUR", "max": 1}),
        lambda said: said["constraints"].pop(0),
        lambda said: said["constraints"].pop(1),
        lambda said: constraint(said, "budget").update(currency="CHF"),
        lambda said: constraint(said, "budget").update(max=1),
        lambda said: constraint(said, "amount_range").update(max=-1),
        lambda said: constraint(said, "amount_range").update(note="x"),
        lambda said: constraint(said, "execution_date").update(not_after="2027-01-01T00:00:00Z"),
        lambda said: constraint(said, "execution_date").update(not_after="soon"),
        lambda said: said.update(vct="mandate.payment.1"),
    ],
)
def test_what_is_not_known_or_does_not_fit_is_refused(change: Callable[[Payload], object]) -> None:
    limit = signed()
    with pytest.raises(Malformed):
        read_limit(limit.checkout, resigned(limit.payment, change))


def test_one_constraint_stands_there_once() -> None:
    limit = signed(BARE)
    with pytest.raises(Malformed):
        read_limit(
            limit.checkout, resigned(limit.payment, lambda said: said["constraints"].append(said["constraints"][0]))
        )


def test_the_lowest_amount_may_be_left_out() -> None:
    limit = signed(BARE)
    payment = resigned(limit.payment, lambda said: constraint(said, "amount_range").pop("min"))
    assert read_limit(limit.checkout, payment)[0] == BARE


def test_a_limit_is_revoked_by_its_own_key_and_no_other() -> None:
    limit = signed()
    token = sign_revocation(limit.checkout, at=NOW, signer=KEY)
    assert read_revocation(token, checkout=limit.checkout) == NOW
    with pytest.raises(BadSignature):
        read_revocation(token, checkout=signed(BARE).checkout)
    with pytest.raises(BadSignature):
        read_revocation(sign_revocation(limit.checkout, at=NOW, signer=OTHER), checkout=limit.checkout)
    with pytest.raises(Malformed):
        read_revocation(limit.payment, checkout=limit.checkout)


def test_shapes_show_nothing_of_what_they_say() -> None:
    assert "Radhaus" not in repr(signed())
