"""How an item can be had, and what a person should know of it, as pages show it."""

from datetime import date

import msgspec

from matching.catalogue.check import findings_of
from matching.catalogue.load_catalogue import Catalogue
from matching.catalogue.mode import MODES, item_mode
from matching.language.items import Item
from matching.language.problems import RULES


class ModeView(msgspec.Struct, frozen=True, kw_only=True):
    """The mode of an item, why, and what would bring it nearer to being had without asking.

    readiness  0 to 100; a published item has passed its mutation gate, so that share is whole.
    findings   pairs of what kind of thing and what it is.
    """

    word: str
    reason: str
    readiness: int
    raises: tuple[str, ...]
    findings: tuple[tuple[str, str], ...]


def tell_mode(item: Item, catalogue: Catalogue, on: date) -> ModeView:
    """Tell the mode of one item on a run day."""
    found = item_mode(item, catalogue, on)
    return ModeView(
        word=MODES[found.mode],
        reason=found.reason,
        readiness=found.readiness,
        raises=tuple(map(str, found.raises)),
        findings=tuple((RULES[one.rule], one.what) for one in findings_of(item, catalogue)),
    )


def mode_word(item: Item, catalogue: Catalogue, on: date) -> str:
    """Say the mode of an item in one word."""
    return MODES[item_mode(item, catalogue, on).mode]
