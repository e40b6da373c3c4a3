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


class Known(msgspec.Struct, frozen=True):
    """What is known of one enterprise.

    facts     column to value, None where unknown; a column that is not here is unknown as well.
    entries   its entries by list; awards: what was paid by family, None for a sum nobody told.
    coverage  as of the population: up to which day a whole list or ledger is known.
    told      lists and "paid:FAMILY" whose entries are completely known for this one.
    """

    vocabulary: Vocabulary
    facts: dict[str, Cell | None]
    entries: dict[str, tuple[Entry, ...]]
    awards: dict[str, tuple[int | None, ...]]
    coverage: dict[str, date]
    told: frozenset[str]

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

    def paid_silence(self, family: str) -> bool | None:
        """Give what it means that the ledger names no payment of a family."""
        return False if "awards" in self.coverage or f"paid:{family}" in self.told else None

    def paid_sum(self, family: str) -> int | None:
        """Give the 分 paid so far, never below zero; None where that is not known."""
        cents = self.awards.get(family, ())
        if self.paid_silence(family) is None or None in cents:
            return None
        return min(max(sum(each for each in cents if each is not None), 0), NARROW)

    def unknown(self, columns: tuple[str, ...]) -> tuple[str, ...]:
        """Give the columns and lists about which nothing is known."""
        return tuple(name for name in columns if not self._is_told(name))

    def _is_told(self, name: str) -> bool:
        if name.startswith("paid:") and "awards" in self.coverage:
            return True
        return self.facts.get(name) is not None or name in self.told or name in self.coverage


def known_of(population: Population, vocabulary: Vocabulary, row: int = 0) -> Known:
    """Read one row of a population; raises IndexError where there is none."""
    facts = population.frame.row(row, named=True)
    own = pl.col("enterprise_id") == facts["enterprise_id"]
    entries: dict[str, list[Entry]] = defaultdict(list)
    for listed in population.memberships.filter(own).iter_rows(named=True):
        days = (listed["from_on"], listed["until_on"], listed["left_on"])
        entries[listed["list"]].append(Entry(listed["level"], listed["batch"], *days))
    awards: dict[str, list[int | None]] = defaultdict(list)
    for paid in population.awards.filter(own).iter_rows(named=True):
        awards[paid["family"]].append(paid["amount_cents"])
    return Known(
        vocabulary=vocabulary,
        facts=facts,
        entries={key: tuple(several) for key, several in entries.items()},
        awards={key: tuple(several) for key, several in awards.items()},
        coverage=population.coverage,
        told=frozenset(population.known.filter(own)["list"].to_list()),
    )
