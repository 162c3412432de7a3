"""JSON texts in the desk's own tables, read back as strictly as what comes over the wire. No table is known here."""

from vrm_desktop.canon import strict_json
from vrm_desktop.canon.errors import CanonError
from vrm_desktop.canon.strict_json import JsonValue
from vrm_desktop.vendor.errors import BadHome


def stored_object(text: str) -> dict[str, JsonValue]:
    """The object in a column.

    Raises:
        BadHome: it is not one; somebody else has written to the desk's database.
    """
    try:
        value = strict_json.decode(text.encode("utf-8"))
    except CanonError as error:
        raise BadHome(f"a stored object cannot be read: {error.code}") from error
    if not isinstance(value, dict):
        raise BadHome("a stored object is something else")
    return value
