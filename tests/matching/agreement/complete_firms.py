"""Made-up enterprises of which everything the catalogue reads is known, drawn around the limits of its items."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

import msgspec

from matching.catalogue.load_catalogue import Catalogue, leaves
from matching.engine.match import whole_condition
from matching.engine.profile_text import fact_cell, is_of_rows, told_rows
from matching.engine.try_example import example_day
from matching.language.conditions import (
    Compare,
    CompareTwo,
    Condition,
    Dated,
    FirstOver,
    Flag,
    Growth,
    Listed,
    OneOf,
    Paid,
    Share,
    YearsSince,
)
from matching.language.items import Example, Item
from matching.language.needs import columns_of
from matching.language.quantities import OverMonths, Quantity
from matching.language.vocabulary import Fact, column_name, fact_of_column
from tests.matching.agreement.translate import latest_begin, years_earlier
from tests.matching.engine.small_world import Award, Cell, Entry, Firm

ODD = (-1, 0, 1)
BATCH = "第五批"


def item_day(item: Item) -> date:
    """Give the evidence day the item's first example is judged on."""
    return item.evidence(example_day(item, item.examples[0]))


def leaves_in(item: Item, catalogue: Catalogue) -> tuple[Condition, ...]:
    """Give every test inside an item, its area first."""
    return leaves(whole_condition(item, catalogue.vocabulary.places.root), catalogue.definitions)


class Dice:
    """Draws enterprises; the same seed draws the same ones."""

    def __init__(self, catalogue: Catalogue, items: tuple[Item, ...], seed: int) -> None:
        self.catalogue, self.items, self.words = catalogue, items, catalogue.vocabulary
        self.random = Random(seed)  # noqa: S311  made-up data, no secret
        self.columns = self._columns()
        self.tests: dict[str, tuple[Condition, ...]] = {
            item.id: leaves_in(item, catalogue) for item in items
        }
        self.codes = {fact.key: self._codes(fact) for fact in self.words.facts.values()}
        self.sizes = self._sizes()
        self.wholes = self._wholes()

    def firms(self, number: int) -> Iterator[Firm]:
        """Draw so many enterprises, shaped for each item in turn."""
        for place in range(number):
            item = self.items[place % len(self.items)]
            yield self._shaped(item)

    def _shaped(self, item: Item) -> Firm:
        """Draw one as in an example of the item, with some of its tests moved to their limits."""
        told = _Told(facts={}, entries={}, paid={})
        for column in self.columns:
            self._anything(told, column)
        self._as_in(told, item, self._example(item))
        others = self.items
        for test in self.random.choices(self.tests[item.id], k=self.random.choice((0, 0, 1, 2))):
            self._at_limit(told, test, item_day(item))
        for other in self.random.choices(others, k=2):
            # What it shares with the item it is shaped for stays as it is.
            test = self.random.choice(self.tests[other.id])
            if not set(columns_of(test, item_day(other), {})) & self._read_by(item):
                self._at_limit(told, test, item_day(other))
        for column in self.wholes:
            # A share of nothing, or growth from it, is not known: complete data have none.
            value = told.facts[column]
            told.facts[column] = value if isinstance(value, int) and value > 0 else 1
        return Firm(
            facts=told.facts,
            entries=tuple(entry for held in told.entries.values() for entry in held),
            awards=tuple(award for paid in told.paid.values() for award in paid),
        )

    def _read_by(self, item: Item) -> set[str]:
        day = item_day(item)
        return {name for test in self.tests[item.id] for name in columns_of(test, day, {})}

    def _example(self, item: Item) -> Example:
        """Choose an example, more often than not one that is met: there are fewer ways to meet an item."""
        good = [example for example in item.examples if example.expect in ("met", "person")]
        return self.random.choice(good if self.random.random() < 0.6 else item.examples)

    def _as_in(self, told: "_Told", item: Item, example: Example) -> None:
        for column, text in {**item.background, **example.given}.items():
            if text is None or not text.strip():
                continue
            if is_of_rows(column, self.words):
                said = told_rows(column, text, self.words)
                if column in self.words.lists:
                    rows = said.get("memberships", [])
                    told.entries[column] = [self._entry(row) for row in rows if row["from_on"]]
                elif column.startswith("paid:"):
                    rows = said.get("awards", [])
                    told.paid[column] = [Award(str(row["family"]), 1) for row in rows]
            else:
                cell = fact_cell(column, text, self.words)
                known = self.codes.get(fact_of_column(column)[0])
                told.facts[column] = self._finest(cell, known) if known else cell

    def _entry(self, said: dict[str, Cell | None]) -> Entry:
        """Give an entry of an example, and a level and batch where it leaves them open."""
        entry = msgspec.convert({name: said.get(name) for name in Entry.__struct_fields__}, Entry)
        levels = self.words.lists[entry.list].levels or (None,)
        level, batch = entry.level or self.random.choice(levels), entry.batch or BATCH
        return msgspec.structs.replace(entry, level=level, batch=batch)

    def _finest(self, cell: Cell, known: tuple[str, ...]) -> Cell:
        """Give a code nothing finer is asked for within: a coarse one would leave conditions open."""
        if cell in known:
            return cell
        said = str(cell)
        finer = [code for code in known if code.startswith(re.sub("(00)+$", "", said))]
        # A class the tree does not know, C3489, has nothing finer.
        return self.random.choice(finer or [said.ljust(5, "9")])

    def _anything(self, told: "_Told", column: str) -> None:
        if column in self.words.lists:
            told.entries[column] = []
            if self.random.random() < 0.2:
                self._listed(told, Listed(list=column), date(2026, 9, 30))
        elif column.startswith("paid:"):
            paid = self.random.random() < 0.2
            told.paid[column] = [Award(column.removeprefix("paid:"), 1)] if paid else []
        else:
            told.facts[column] = self._cell(self.words.facts[fact_of_column(column)[0]], column)

    def _cell(self, fact: Fact, column: str) -> Cell:
        match fact.kind:
            case "flag":
                return self.random.random() < 0.5
            case "date":
                return date(2015, 1, 1) + timedelta(days=self.random.randrange(4300))
            case "code":
                return self.random.choice(self.codes[fact.key])
            case _:
                limit = self.random.choice(self.sizes.get(column, (100,)))
                return self.random.choice((limit, limit - 1, limit + 1, limit * 2, 0))

    def _at_limit(self, told: "_Told", test: Condition, on: date) -> None:  # noqa: C901  one case a kind
        """Change what a test reads so that it just holds or just does not."""
        odd = self.random.choice(ODD)
        match test:
            case Compare(quantity=quantity, limit=limit):
                _put(told, quantity, limit + odd, on)
            case CompareTwo(quantity=one, other=two):
                _put(told, one, self._of(told, two, on) + odd, on)
            case Share(part=part, whole=whole, limit_bp=limit):
                base = self.random.randrange(1, 10**9)
                _put(told, whole, base, on)
                _put(told, part, base * limit // 10_000 + odd, on)
            case Growth(now=now, before=before, limit_bp=limit, years=years):
                base = self.random.randrange(1, 10**9)
                _put(told, before, base, on)
                _put(told, now, base * (10_000 + limit) ** years // 10_000**years + odd, on)
            case FirstOver(fact=fact, since=since, limit=limit):
                year = self.random.randrange(since, on.year + 1)
                told.facts[column_name(fact, str(year))] = limit + odd
            case Dated(fact=fact, period=period, day=day):
                told.facts[_column(fact, period, on)] = day + timedelta(days=odd)
            case YearsSince(fact=fact, at_least=years):
                told.facts[fact] = latest_begin(on, years) + timedelta(days=odd)
            case OneOf(fact=fact, period=period):
                told.facts[_column(fact, period, on)] = self.random.choice(self.codes[fact])
            case Flag(fact=fact, period=period):
                told.facts[_column(fact, period, on)] = self.random.random() < 0.5
            case Paid(family=family):
                told.paid[f"paid:{family}"] = [Award(family, 1)] * self.random.randrange(2)
            case Listed():
                self._listed(told, test, on)
            case _:
                return

    def _of(self, told: "_Told", quantity: Quantity, on: date) -> int:
        values = [told.facts[column] for column in quantity.columns(on)]
        return int(values[0]) if isinstance(values[0], int) else 0

    def _listed(self, told: "_Told", test: Listed, on: date) -> None:
        """Give one or two entries whose days lie on, before or after those that decide."""
        kind = self.words.lists[test.list]
        turns = [on, test.valid_on or on, test.since_by or on, *(test.first_in or ())]
        turns += [date(on.year + (test.first_year or 0), *day) for day in ((1, 1), (12, 31))]
        turns += [
            years_earlier(on, years) for years in (test.within_years, kind.validity_years) if years
        ]
        held: list[Entry] = []
        for _ in range(self.random.choice((1, 1, 2))):
            days = [day + timedelta(days=odd) for day in turns for odd in ODD]
            began, left = self.random.choice(days), self.random.choice(days)
            until = began + timedelta(days=365 * 3) if self.random.random() < 0.5 else None
            held.append(
                Entry(
                    list=test.list,
                    level=self.random.choice(kind.levels) if kind.levels else None,
                    batch=self.random.choice((*test.batches, BATCH)),
                    from_on=began,
                    until_on=until if self.random.random() < 0.8 else self.random.choice(days),
                    left_on=left if self.random.random() < 0.1 else None,
                )
            )
        told.entries[test.list] = held

    def _columns(self) -> tuple[str, ...]:
        """Name every fact, list and ledger the items read on their days."""
        names: set[str] = set()
        for item in self.items:
            whole = whole_condition(item, self.words.places.root)
            names.update(columns_of(whole, item_day(item), self.catalogue.definitions))
        return tuple(sorted(names))

    def _codes(self, fact: Fact) -> tuple[str, ...]:
        """Give the codes an enterprise may bear: no two of them lie in each other."""
        tree = self.words.tree_of(fact)
        if tree is None:
            return tuple(fact.values)
        outer = {node.within for node in tree.nodes.values()}
        finest = [code for code in tree.nodes if code not in outer]
        if fact.tree == "industries":
            finest = [code.ljust(5, "9") for code in finest]
        return tuple(dict.fromkeys(finest))

    def _wholes(self) -> tuple[str, ...]:
        """Name the columns something is divided by anywhere."""
        names: set[str] = set()
        for item in self.items:
            for test in self.tests[item.id]:
                if isinstance(test, Share | Growth):
                    whole = test.whole if isinstance(test, Share) else test.before
                    names.update(whole.columns(item_day(item)))
        return tuple(sorted(names))

    def _sizes(self) -> dict[str, tuple[int, ...]]:
        """Give the limits each column is compared with anywhere."""
        sizes: dict[str, set[int]] = {}
        for item in self.items:
            for test in self.tests[item.id]:
                if isinstance(test, Compare | FirstOver):
                    for column in columns_of(test, item_day(item), {}):
                        sizes.setdefault(column, set()).add(test.limit)
        return {column: tuple(sorted(limits)) for column, limits in sizes.items()}


class _Told(msgspec.Struct):
    """An enterprise while it is being drawn."""

    facts: dict[str, Cell]
    entries: dict[str, list[Entry]]
    paid: dict[str, list[Award]]


def _put(told: _Told, quantity: Quantity, value: int, on: date) -> None:
    """Give a quantity this value: the only column it reads, or months that come to it."""
    columns = quantity.columns(on)
    if isinstance(quantity, OverMonths) and quantity.take == "sum":
        told.facts |= dict.fromkeys(columns, 0)
        told.facts[columns[-1]] = value
    else:
        told.facts |= dict.fromkeys(columns, value)


def _column(fact: str, period: str | None, on: date) -> str:
    year = period if period is None or not period.startswith("-") else str(on.year + int(period))
    return column_name(fact, year)
