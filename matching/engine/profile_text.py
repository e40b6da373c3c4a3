"""Profiles written as text (examples in item files, rows of a profile table) as a Population.

A fact is written with its unit ("2000 万元"), a flag as yes/no, a code as its word or label. A list is
written `none`, or entries like `国家级#第五批@2024-07-01..2027-06-30` joined by `;` (level, batch and the
last day may be left out). `paid:P12` is `none` or what was paid. Nothing, or `unknown`, is unknown.
"""

from datetime import date

import polars as pl

from matching.engine.population import (
    AWARD_COLUMNS,
    FACT_TYPES,
    KNOWN_COLUMNS,
    MEMBERSHIP_COLUMNS,
    Population,
)
from matching.language.periods import day_of
from matching.language.units import UnitError, whole_quantity
from matching.language.vocabulary import Fact, Vocabulary, fact_of_column, is_industry_code

YES = ("yes", "true", "是", "1")
NO = ("no", "false", "否", "0")
NONE = ("none", "无", "否")
Cell = int | str | bool | date


class ProfileTextError(ValueError):
    """A profile that cannot be read: `column` and what is wrong with it."""

    def __init__(self, column: str, what: str) -> None:
        self.column = column
        self.what = what
        super().__init__(f"{column}：{what}")


def population_of_texts(rows: list[dict[str, str | None]], vocabulary: Vocabulary) -> Population:
    """Make one enterprise a row, numbered from 1; raises ProfileTextError at the first bad value."""
    cells: dict[str, list[Cell | None]] = {}
    entries: list[dict[str, Cell | None]] = []
    awards: list[dict[str, Cell | None]] = []
    known: list[dict[str, Cell]] = []
    for number, row in enumerate(rows, start=1):
        for column, text in row.items():
            if text is None or not text.strip():
                continue
            if column in vocabulary.lists:
                known.append({"enterprise_id": number, "list": column})
                entries += list_entries(column, text, number, vocabulary)
            elif column.startswith("paid:"):
                known.append({"enterprise_id": number, "list": column})
                awards += paid_entries(column, text, number)
            else:
                values = cells.setdefault(column, [None] * len(rows))
                values[number - 1] = fact_cell(column, text, vocabulary)
    ids = pl.Series("enterprise_id", range(1, len(rows) + 1), dtype=pl.Int64)
    columns = [
        pl.Series(name, values, dtype=FACT_TYPES[vocabulary.facts[fact_of_column(name)[0]].kind])
        for name, values in cells.items()
    ]
    return Population(
        frame=pl.DataFrame([ids, *columns]),
        memberships=pl.DataFrame(entries, schema=MEMBERSHIP_COLUMNS),
        awards=pl.DataFrame(awards, schema=AWARD_COLUMNS),
        known=pl.DataFrame(known, schema=KNOWN_COLUMNS),
    )


def fact_cell(column: str, text: str, vocabulary: Vocabulary) -> Cell:
    """Read one fact as its stored value."""
    misnamed = vocabulary.wrong_with(column)
    if misnamed is not None:
        raise ProfileTextError(column, f"{misnamed}；用 facts.yml 里的词")
    fact = vocabulary.facts[fact_of_column(column)[0]]
    match fact.kind:
        case "money" | "number" | "share":
            try:
                return whole_quantity(text, fact.kind, fact.unit)
            except UnitError as wrong:
                raise ProfileTextError(column, str(wrong)) from None
        case "flag":
            if text.strip().lower() in (*YES, *NO):
                return text.strip().lower() in YES
            raise ProfileTextError(column, f"“{text}”不是是非；写 yes 或 no")
        case "date":
            return _day(column, text)
        case "code":
            return _code(column, fact, text.strip(), vocabulary)


def list_entries(
    key: str, text: str, enterprise_id: int, vocabulary: Vocabulary
) -> list[dict[str, Cell | None]]:
    """Read the entries of one list of one enterprise."""
    if text.strip().lower() in NONE:
        return []
    entries: list[dict[str, Cell | None]] = []
    for part in text.split(";"):
        head, _, days = part.strip().rpartition("@")
        level, _, batch = head.partition("#")
        if level and level not in vocabulary.lists[key].levels:
            raise ProfileTextError(
                key, f"没有级别“{level}”；可用：{'、'.join(vocabulary.lists[key].levels)}"
            )
        first, dots, last = days.partition("..")
        if not dots:
            raise ProfileTextError(key, f"“{part}”看不懂；写 none 或 2024-07-01..2027-06-30")
        entries.append(
            {
                "enterprise_id": enterprise_id,
                "list": key,
                "level": level or None,
                "batch": batch or None,
                "from_on": _day(key, first) if first != "unknown" else None,
                "until_on": _day(key, last) if last else None,
            }
        )
    return entries


def paid_entries(column: str, text: str, enterprise_id: int) -> list[dict[str, Cell | None]]:
    """Read what was paid under one family to one enterprise."""
    if text.strip().lower() in NONE:
        return []
    try:
        cents = whole_quantity(text, "money")
    except UnitError as wrong:
        raise ProfileTextError(column, str(wrong)) from None
    family = column.removeprefix("paid:")
    return [{"enterprise_id": enterprise_id, "family": family, "amount_cents": cents}]


def _day(column: str, text: str) -> date:
    day = day_of(text.strip())
    if day is None:
        raise ProfileTextError(column, f"“{text}”不是日期；写成 2026-03-31")
    return day


def _code(column: str, fact: Fact, text: str, vocabulary: Vocabulary) -> str:
    tree = vocabulary.tree_of(fact)
    if tree is not None:
        found = tree.find(text)
        if found is not None:
            return found
        if fact.tree == "industries" and is_industry_code(text) and tree.nearest(text):
            return text
        raise ProfileTextError(column, f"{fact.label}里没有“{text}”")
    labels = {label: code for code, label in fact.values.items()}
    if text in fact.values:
        return text
    if text in labels:
        return labels[text]
    raise ProfileTextError(column, f"“{text}”不可用；可用：{'、'.join(fact.values)}")
