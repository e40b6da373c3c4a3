"""What the cells of a column are read as: a fact, or a field of a ledger of records, which reads as a fact does."""

from matching.language.records import RecordLedger
from matching.language.vocabulary import Fact, Vocabulary
from registry.imports.layout import Column, Layout


def read_as(column: Column, layout: Layout, vocabulary: Vocabulary) -> Fact | None:
    """Give the fact whose kind, unit and words the cells have; None: the role says it all."""
    if column.fact is not None:
        return vocabulary.facts[column.fact]
    if column.field is None or layout.records is None:
        return None
    return field_as_fact(column.field, vocabulary.records[layout.records])


def field_as_fact(name: str, ledger: RecordLedger) -> Fact:
    """Give a field of a ledger as a fact of the same kind."""
    field = ledger.fields[name]
    return Fact(
        key=name,
        label=field.label,
        kind=field.kind,
        department=ledger.department,
        ask=ledger.ask,
        unit=field.unit,
        values=field.values,
    )
