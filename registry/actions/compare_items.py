"""How the items of one enterprise come out of two profiles."""

from matching.catalogue.load_catalogue import Catalogue
from registry.actions.look_up_enterprise import Finding, findings_of
from registry.corrections.types import ItemChange
from registry.profiles.knowledge import Knowledge
from registry.profiles.types import Profile


def compared_items(
    before: Profile, after: Profile, knowledge: Knowledge, catalogue: Catalogue
) -> tuple[ItemChange, ...]:
    """Judge both profiles on every item and give those that differ."""
    was, now = (
        {found.item.id: found for found in findings_of(one, knowledge, catalogue)}
        for one in (before, after)
    )
    changes = (_change(was[key], now[key]) for key in was)
    return tuple(one for one in changes if _differs(one))


def _change(was: Finding, now: Finding) -> ItemChange:
    return ItemChange(
        item_id=now.item.id,
        title=now.item.title,
        before=was.explanation.verdict,
        after=now.explanation.verdict,
        before_low_cents=was.explanation.low_cents,
        before_high_cents=was.explanation.high_cents,
        after_low_cents=now.explanation.low_cents,
        after_high_cents=now.explanation.high_cents,
        pays=now.payable.allowed,
    )


def _differs(change: ItemChange) -> bool:
    return (change.before, change.before_low_cents, change.before_high_cents) != (
        change.after,
        change.after_low_cents,
        change.after_high_cents,
    )
