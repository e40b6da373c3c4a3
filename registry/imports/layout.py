"""Layouts: what each department's sheet looks like, as data in layouts/*.yml."""

from typing import Literal

import msgspec

Role = Literal[
    "uscc",
    "name",
    "fact",
    "email",
    "legal_representative",
    "address",
    "phone",
    "list",
    "level",
    "batch",
    "document",
    "from_on",
    "until_on",
    "left_on",
    "family",
    "amount",
    "paid_on",
    "item",
    "ledger",
    "field",
    "record_number",
    "ignore",
]

AWARDS = "awards"
"""What a layout covers when it holds every award paid."""
USES = "uses"
"""What a layout covers when it holds every use of evidence items of every ledger."""


class Column(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One column a sheet may have.

    role      what it says; "fact" takes its headers, period and unit from facts.yml besides.
    field     of a ledger of records, in which this column is one.
    headers   what departments write above it, without unit and without year, quarter or month.
    required  a sheet is of this layout only where all required columns stand.
    negative  a number here may be below zero.
    words     further words departments write, to the code word, list key or family meant.
    """

    role: Role = msgspec.field(default="fact", name="is")
    fact: str | None = None
    field: str | None = None
    headers: tuple[str, ...] = ()
    required: bool = False
    negative: bool = False
    words: dict[str, str] = {}

    @property
    def says(self) -> str:
        """What no second column of a sheet may say: its role, and of fields of a record which one."""
        return self.role if self.field is None else f"field:{self.field}"


class Sample(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One row as a department would write it, and what must come of it; `registry layouts check` tries it.

    row      header to cell, both as written; a header may say unit and period.
    gives    all that must come out but code and name: fact (annual_revenue@2025), role (list, from_on) or field/NAME to value,
             as people write it: 1200 万元, 2024-05-06, the word or key of a code; of an evidence item its last signs.
    refused  header to a part of the problem its cell must be refused with.
    taken    whether anything of the row goes in.
    """

    row: dict[str, str | None]
    gives: dict[str, str] = {}
    refused: dict[str, str] = {}
    taken: bool = True


class Layout(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One kind of sheet.

    registers      its names are the registered ones: a newer one renames the enterprise.
    one_row_each   an enterprise stands in it once; a second row contradicts the first.
    member_of      every row is an entry of this list.
    claims         every row is an evidence item (a person, a loan) the enterprise claims for this ledger fact.
    uses           every row is an evidence item that an award has used up; of which ledger, a column says.
    records        every row is a row of this ledger of records.
    covers         lists the sheet gives whole, whether or not a row names them; or "awards", "uses", the fact of
                   `claims` or the ledger of `records`.
    covers_listed  worksheet that names, one per row, further lists, or the ledger, the workbook gives whole.
    samples        rows it must read as they say.
    """

    name: str
    department: str
    label: str
    columns: tuple[Column, ...]
    registers: bool = False
    one_row_each: bool = False
    member_of: str | None = None
    claims: str | None = None
    uses: bool = False
    records: str | None = None
    covers: tuple[str, ...] = ()
    covers_listed: str | None = None
    samples: tuple[Sample, ...] = ()

    def has(self, role: str) -> bool:
        """Say whether some column has this role."""
        return any(column.role == role for column in self.columns)
