"""Profiles written as text (examples in item files, rows of a profile table) as a Population.

A fact is written with its unit ("2000 万元"), a flag as yes/no, a code as its word or label. A list is
written `none`, or entries like `国家级#第五批@2024-07-01..2027-06-30` joined by `;` (level, batch and the
last day may be left out). `paid:P12` is `none` or what was paid, `30 万元;20 万元@2026-03-01` (the day
may be left out, and is then unknown). Nothing, or `unknown`, is unknown.

A fact over evidence items is `none` or its items: `k1;k2`, `k1=500 万元;k2=300 万元`. `used:P33` names items
an award has used up (`uses: none`: there are none), `claimed:FACT` those another enterprise claims too.
A ledger of records is `none` or its rows, field by field: `kind=发明专利,origin=自主研发;kind=软件著作权`.
`parent:KEY` and `member:KEY` tell a list or paid:FAMILY of its parent or of another one of its group;
`relations` is `known` where these are all there are, and `none` where it has no group.
"""

from datetime import date
from typing import cast

import polars as pl

from matching.engine.population import FACT_TYPES, Population
from matching.engine.profile_records import records_of_text
from matching.engine.profile_rows import (
    ITSELF,
    MEMBER,
    PARENT,
    RIVAL,
    kinds_of,
    population_told,
    wrong_rows,
)
from matching.language.periods import day_of
from matching.language.units import QuantityKind, UnitError, whole_quantity
from matching.language.vocabulary import WHOLE_LEDGERS, Fact, Vocabulary, fact_of_column

YES = ("yes", "true", "是", "1")
NO = ("no", "false", "否", "0")
NONE = ("none", "无", "否")
Cell = int | str | bool | date
Row = dict[str, Cell | None]
Rows = dict[str, list[Row]]
"""Rows one cell tells, by the kinds of `profile_rows`."""
OTHERS = {"parent": PARENT, "member": MEMBER}


class ProfileTextError(ValueError):
    """A profile that cannot be read: `column` and what is wrong with it."""

    def __init__(self, column: str, what: str) -> None:
        self.column = column
        self.what = what
        super().__init__(f"{column}：{what}")


def population_of_texts(rows: list[dict[str, str | None]], vocabulary: Vocabulary) -> Population:
    """Make one enterprise a row, numbered from 1; raises ProfileTextError at the first bad value."""
    kinds = kinds_of(vocabulary)
    cells: dict[str, list[Cell | None]] = {}
    told: Rows = {kind: [] for kind in kinds}
    for number, row in enumerate(rows, start=1):
        for column, text in row.items():
            if text is None or not text.strip():
                continue
            if is_of_rows(column, vocabulary):
                for kind, found in told_rows(column, text, vocabulary).items():
                    told[kind] += [{"row": number, **cell} for cell in found]
            else:
                values = cells.setdefault(column, [None] * len(rows))
                values[number - 1] = fact_cell(column, text, vocabulary)
    ids = pl.Series("enterprise_id", range(1, len(rows) + 1), dtype=pl.Int64)
    columns = [
        pl.Series(name, values, dtype=FACT_TYPES[vocabulary.facts[fact_of_column(name)[0]].kind])
        for name, values in cells.items()
    ]
    frames = {kind: pl.DataFrame(told[kind], schema=schema) for kind, schema in kinds.items()}
    for wrong in wrong_rows(frames):
        raise ProfileTextError(wrong.column, wrong.problem)
    return population_told(pl.DataFrame([ids, *columns]), frames, vocabulary)


def is_of_rows(column: str, vocabulary: Vocabulary) -> bool:
    """Say whether a column tells entries, payments, ties or evidence, which are rows and not a figure."""
    fact = vocabulary.facts.get(column)
    rows = ":" in column or column in vocabulary.lists or column in WHOLE_LEDGERS
    rows = rows or column in vocabulary.records
    return rows or (fact is not None and fact.ledger is not None)


def told_rows(column: str, text: str, vocabulary: Vocabulary) -> Rows:
    """Read what one cell tells of an enterprise and of those beside it."""
    misnamed = vocabulary.wrong_with(column)
    if misnamed is not None:
        raise ProfileTextError(column, f"{misnamed}；用 facts.yml、lists.yml 里的词")
    said, _, rest = column.partition(":")
    match said:
        case "parent" | "member":
            other = OTHERS[said]
            tie: Row = {"enterprise_id": ITSELF, "other_id": other, "role": said}
            return {"relations": [tie], **_entries(column, rest, text, other, vocabulary)}
        case "claimed":
            return {"evidence": _items(column, vocabulary.facts[rest], text, RIVAL)}
        case "used":
            return {"known": [_known(ITSELF, "uses")], "used": _used(column, rest, text)}
        case "uses":
            _word(column, text, NONE, "写 none；用过的写成 used:P33")
            return {"known": [_known(ITSELF, "uses")]}
        case "relations":
            word = _word(column, text, (*NONE, "known"), "写 none 或 known")
            alone: list[Row] = [{"column": column}] if word in NONE else []
            return {"known": [_known(ITSELF, "relations")], "alone": alone}
        case _ if column in vocabulary.records:
            return {"known": [_known(ITSELF, column)], column: _records(column, text, vocabulary)}
        case _ if column in vocabulary.facts:
            items = _items(column, vocabulary.facts[column], text, ITSELF)
            return {"known": [_known(ITSELF, column)], "evidence": items}
        case _:
            return _entries(column, column, text, ITSELF, vocabulary)


def _entries(column: str, key: str, text: str, whose: int, vocabulary: Vocabulary) -> Rows:
    known = [_known(whose, key)]
    try:
        if key.startswith("paid:"):
            return {"known": known, "awards": _paid_entries(key, text, whose)}
        return {"known": known, "memberships": _list_entries(key, text, whose, vocabulary)}
    except ProfileTextError as wrong:
        raise ProfileTextError(column, wrong.what) from None


def _known(whose: int, key: str) -> Row:
    return {"enterprise_id": whose, "list": key}


def _word(column: str, text: str, allowed: tuple[str, ...], way_out: str) -> str:
    said = text.strip().lower()
    if said not in allowed:
        raise ProfileTextError(column, f"“{text}”看不懂；{way_out}")
    return said


def _keys(column: str, text: str) -> list[str]:
    """Give the parts of `k1;k2`; none for `none`."""
    if text.strip().lower() in NONE:
        return []
    parts = [part.strip() for part in text.split(";")]
    names = [part.partition("=")[0].strip() for part in parts]
    if not all(names):
        raise ProfileTextError(column, f"“{text}”里有一笔没有编号；写成 k1;k2")
    double = [name for name in names if names.count(name) > 1]
    if double:
        raise ProfileTextError(column, f"“{double[0]}”写了两次；只留一次")
    return parts


def _items(column: str, fact: Fact, text: str, whose: int) -> list[Row]:
    """Read evidence items; an amount of money that is not written is not known."""
    items: list[Row] = []
    for part in _keys(column, text):
        key, equals, written = part.partition("=")
        cents = None
        if equals:
            if fact.kind != "money":
                raise ProfileTextError(column, f"“{part}”：{fact.label}按笔数计，不写金额")
            cents = _quantity(column, written, fact)
        items.append(
            {
                "enterprise_id": whose,
                "fact": fact.key,
                "key": key.strip(),
                "amount_cents": cents,
            }
        )
    return items


def _records(column: str, text: str, vocabulary: Vocabulary) -> list[Row]:
    if text.strip().lower() in NONE:
        return []
    try:
        rows = records_of_text(text, vocabulary.records[column])
    except UnitError as wrong:
        raise ProfileTextError(column, str(wrong)) from None
    return [{"enterprise_id": ITSELF, **row} for row in rows]


def _used(column: str, family: str, text: str) -> list[Row]:
    return [{"column": column, "key": key, "family": family} for key in _keys(column, text)]


def _quantity(column: str, text: str, fact: Fact) -> int:
    try:
        return whole_quantity(text, cast("QuantityKind", fact.kind), fact.unit)
    except UnitError as wrong:
        raise ProfileTextError(column, str(wrong)) from None


def fact_cell(column: str, text: str, vocabulary: Vocabulary) -> Cell:
    """Read one fact as its stored value."""
    misnamed = vocabulary.wrong_with(column)
    if misnamed is not None:
        raise ProfileTextError(column, f"{misnamed}；用 facts.yml 里的词")
    fact = vocabulary.facts[fact_of_column(column)[0]]
    match fact.kind:
        case "money" | "number" | "share":
            return _quantity(column, text, fact)
        case "flag":
            if text.strip().lower() in (*YES, *NO):
                return text.strip().lower() in YES
            raise ProfileTextError(column, f"“{text}”不是是非；写 yes 或 no")
        case "date":
            return _day(column, text)
        case "code":
            return _code(column, fact, text.strip(), vocabulary)


def _list_entries(key: str, text: str, whose: int, vocabulary: Vocabulary) -> list[Row]:
    if text.strip().lower() in NONE:
        return []
    entries: list[Row] = []
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
                "enterprise_id": whose,
                "list": key,
                "level": level or None,
                "batch": batch or None,
                "from_on": _day(key, first) if first != "unknown" else None,
                "until_on": _day(key, last) if last else None,
            }
        )
    return entries


def _paid_entries(column: str, text: str, whose: int) -> list[Row]:
    if text.strip().lower() in NONE:
        return []
    return [_payment(column, part.strip(), whose) for part in text.split(";")]


def _payment(column: str, text: str, whose: int) -> Row:
    """Read `30 万元@2026-03-01`; without a day it is not known when it was paid."""
    sum_said, at, day = text.partition("@")
    try:
        cents = whole_quantity(sum_said, "money")
    except UnitError as wrong:
        raise ProfileTextError(column, str(wrong)) from None
    return {
        "enterprise_id": whose,
        "family": column.removeprefix("paid:"),
        "amount_cents": cents,
        "paid_on": _day(column, day) if at else None,
    }


def _day(column: str, text: str) -> date:
    day = day_of(text.strip())
    if day is None:
        raise ProfileTextError(column, f"“{text}”不是日期；写成 2026-03-31")
    return day


def _code(column: str, fact: Fact, text: str, vocabulary: Vocabulary) -> str:
    found = vocabulary.code_of(fact, text)
    if found is not None:
        return found
    if fact.tree is not None:
        raise ProfileTextError(column, f"{fact.label}里没有“{text}”")
    raise ProfileTextError(column, f"“{text}”不可用；可用：{'、'.join(fact.values)}")
