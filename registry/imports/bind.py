"""From a layout that fits to columns that are understood: fact, period, unit."""

from datetime import date

import msgspec

from matching.language.units import factors
from matching.language.vocabulary import Fact, Vocabulary
from registry.imports.errors import SheetRefused
from registry.imports.headers import Header, plain_header
from registry.imports.layout import Column
from registry.imports.read_as import read_as
from registry.imports.recognise import Candidate, Fit, header_names
from registry.imports.title_lines import NoSuchDay, observed_day, table_unit
from registry.imports.types import BoundColumn, BoundSheet, Refusal

_PERIOD_WORDS = {"year": "年份", "quarter": "年份和季度", "month": "年份和月份"}


def bind_sheet(fit: Fit, vocabulary: Vocabulary, observed_on: date | None) -> BoundSheet:
    """Understand every column; raises SheetRefused with every header that makes it impossible."""
    titles = _titles(fit.at)
    refused: list[Refusal] = []
    bound: list[BoundColumn] = []
    for letter, match in fit.matched.items():
        column = fit.layout.columns[match.place]
        try:
            meant = read_as(column, fit.layout, vocabulary)
            bound.append(_bound(letter, match.header, column, meant, table_unit(titles)))
        except _UnitUnknown as unknown:
            refused.append(_at_header(fit.at, letter, str(unknown), unknown.way_out))
    refused += _twice(fit.at, bound)
    try:
        day = observed_day(titles) or observed_on
        problem = "标题没有写明数据截至哪一天，无法判断新旧"
    except NoSuchDay as wrong:
        day, problem = None, f"标题中的“{wrong}”不是日历上的日子"
    if day is None:
        way_out = "在表格上方写“截至2026年9月30日”这样的一行，或在导入时指明观察日"
        refused.append(fit.at.grid.refusal("", 0, problem, way_out))
    if refused or day is None:
        raise SheetRefused(refused)
    left_out = [letter for letter in fit.at.headers if letter not in fit.matched]
    return BoundSheet(
        grid=fit.at.grid,
        layout=fit.layout,
        header_row=fit.at.last,
        columns=tuple(bound),
        observed_on=day,
        notes=tuple(_left_out(fit, letter, vocabulary) for letter in left_out),
    )


class _UnitUnknown(ValueError):
    def __init__(self, problem: str, way_out: str) -> None:
        self.way_out = way_out
        super().__init__(problem)


def _bound(
    letter: str, header: Header, column: Column, meant: Fact | None, of_table: str
) -> BoundColumn:
    unit, decimals = _unit(column, meant, header, of_table)
    return BoundColumn(
        letter=letter,
        header=header.text,
        column=column,
        fact=meant if column.field is None else None,
        field=None if column.field is None else meant,
        period=header.period,
        unit=unit,
        decimals=decimals,
    )


def _unit(column: Column, fact: Fact | None, header: Header, of_table: str) -> tuple[str, int]:
    """Give the unit word of a column and its decimal places over the stored unit."""
    if column.role == "amount":
        known = factors("money", "")
    elif fact is None or fact.kind in {"flag", "date", "code"}:
        return "", 0
    else:
        known = factors(fact.kind, fact.unit)  # type: ignore[arg-type]  # the other kinds left above
    # The reader of headers knows no unit that only one fact has (位, 件, 吨): here it is one.
    own = header.strange if header.strange in known else ""
    said = header.unit or own
    strange = next((word for word in (said, header.strange) if word and word not in known), "")
    if strange:
        problem = f"单位“{strange}”不能用于这一列，数值无法换算"
        raise _UnitUnknown(problem, f"把表头的单位改为{'、'.join(known)}之一")
    unit = said or (of_table if of_table in known else "")
    if unit:
        return unit, len(str(known[unit])) - 1
    if fact is not None and fact.kind == "share":
        return "", 0  # each cell must then carry its own % or ‰
    if set(known.values()) == {1}:
        return next(iter(known)), 0
    way_out = f"在表头写明单位（{'、'.join(known)}），如“{header.text}（{next(iter(known))}）”"
    raise _UnitUnknown("表头没有写单位，数值无法换算", way_out)


def _twice(at: Candidate, bound: list[BoundColumn]) -> list[Refusal]:
    """Refuse a header that stands there twice, and two columns that both give the code or the name."""
    seen: dict[str, BoundColumn] = {}
    refused: list[Refusal] = []
    for column in bound:
        role = column.column.role
        if role == "ignore":
            continue
        key = plain_header(column.header) if role == "fact" else column.column.says
        first = seen.setdefault(key, column)
        if first is not column:
            problem = f"与{first.letter}列“{first.header}”重复，不知以哪一列为准"
            refused.append(_at_header(at, column.letter, problem, "只保留一列，或写明各自的年份"))
    return refused


def _left_out(fit: Fit, letter: str, vocabulary: Vocabulary) -> Refusal:
    """Say why a column was not taken: no period, the wrong one, or unknown to the layout."""
    header = fit.at.headers[letter]
    for column in fit.layout.columns:
        for name, kind in header_names(column, vocabulary):
            if name not in {header.name, header.bare_name} or kind == header.period_kind:
                continue
            need = _PERIOD_WORDS.get(kind)
            if need is None:
                return _at_header(
                    fit.at, letter, "这一指标不分期，整列没有取用", "去掉表头中的年份、月份"
                )
            problem = f"表头没有写明{need}，整列没有取用"
            return _at_header(fit.at, letter, problem, f"在表头写明{need}后重新导入")
    problem = f"版式“{fit.layout.label}”没有这一列，整列没有取用"
    return _at_header(
        fit.at, letter, problem, "不需要就不必理会；需要时在“数据表版式”中教它认这个表头"
    )


def _at_header(at: Candidate, letter: str, problem: str, way_out: str) -> Refusal:
    text = at.headers[letter].text
    row = at.last if at.grid.frame[letter][at.last - 1] is not None else at.first
    refusal = at.grid.refusal(letter, row, problem, way_out, header=text)
    return msgspec.structs.replace(refusal, value=None)  # it would only repeat the header


def _titles(at: Candidate) -> tuple[str, ...]:
    above = at.grid.frame.head(at.first - 1).rows()
    return tuple(cell for row in above for cell in row if cell is not None)
