"""“I am their customer”, signed by the key that the vendor signed with, for one reader: what the person shows or not.

It says that this key and the vendor's have a signed agreement, since when, and for whom the statement was made; who the
person is, what was ordered and what was told stands nowhere in it.
"""

from dataclasses import dataclass
from datetime import date

from vrm_desktop.canon import strict_json
from vrm_desktop.canon.errors import CanonError
from vrm_desktop.domain.ids import Kid
from vrm_desktop.formats.errors import FormatError
from vrm_desktop.protocol.agreements import SignedAgreement, parties
from vrm_desktop.protocol.errors import ProtocolError
from vrm_desktop.protocol.messages import CoSigned
from vrm_desktop.protocol.shapes import canonical_value, payload_of, read_day, struct_of
from vrm_desktop.protocol.signing import Signer, Typ, claimed_kid, sign_compact, verify_compact

LONGEST = 16 * 1024


class NotAStatement(FormatError):
    """Not a customer's statement, or not as it was signed."""

    code = "not-a-statement"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Statement:
    """A statement that holds: for whom, whose customer by name and key, since when, made on which day."""

    reader: str
    vendor: str
    vendor_kid: Kid
    since: date
    made: date


def make_statement(agreement: SignedAgreement, *, reader: str, vendor: str, made: date, signer: Signer) -> bytes:
    """The statement for `reader`; `signer` is the key that stands in the agreement."""
    payload = strict_json.encode(
        {"agreement": agreement.hash, "customer_of": vendor, "made": made.isoformat(), "reader": reader}
    )
    told = strict_json.decode(payload_of(agreement.document))
    return strict_json.encode({"agreement": told, "statement": sign_compact(signer, Typ.CUSTOMER, payload)})


def check_statement(data: bytes) -> Statement:
    """What a statement says.

    Raises:
        NotAStatement: it is none, or a signature does not hold.
    """
    try:
        return _checked(data)
    except (ProtocolError, CanonError) as error:
        raise NotAStatement(str(error)) from error


def _checked(data: bytes) -> Statement:
    value = canonical_value(data[: LONGEST + 1])
    match value:
        case {"agreement": dict(document), "statement": str(jws)}:
            person = claimed_kid(jws, Typ.CUSTOMER)
            said = canonical_value(verify_compact(jws, typ=Typ.CUSTOMER, kid=person))
            cosigned = struct_of(document, CoSigned)
        case _:
            raise NotAStatement("another shape")
    match said:
        case {"agreement": str(named), "customer_of": str(vendor), "made": str(made), "reader": str(reader)}:
            kid = _vendor_of(cosigned)
            agreement = SignedAgreement(cosigned, person=person, vendor=kid)
            if agreement.hash == named:
                return Statement(
                    reader=reader,
                    vendor=vendor,
                    vendor_kid=kid,
                    since=read_day(agreement.text.made),
                    made=read_day(made),
                )
    raise NotAStatement("about another agreement")


def _vendor_of(document: CoSigned) -> Kid:
    return parties(document)[1]
