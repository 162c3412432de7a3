"""Messages as no honest program makes them: payloads changed and signed again, headers and envelopes of any shape."""

from collections.abc import Mapping

from vrm_desktop.canon import base64url, strict_json
from vrm_desktop.canon.strict_json import JsonValue
from vrm_desktop.protocol.sealing import Sealed
from vrm_desktop.protocol.signing import Signer, Typ, protected_header

Members = dict[str, JsonValue]


def members_of(sealed: Sealed) -> Members:
    """The payload of an honest message, to be changed."""
    value = strict_json.decode(base64url.decode(sealed.envelope.jws.split(".")[1]))
    if not isinstance(value, dict):
        raise TypeError("a payload is an object")
    return value


def signed(
    members: Mapping[str, object],
    signer: Signer,
    *,
    disclosures: tuple[str, ...] = (),
    typ: Typ = Typ.MESSAGE,
    protected: str | None = None,
) -> bytes:
    """An envelope around exactly these members; `protected` replaces the header that belongs to them."""
    return signed_payload(strict_json.encode(members), signer, disclosures=disclosures, typ=typ, protected=protected)


def signed_payload(
    payload: bytes,
    signer: Signer,
    *,
    disclosures: tuple[str, ...] = (),
    typ: Typ = Typ.MESSAGE,
    protected: str | None = None,
) -> bytes:
    """An envelope around a payload of any bytes, under a signature that holds."""
    header = protected_header(typ, signer.kid) if protected is None else protected
    signing_input = f"{header}.{base64url.encode(payload)}"
    signature = base64url.encode(signer.sign(signing_input.encode("ascii")))
    return envelope(f"{signing_input}.{signature}", disclosures)


def envelope(jws: str, disclosures: tuple[str, ...] = ()) -> bytes:
    """The canonical envelope around any text."""
    return strict_json.encode({"disclosures": disclosures, "jws": jws})


def header(**members: str) -> str:
    """A protected header of these members, in canonical form."""
    return base64url.encode(strict_json.encode(members))


def payload_of_jws(jws: str) -> bytes:
    """The payload's bytes of a compact JWS that was verified before."""
    return base64url.decode(jws.split(".")[1])
