"""What accepting, proposing a price and an order show."""

from dataclasses import dataclass

from vrm_desktop.ui.theme.tokens import Tone


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class AcceptView:
    """What accepting an offer tells this vendor alone.

    `sentence` stands above `gets`, which are label and value; `ways` are key and label of paying. `over`: none of the
    person's limits allows it, which `use` says too.
    """

    offer: str
    vendor: str
    total: str
    gets: tuple[tuple[str, str], ...]
    use: str
    ways: tuple[tuple[str, str], ...]
    sentence: str
    over: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class MissingView:
    """A profile field that delivery needs and that is not there: its path and its words."""

    offer: str
    vendor: str
    path: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class PriceView:
    """An offer whose price the person wants to answer."""

    offer: str
    vendor: str
    total: str
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class OrderView:
    """The order of a want, and how to pay it. `lines` are label and value; `link` and `code` are "" without a form.

    `differing` says what differs from the signed order; while `can_decide`, nothing is handed over. `asks`: it was
    handed over by `way`, and the person is asked what became of it. `can_attach`: a receipt can be kept with it.
    `over` says why the limit that it was bought under names other payees; handing it over is then the person's word.
    `signed`: a confirmation says how to pay; else the person pays by herself and is asked at once.
    """

    relationship: str
    vendor: str
    state: str
    tone: Tone
    explained: str
    total: str
    lines: tuple[tuple[str, str], ...] = ()
    link: str = ""
    code: bytes = b""
    can_tell_paid: bool = False
    alarm: str = ""
    differing: tuple[str, ...] = ()
    can_decide: bool = False
    asks: bool = False
    way: str = ""
    can_attach: bool = False
    signed: bool = True
    over: str = ""
