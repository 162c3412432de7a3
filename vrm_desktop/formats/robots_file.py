"""`robots.txt` (RFC 9309): whether a program that comes by itself may ask for a page. Bytes in, yes or no out.

Read for watched prices alone: a page that the person asks for is the person's own visit, as with a browser. Never here:
fetching it, nor what follows from it.
"""

LARGEST = 512 * 1024
AGENT = "intentcast"
_MOST_LINES = 5_000
_LONGEST_RULE = 500


def may_visit(data: bytes, path: str) -> bool:
    """Whether the file lets a program named `intentcast` ask for `path` (path and query).

    The group for the name counts, or else the group for all; the longest rule that fits decides, and allowing wins
    among equals. What cannot be read as a rule is passed over.
    """
    rules = _rules_for(data[:LARGEST].decode("utf-8", "replace"))
    longest, allowed = -1, True
    for allows, rule in rules:
        fits = len(rule) > longest or (len(rule) == longest and allows)
        if fits and _matches(rule, path):
            longest, allowed = len(rule), allows
    return allowed


def _rules_for(text: str) -> list[tuple[bool, str]]:
    groups: dict[str, list[tuple[bool, str]]] = {}
    named: list[str] = []
    in_rules = False
    for line in text.removeprefix("\ufeff").splitlines()[:_MOST_LINES]:
        name, colon, value = line.partition("#")[0].partition(":")
        word, said = name.strip().casefold(), value.strip()
        if not colon:
            continue
        if word == "user-agent":
            named = [] if in_rules else named
            in_rules = False
            named.append(said.casefold())
            groups.setdefault(said.casefold(), [])
        elif word in {"allow", "disallow"}:
            in_rules = True
            for one in named if said and len(said) <= _LONGEST_RULE else ():
                groups[one].append((word == "allow", said))
    return groups[AGENT] if AGENT in groups else groups.get("*", [])


def _matches(rule: str, path: str) -> bool:
    """Each piece between stars where it is first found: never back again, however many stars there are."""
    ends = rule.endswith("$")
    parts = rule.removesuffix("$").split("*")
    if not path.startswith(parts[0]):
        return False
    at = len(parts[0])
    for part in parts[1:-1]:
        at = path.find(part, at)
        if at < 0:
            return False
        at += len(part)
    if len(parts) == 1:
        return not ends or at == len(path)
    last = parts[-1]
    if ends:
        return len(path) - len(last) >= at and path.endswith(last)
    return path.find(last, at) >= 0
