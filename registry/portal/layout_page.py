"""The pages of layouts: what departments' sheets look like, one of them, and setting one up."""

from typing import ClassVar

from matching.language.problems import Problem
from matching.language.vocabulary import PeriodKind, Vocabulary
from registry.actions.learn_layouts import CheckedLayout
from registry.imports.guess import possible
from registry.imports.headings import unit_of
from registry.imports.layout import Column, Layout, Sample
from registry.imports.learned import KnownLayouts
from registry.imports.meanings import IGNORE, fact_of, meaning_in_words, meaning_of
from registry.imports.read_as import read_as
from registry.portal.layout_types import LayoutColumn, LayoutHeader, LayoutRow, LayoutSample
from registry.portal.page import Page

Choice = tuple[str, str]
"""A word of registry.imports.meanings, and what people read for it."""

PERIOD_WORDS: dict[PeriodKind, str] = {
    "none": "",
    "year": "每年",
    "quarter": "每季度",
    "month": "每月",
    "window": "按时段",
}


class LayoutsPage(Page, frozen=True, kw_only=True):
    """All that layouts.html may use; `groups` are departments with their layouts."""

    template: ClassVar[str] = "layouts.html"

    groups: tuple[tuple[str, tuple[LayoutRow, ...]], ...]
    broken: tuple[tuple[str, str], ...]


class LayoutPage(Page, frozen=True, kw_only=True):
    """All that layout.html may use; `text` is None for a layout that is shipped."""

    template: ClassVar[str] = "layout.html"

    row: LayoutRow
    department: str
    columns: tuple[LayoutColumn, ...]
    ignored: tuple[str, ...]
    notes: tuple[str, ...]
    headers: tuple[LayoutHeader, ...]
    samples: tuple[LayoutSample, ...]
    text: str | None
    choices: tuple[Choice, ...]
    problems: tuple[str, ...] = ()


class LayoutTextPage(Page, frozen=True, kw_only=True):
    """All that layout_text.html may use: a layout file, what is wrong with it, and its samples tried."""

    template: ClassVar[str] = "layout_text.html"

    text: str
    by: str
    label: str | None
    problems: tuple[str, ...]
    warnings: tuple[str, ...]
    samples: tuple[LayoutSample, ...]


def tell_layouts(known: KnownLayouts, vocabulary: Vocabulary) -> LayoutsPage:
    """Tell all layouts, by department."""
    rows: dict[str, list[LayoutRow]] = {}
    for layout in known.layouts:
        rows.setdefault(layout.department, []).append(_row(layout, known))
    return LayoutsPage(
        groups=tuple(
            (label, tuple(rows[key]))
            for key, label in vocabulary.departments.items()
            if key in rows
        ),
        broken=tuple((name, str(problems[0])) for name, problems in known.broken.items()),
    )


def tell_layout(
    layout: Layout,
    known: KnownLayouts,
    vocabulary: Vocabulary,
    problems: tuple[str, ...] = (),
) -> LayoutPage:
    """Tell one layout: columns, rules, headers it was taught, sample rows; and what could not be done."""
    own = next((one for one in known.own if one.name == layout.name), None)
    return LayoutPage(
        row=_row(layout, known),
        department=vocabulary.departments[layout.department],
        columns=tuple(
            _column(column, layout, vocabulary)
            for column in layout.columns
            if column.role != IGNORE
        ),
        ignored=tuple(
            header
            for column in layout.columns
            if column.role == IGNORE
            for header in column.headers
        ),
        notes=_notes(layout, vocabulary),
        headers=tuple(
            LayoutHeader(
                header=one.header,
                meaning=meaning_in_words(one.meaning or IGNORE, vocabulary, layout),
                decided_by=one.decided_by,
                recorded_at=one.recorded_at,
            )
            for one in known.headers
            if one.layout == layout.name
        ),
        samples=tell_samples(layout, vocabulary),
        text=own.text if own else None,
        choices=(
            *(choice(one.meaning, vocabulary, layout) for one in possible(layout, vocabulary)),
            choice(IGNORE, vocabulary),
        ),
        problems=problems,
    )


def choice(meaning: str, vocabulary: Vocabulary, layout: Layout | None = None) -> Choice:
    """Give a meaning as people choose it: 营业收入（每年）."""
    fact = fact_of(meaning, vocabulary, layout)
    period = PERIOD_WORDS[fact.period] if fact else ""
    words = meaning_in_words(meaning, vocabulary, layout)
    return meaning, f"{words}（{period}）" if period else words


def tell_layout_text(
    text: str,
    by: str,
    checked: CheckedLayout,
    vocabulary: Vocabulary,
    warnings: tuple[str, ...] = (),
) -> LayoutTextPage:
    """Tell a layout file as checked."""
    layout = checked.layout
    lacking = (f"{checked.lacks}：在 samples 中补上",) if checked.lacks else ()
    return LayoutTextPage(
        text=text,
        by=by,
        label=layout.label if layout else None,
        problems=(*tell_problems(checked.problems), *lacking),
        warnings=warnings,
        samples=tell_samples(layout, vocabulary) if layout else (),
    )


def tell_problems(problems: tuple[Problem, ...]) -> tuple[str, ...]:
    """Say problems without the name of a file nobody has seen."""
    return tuple(
        f"{f'第{one.line}行 ' if one.line else ''}{f'{one.where}：' if one.where else ''}"
        f"{one.what}。{one.way_out}。"
        for one in problems
    )


def tell_samples(layout: Layout, vocabulary: Vocabulary) -> tuple[LayoutSample, ...]:
    """Tell the sample rows of a layout: the cells, what comes out, what is refused and why."""
    return tuple(_sample(sample, layout, vocabulary) for sample in layout.samples)


def _row(layout: Layout, known: KnownLayouts) -> LayoutRow:
    own = next((one for one in known.own if one.name == layout.name), None)
    return LayoutRow(
        name=layout.name,
        label=layout.label,
        columns=sum(column.role != IGNORE for column in layout.columns),
        samples=len(layout.samples),
        headers=sum(one.layout == layout.name for one in known.headers),
        set_up_by=own.decided_by if own else None,
        set_up_at=own.recorded_at if own else None,
    )


def _column(column: Column, layout: Layout, vocabulary: Vocabulary) -> LayoutColumn:
    fact = read_as(column, layout, vocabulary)
    of_fact = (fact.label, *fact.headers) if fact and column.fact else ()
    names = dict.fromkeys((*column.headers, *of_fact))
    return LayoutColumn(
        meaning=meaning_in_words(meaning_of(column), vocabulary, layout),
        headers="、".join(names),
        unit=unit_of(column, fact),
        period=PERIOD_WORDS[fact.period] if fact else "",
        required=column.required,
    )


def _notes(layout: Layout, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Say the rules of a layout that its columns do not show."""
    found: list[str] = []
    if layout.registers:
        found.append("表中的名称是登记名称：较新的表会给企业更名")
    if layout.one_row_each:
        found.append("一家企业只有一行；再有一行而内容不同，就要核对")
    if layout.member_of:
        found.append(f"表中的企业都在{vocabulary.lists[layout.member_of].label}上")
    labels = [vocabulary.lists[key].label for key in layout.covers if key in vocabulary.lists]
    if labels:
        found.append(f"是{'、'.join(labels)}的全部：不在表上的就不在名录上")
    if layout.records:
        found.append(f"一行是{vocabulary.records[layout.records].label}的一条，以编号区分")
    if layout.covers_listed:
        found.append(f"工作表“{layout.covers_listed}”里写到的是完整的")
    if layout.has("item"):
        found.append("凭证编号只以假名保存")
    return tuple(found)


def _sample(sample: Sample, layout: Layout, vocabulary: Vocabulary) -> LayoutSample:
    return LayoutSample(
        cells=tuple((header, cell or "") for header, cell in sample.row.items()),
        gives=tuple(
            (_said(key, layout, vocabulary), _value_in_words(key, value, layout, vocabulary))
            for key, value in sample.gives.items()
        ),
        refused=tuple(sample.refused.items()),
        taken=sample.taken,
    )


def _said(key: str, layout: Layout, vocabulary: Vocabulary) -> str:
    name, _, period = key.partition("@")
    fact = fact_of(f"fact/{name}", vocabulary)
    if fact is None:
        return meaning_in_words(name, vocabulary, layout)
    return f"{period} {fact.label}".strip()


def _value_in_words(key: str, value: str, layout: Layout, vocabulary: Vocabulary) -> str:
    """Say a key of a list or a code as people read it; anything else as it is written."""
    if key == "list" and value in vocabulary.lists:
        return vocabulary.lists[value].label
    name = key.partition("@")[0]
    fact = fact_of(f"fact/{name}", vocabulary) or fact_of(name, vocabulary, layout)
    if fact is None or fact.kind != "code":
        return value
    tree = vocabulary.tree_of(fact)
    code = vocabulary.code_of(fact, value)
    if tree is not None and code is not None:
        return f"{tree.name(code)}（{code}）"
    return fact.values.get(value, value)
