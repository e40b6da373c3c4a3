"""Writing a layout file from what people chose, with sample rows made of the sheet's own, names and codes replaced."""

import msgspec
import yaml

from matching.language.units import quantity_in_words
from matching.language.vocabulary import Vocabulary, fact_of_column
from registry.imports.errors import SheetRefused
from registry.imports.headings import period_words
from registry.imports.layout import Column, Layout, Sample
from registry.imports.meanings import IGNORE, column_meaning, fact_of
from registry.imports.propose_layout import ProposedColumn, ProposedLayout
from registry.imports.sample_sheets import Stored, came_out

ROWS_TRIED = 20
INVENTED = {"uscc": "91410105MA00000117", "name": "示例甲有限公司", "email": "box@example.com"}
"""What stands in a sample in place of whom the row spoke of."""
NO_VALUE = "写错的字"
_QUANTITIES = ("money", "number", "share")


class LayoutHead(msgspec.Struct, frozen=True, kw_only=True):
    """What people say of a layout besides its columns. `name` is its key and file name."""

    name: str
    department: str
    label: str
    one_row_each: bool = True


def layout_text(head: LayoutHead, proposed: ProposedLayout, vocabulary: Vocabulary) -> str:
    """Give the YAML of a layout with these columns; unknown headers are ignored, with a comment that says so."""
    lines = [
        f"# {head.label}",
        f"name: {head.name}",
        f"department: {head.department}",
        f"label: {_flow(head.label)}",
        *(["one_row_each: true"] if head.one_row_each else []),
        "columns:",
        *(f"  - {_column(one)}" for one in proposed.columns),
    ]
    samples = _samples(head, proposed, vocabulary)
    if samples:
        lines.append("samples:")
        lines += [line for sample in samples for line in _sample_lines(sample)]
    return "\n".join(lines) + "\n"


def _column(one: ProposedColumn) -> str:
    column = column_meaning(one.meaning, one.key, required=one.required)
    comment = f"{one.score}分：{one.why}" if one.meaning != IGNORE and one.score else one.why
    return f"{_flow(_written(column))}  # {one.header.text}；{comment}".replace("\n", " ")


def _written(column: Column) -> dict[str, object]:
    return {
        key: value
        for key, value in msgspec.to_builtins(column).items()
        if value not in ({}, [], None, False) and (key, value) != ("is", "fact")
    }


def _sample_lines(sample: Sample) -> list[str]:
    said = msgspec.to_builtins(sample)
    kept = [(key, value) for key, value in said.items() if value not in ({}, True)]
    return [
        f"  {'-' if at == 0 else ' '} {key}: {_flow(value)}" for at, (key, value) in enumerate(kept)
    ]


def _flow(value: object) -> str:
    """Give a value as one line of YAML."""
    text = yaml.safe_dump(
        value, allow_unicode=True, default_flow_style=True, width=10**6, sort_keys=False
    )
    return text.removesuffix("\n").removesuffix("\n...")


def _samples(
    head: LayoutHead, proposed: ProposedLayout, vocabulary: Vocabulary
) -> tuple[Sample, ...]:
    """Give a row that goes in and one that is refused; none where no row of the sheet goes in."""
    layout = Layout(
        name=head.name,
        department=head.department,
        label=head.label,
        columns=tuple(
            column_meaning(one.meaning, one.key, required=one.required) for one in proposed.columns
        ),
    )
    good = _good_sample(layout, proposed, vocabulary)
    if good is None:
        return ()
    bad = _bad_sample(layout, proposed, good, vocabulary)
    return (good,) if bad is None else (good, bad)


def _good_sample(layout: Layout, proposed: ProposedLayout, vocabulary: Vocabulary) -> Sample | None:
    at = proposed.at
    for row in at.grid.frame.slice(at.last, ROWS_TRIED).iter_rows(named=True):
        cells = {
            _header(one, proposed, vocabulary): _replaced(one.meaning, row[one.letter])
            for one in proposed.columns
            if one.meaning != IGNORE
        }
        try:
            found = came_out(layout, Sample(row=cells), vocabulary)
        except SheetRefused:
            return None
        if found.taken and found.values and not found.refused:
            gives = {key: _said(key, value, vocabulary) for key, value in found.values.items()}
            return Sample(row=cells, gives=gives)
    return None


def _bad_sample(
    layout: Layout, proposed: ProposedLayout, good: Sample, vocabulary: Vocabulary
) -> Sample | None:
    """Spoil one cell of the good row; the first that can be spoilt and leaves the row in, if there is one."""
    for one in proposed.columns:
        header = _header(one, proposed, vocabulary)
        if one.meaning in {IGNORE, "name"} or header not in good.row:
            continue
        row = {**good.row, header: NO_VALUE}
        found = came_out(layout, Sample(row=row), vocabulary)
        if header in found.refused and len(found.refused) == 1 and one.meaning != "uscc":
            gives = {key: _said(key, value, vocabulary) for key, value in found.values.items()}
            return Sample(row=row, gives=gives, refused=found.refused, taken=found.taken)
    return None


def _header(one: ProposedColumn, proposed: ProposedLayout, vocabulary: Vocabulary) -> str:
    """Give the header as one cell would say it: a group above it and a unit over the table included."""
    header, fact = one.header, fact_of(one.meaning, vocabulary)
    counted = one.meaning == "amount" or (fact is not None and fact.kind in _QUANTITIES)
    lent = proposed.unit if counted and not header.unit else ""
    if " / " not in header.text and not lent:
        return header.text
    unit = header.unit or lent
    period = period_words(header.period) if header.period else ""
    return f"{period}{header.name}{f'（{unit}）' if unit else ''}"


def _replaced(meaning: str, cell: str | None) -> str | None:
    return cell if cell is None else INVENTED.get(meaning, cell)


def _said(key: str, value: Stored, vocabulary: Vocabulary) -> str:
    """Say a stored value as a sample does."""
    if key == "amount" and isinstance(value, int):
        return quantity_in_words(value, "money")
    fact = vocabulary.facts.get(fact_of_column(key)[0])
    if fact is None or isinstance(value, str):
        return str(value)
    match fact.kind:
        case "money" | "number" | "share":
            return quantity_in_words(value, fact.kind, fact.unit)
        case "flag":
            return "是" if value else "否"
        case _:
            return str(value)
