"""What is known about one enterprise, and who said so."""

from datetime import date

import msgspec

from matching.engine.population import Population

FieldValue = int | str | bool | date
"""What a field of a record holds: 分, basis points or a whole number, a code word, yes or no, a day."""


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """One value as one source gave it.

    value        stored form: 分, basis points, whole numbers, 0/1, code words or 2026-01-31.
    observed_on  the day the statement was true.
    chosen       whether this is the value that counts.
    """

    column: str
    value: int | str
    department: str
    file_name: str
    observed_on: date
    import_id: int
    chosen: bool


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One list entry: a title, a register or a negative list, with the file it came from.

    origin_id  the enterprise it is inherited from, and `origin` its name; None: its own.
    """

    list: str
    level: str | None
    batch: str | None
    document: str | None
    from_on: date | None
    until_on: date | None
    left_on: date | None
    file_name: str
    origin_id: int | None = None
    origin: str | None = None


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """One row of a ledger of records, with who sent it.

    number  tells it from the other records of the ledger.
    fields  field of the ledger to its value; None is not known.
    """

    number: str
    fields: dict[str, FieldValue | None]
    department: str
    file_name: str
    observed_on: date


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """An enterprise as of a day, as known at a moment.

    population  the same knowledge as the one row the engine decides on.
    values      every value that counts or was set aside, by column; the one that counts stands first.
    records     rows of its ledgers of records that count, by ledger.
    """

    enterprise_id: int
    population: Population
    values: dict[str, tuple[Said, ...]]
    entries: tuple[Entry, ...]
    records: dict[str, tuple[Record, ...]] = {}

    def conflicts(self) -> tuple[str, ...]:
        """Name the columns on which sources disagree."""
        return tuple(
            column
            for column, said in self.values.items()
            if len({value.value for value in said}) > 1
        )
