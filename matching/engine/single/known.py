"""One enterprise of a population as plain values, read once."""

from collections import defaultdict
from datetime import date, timedelta

import msgspec
import polars as pl

from matching.engine.population import Population
from matching.engine.whole import NARROW
from matching.language.vocabulary import Vocabulary

Cell = int | str | bool | date


class Entry(msgspec.Struct, frozen=True):
    """One list entry; days, level and batch are None where nobody told."""

    level: str | None
    batch: str | None
    from_on: date | None
    until_on: date | None
    left_on: date | None


class Award(msgspec.Struct, frozen=True):
    """One payment; None where the sum or the day is not known."""

    cents: int | None
    paid_on: date | None


class Claim(msgspec.Struct, frozen=True):
    """One evidence item it claims; `shared`: another enterprise claims it too."""

    key: str
    cents: int | None
    shared: bool


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of one enterprise.

    facts     column to value, None where unknown; a column that is not here is unknown as well.
    entries   its entries by list; awards: what was paid, by family.
    coverage  as of the population: up to which day a whole list or ledger is known.
    told      lists, ledgers and "paid:FAMILY" that are completely known for this one.
    related   role and what is known of each enterprise bound to it; of those, no facts.
    records   rows of its ledgers of records, field to value, None where unknown.
    claims    evidence items by fact; used: ledger, key and family of every item an award has used up.
    """

    vocabulary: Vocabulary
    facts: dict[str, Cell | None]
    entries: dict[str, tuple[Entry, ...]]
    awards: dict[str, tuple[Award, ...]]
    coverage: dict[str, date]
    told: frozenset[str]
    related: tuple[tuple[str, "Known"], ...] = ()
    records: dict[str, tuple[dict[str, Cell | None], ...]] = {}
    claims: dict[str, tuple[Claim, ...]] = {}
    used: frozenset[tuple[str, str, str]] = frozenset()

    def number(self, column: str) -> int | None:
        """Give a whole number; None where it is not known."""
        value = self.facts.get(column)
        return value if isinstance(value, int) else None

    def day(self, column: str) -> date | None:
        """Give a day; None where it is not known."""
        value = self.facts.get(column)
        return value if isinstance(value, date) else None

    def silence(self, key: str, today: date) -> bool | None:
        """Give what it means that a list names it nowhere: not on it, or unknown."""
        if key in self.told:
            return False
        day = self.coverage.get(key)
        if day is None:
            return None
        fresh = timedelta(days=self.vocabulary.lists[key].fresh_days)
        return False if day + fresh >= today else None

    def complete(self, key: str) -> bool:
        """Say whether all there is of a ledger is known for this one."""
        return key in self.coverage or key in self.told

    def paid_silence(self, family: str) -> bool | None:
        """Give what it means that the ledger names no payment of a family."""
        return False if "awards" in self.coverage or f"paid:{family}" in self.told else None

    def paid_sum(self, family: str) -> int | None:
        """Give the 分 paid so far, never below zero; None where that is not known."""
        cents = [award.cents for award in self.awards.get(family, ())]
        if self.paid_silence(family) is None or None in cents:
            return None
        return _held(cents)

    def paid_in_year(self, family: str, year: int) -> tuple[int, int | None]:
        """Give the least and the most 分 paid under a family in a year; the most None: no end known.

        A payment without a day may lie in the year or not; one paid back without a day lowers the least only.
        """
        awards = [
            award
            for award in self.awards.get(family, ())
            if award.paid_on is None or award.paid_on.year == year
        ]
        if self.paid_silence(family) is None or any(award.cents is None for award in awards):
            return 0, None
        least = [a.cents for a in awards if a.paid_on is not None or (a.cents or 0) < 0]
        most = [a.cents for a in awards if a.paid_on is not None or (a.cents or 0) > 0]
        return _held(least), _held(most)

    def unknown(self, columns: tuple[str, ...]) -> tuple[str, ...]:
        """Give the columns and lists about which nothing is known."""
        return tuple(name for name in columns if not self._is_told(name))

    def _is_told(self, name: str) -> bool:
        if name.startswith("paid:") and "awards" in self.coverage:
            return True
        fact = self.vocabulary.facts.get(name)
        if fact is not None and fact.derived is not None and self.complete(fact.derived.ledger):
            return True
        return self.facts.get(name) is not None or name in self.told or name in self.coverage


def _held(cents: list[int | None]) -> int:
    return min(max(sum(each for each in cents if each is not None), 0), NARROW)


def known_of(population: Population, vocabulary: Vocabulary) -> Known:
    """Read the first row of a population; raises IndexError where there is none."""
    facts = population.frame.row(0, named=True)
    own = facts["enterprise_id"]
    ties = population.relations.filter(pl.col("enterprise_id") == own)
    others = dict.fromkeys(ties["other_id"])
    tables = _Tables(population, (own, *others))
    of_others = {
        other: tables.known(other, vocabulary, population.coverage, {}) for other in others
    }
    known = tables.known(own, vocabulary, population.coverage, facts)
    related = [(role, of_others[other]) for other, role in ties.select("other_id", "role").rows()]
    claims, used = _evidence(population, own)
    records = {
        key: tuple(rows.filter(pl.col("enterprise_id") == own).iter_rows(named=True))
        for key, rows in population.records.items()
    }
    return msgspec.structs.replace(
        known, related=tuple(related), claims=claims, used=used, records=records
    )


class _Tables:
    """The long tables of a population, read once for an enterprise and those bound to it."""

    def __init__(self, population: Population, ids: tuple[int, ...]) -> None:
        wanted = pl.col("enterprise_id").is_in(ids)
        self.entries: dict[int, dict[str, list[Entry]]] = defaultdict(lambda: defaultdict(list))
        self.awards: dict[int, dict[str, list[Award]]] = defaultdict(lambda: defaultdict(list))
        self.told: dict[int, list[str]] = defaultdict(list)
        days = ("from_on", "until_on", "left_on")
        rows = population.memberships.filter(wanted)
        for owner, key, *entry in rows.select(
            "enterprise_id", "list", "level", "batch", *days
        ).rows():
            self.entries[owner][key].append(Entry(*entry))
        paid = population.awards.filter(wanted)
        columns = ("enterprise_id", "family", "amount_cents", "paid_on")
        for owner, family, cents, day in paid.select(*columns).rows():
            self.awards[owner][family].append(Award(cents, day))
        told = population.known.filter(wanted)
        for owner, key in told.select("enterprise_id", "list").rows():
            self.told[owner].append(key)

    def known(
        self,
        owner: int,
        vocabulary: Vocabulary,
        coverage: dict[str, date],
        facts: dict[str, Cell | None],
    ) -> Known:
        """Give what is known of one of them."""
        return Known(
            vocabulary=vocabulary,
            facts=facts,
            entries={key: tuple(several) for key, several in self.entries[owner].items()},
            awards={key: tuple(several) for key, several in self.awards[owner].items()},
            coverage=coverage,
            told=frozenset(self.told[owner]),
        )


def _evidence(
    population: Population, own: int
) -> tuple[dict[str, tuple[Claim, ...]], frozenset[tuple[str, str, str]]]:
    if population.evidence.is_empty():
        return {}, frozenset()
    claimants: dict[tuple[str, str], set[int]] = defaultdict(set)
    mine: dict[str, dict[tuple[str, int | None], None]] = defaultdict(dict)
    for owner, fact, key, cents in population.evidence.rows():
        claimants[fact, key].add(owner)
        if owner == own:
            mine[fact][key, cents] = None
    claims = {
        fact: tuple(Claim(key, cents, len(claimants[fact, key]) > 1) for key, cents in several)
        for fact, several in mine.items()
    }
    return claims, frozenset(population.uses.rows())
