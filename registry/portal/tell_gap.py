"""What would turn an item into 符合, in words: the nearest ways, each with all it takes."""

from matching.engine.gap_types import ChangeKind, Gaps, GapSet
from matching.engine.gap_words import gap_in_words
from matching.language.wording import Words
from registry.portal.types import Tag, WaysView, WayView

MOST_SHOWN = 3
MOST_AMONG_ALL = 3
"""Ways told of one item on a page that lists them all: the rest stands on the page of the item."""
TAGS: dict[ChangeKind, Tag] = {
    "datum": Tag("补数据", "补上数据后重新判定，不等于符合", "plain"),
    "time": Tag("只需等待", "不用做什么，到那天就满足", "firm"),
    "firm": Tag("企业可争取", "企业自己可以改变", "firm"),
    "person": Tag("需人工认定", "由主管部门判断", "plain"),
    "fixed": Tag("已无法改变", "其中有一项谁也改变不了", "weak"),
}


def ways_view(found: Gaps, words: Words, most: int = MOST_SHOWN) -> WaysView | None:
    """Tell so many of the nearest ways; None where the item is met, or nothing could make it so.

    A way with something that nobody can change is told only where there is no other.
    """
    possible = [one for one in found.sets if one.kind != "fixed"]
    shown = possible[:most] or list(found.sets[:1])
    if not shown:
        return None
    return WaysView(
        ways=tuple(_way(one, words) for one in shown),
        near=shown[0].kind != "fixed" and len(shown[0].changes) == 1,
        more=max(len(possible) - len(shown), 0),
        complete=found.complete,
    )


def can_be_done(found: Gaps) -> bool:
    """Say whether the nearest way can be gone, and asks for more than to be told or judged."""
    return any(
        one.kind != "fixed" and any(change.kind in ("time", "firm") for change in one.changes)
        for one in found.sets[:1]
    )


def _way(found: GapSet, words: Words) -> WayView:
    return WayView(TAGS[found.kind], gap_in_words(found, words))
