"""Ledgers of records in words: each row as it was sent, and what is counted over them."""

from datetime import date

import msgspec

from matching.engine.single.known import known_of
from matching.engine.single.records import derived_number
from matching.language.records import RecordField, RecordLedger
from matching.language.units import quantity_in_words
from matching.language.vocabulary import Vocabulary
from matching.language.wording import Words
from registry.profiles.types import FieldValue, Profile, Record


class CountedView(msgspec.Struct, frozen=True):
    """A figure counted or summed over the rows of a ledger."""

    anchor: str
    label: str
    value: str


class RecordView(msgspec.Struct, frozen=True):
    """One row: its number, what is known of it in a line, and who sent it."""

    number: str
    detail: str
    source: str


class LedgerView(msgspec.Struct, frozen=True, kw_only=True):
    """One ledger of an enterprise.

    whole_on  the day up to which it is whole; None: rows may be missing, and nothing is counted.
    """

    label: str
    whole_on: date | None
    counted: tuple[CountedView, ...]
    rows: tuple[RecordView, ...]


class RecordsTold:
    """What is told of an enterprise's ledgers on a day; figures somebody told themselves are not counted."""

    def __init__(self, profile: Profile, vocabulary: Vocabulary, on: date) -> None:
        self._profile = profile
        self._vocabulary = vocabulary
        self._on = on
        coverage = profile.population.coverage
        self._ledgers = [
            key for key in vocabulary.records if key in profile.records or key in coverage
        ]
        counted = [
            (key, fact.derived)
            for key, fact in vocabulary.facts.items()
            if fact.derived is not None
            and fact.derived.ledger in self._ledgers
            and key not in profile.values
        ]
        known = known_of(profile.population, vocabulary)
        figures = {key: derived_number(one, known, on) for key, one in counted}
        words = Words(vocabulary, {}, on)
        self._said = {
            key: words.figure_of(key, figure)
            for key, figure in figures.items()
            if figure is not None
        }
        self._anchors = {key: f"k{place}" for place, key in enumerate(self._said)}

    def value(self, fact: str) -> str | None:
        """Say what is counted; None where nothing can be, or somebody told the figure itself."""
        return self._said.get(fact)

    def anchor(self, fact: str) -> str:
        """Give where on the page a counted figure stands."""
        return self._anchors[fact]

    def source(self, fact: str) -> str:
        """Say over which ledger a figure is counted, and as of which day it is whole."""
        derived = self._vocabulary.facts[fact].derived
        key = "" if derived is None else derived.ledger
        ledger, day = self._vocabulary.records[key], self._profile.population.coverage.get(key)
        owner = self._vocabulary.departments[ledger.department]
        return f"{owner} {day or '逐件给到'}（按{ledger.label}计算）"

    def ledgers(self) -> tuple[LedgerView, ...]:
        """Give every ledger somebody has sent, in the vocabulary's order."""
        return tuple(
            LedgerView(
                label=self._vocabulary.records[key].label,
                whole_on=self._profile.population.coverage.get(key),
                counted=self._counted(key),
                rows=tuple(
                    self._row(record, self._vocabulary.records[key])
                    for record in self._profile.records.get(key, ())
                ),
            )
            for key in self._ledgers
        )

    def _counted(self, ledger: str) -> tuple[CountedView, ...]:
        facts = self._vocabulary.facts
        return tuple(
            CountedView(self._anchors[key], facts[key].label, value)
            for key, value in self._said.items()
            if (derived := facts[key].derived) is not None and derived.ledger == ledger
        )

    def _row(self, record: Record, ledger: RecordLedger) -> RecordView:
        department = self._vocabulary.departments[record.department]
        said = [
            _field(value, ledger.fields[name])
            for name, value in record.fields.items()
            if value is not None
        ]
        return RecordView(
            number=record.number,
            detail="；".join(said),
            source=f"{department} {record.observed_on} · {record.file_name}",
        )


def _field(value: FieldValue, field: RecordField) -> str:
    match value:
        case bool():
            said = "是" if value else "否"
        case int() if field.kind in {"money", "number", "share"}:
            said = quantity_in_words(value, field.kind, field.unit)
        case str():
            said = field.values.get(value, value)
        case _:
            said = str(value)
    return f"{field.label}：{said}"
