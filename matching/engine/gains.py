"""What a title would bring an enterprise: every item decided as if it held it, against as it is."""

from collections.abc import Sequence
from datetime import date

import msgspec
import polars as pl

from matching.engine.explain import traces
from matching.engine.match import decided_items, payable
from matching.engine.population import MEMBERSHIP_COLUMNS, Population
from matching.engine.single.single import Single
from matching.engine.trace import ItemTrace
from matching.engine.truth import MET, OPEN, PERSON, UNMET
from matching.language.items import Item
from matching.language.needs import columns_of, columns_of_amount
from matching.language.standards import Tier

RANK = {UNMET: 0, PERSON: 1, OPEN: 1, MET: 2}
"""What is better: surely, perhaps, not."""


class Gain(msgspec.Struct, frozen=True, kw_only=True):
    """An item that comes out better with the title.

    before, after  verdict codes.
    low_cents, high_cents  what it gives more, at least and at most, were every open amount to turn out so; high
               None: no upper end known.
    payable    a met one would be paid without anybody's further word.
    """

    item_id: str
    title: str
    before: int
    after: int
    low_cents: int
    high_cents: int | None
    payable: bool


def gains_of(
    items: Sequence[Item], tier: Tier, population: Population, single: Single, on: date
) -> tuple[Gain, ...]:
    """Give the items that come out better were the title held from that day on: surely met ones first, most first.

    What excludes another item is not set off here.
    """
    asked = [item for item in decided_items(items, on) if _reads(item, tier.list, single, on)]
    if not asked:
        return ()
    holding = Single(
        held_from(population, tier.list, on), single.vocabulary, single.definitions, single.run_day
    )
    both = zip(asked, traces(asked, single, on), traces(asked, holding, on), strict=True)
    found = [_gain(item, now, then, on) for item, now, then in both if _better(now, then)]
    return tuple(sorted(found, key=lambda one: (-RANK[one.after], -one.low_cents, one.item_id)))


def held_from(population: Population, list_key: str, on: date) -> Population:
    """Give the population as if its first enterprise had come onto a list that day; nothing more is known of it."""
    own = population.frame["enterprise_id"][0]
    entry = {"enterprise_id": [own], "list": [list_key], "from_on": [on]}
    nothing = {key: [None] for key in MEMBERSHIP_COLUMNS if key not in entry}
    added = pl.DataFrame({**entry, **nothing}, schema_overrides=MEMBERSHIP_COLUMNS)
    columns = list(MEMBERSHIP_COLUMNS)
    entries = pl.concat([population.memberships.select(columns), added.select(columns)])
    return msgspec.structs.replace(population, memberships=entries)


def _reads(item: Item, key: str, single: Single, on: date) -> bool:
    """Say whether a list bears on an item, in its condition or its amount."""
    day, named = item.evidence(on), single.definitions
    return key in columns_of(item.condition, day, named) or key in columns_of_amount(
        item.amount, day, named
    )


def _better(now: ItemTrace, then: ItemTrace) -> bool:
    if RANK[then.verdict] != RANK[now.verdict]:
        return RANK[then.verdict] > RANK[now.verdict]
    if then.verdict == UNMET:
        return False
    more_at_most = now.high_cents is not None and (
        then.high_cents is None or then.high_cents > now.high_cents
    )
    return then.low_cents > now.low_cents or more_at_most


def _gain(item: Item, now: ItemTrace, then: ItemTrace, on: date) -> Gain:
    had_low = now.low_cents if now.verdict == MET else 0
    had_most = 0 if now.verdict == UNMET else now.high_cents
    least = then.low_cents if then.verdict == MET else 0
    high = None if then.high_cents is None else max(then.high_cents - had_low, 0)
    return Gain(
        item_id=item.id,
        title=item.title,
        before=now.verdict,
        after=then.verdict,
        low_cents=0 if had_most is None else max(least - had_most, 0),
        high_cents=high,
        payable=payable(item, on).allowed,
    )
