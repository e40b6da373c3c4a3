"""The pages before a sheet is taken in: handing it in, and what taking it in would do."""

from datetime import date
from typing import ClassVar, Literal

import msgspec

from matching.language.vocabulary import Vocabulary
from registry.actions.ask_headers import HeadersAsked
from registry.actions.preview_types import SHOWN, CellShown, NameShown, Preview
from registry.actions.tell_drift import drift_in_words
from registry.actions.tell_import import KIND_WORDS, ImportWords, written_in_words
from registry.actions.upload_sheet import Looked
from registry.imports.types import Refusal
from registry.portal.imports_page import RefusalView, tell_refusals
from registry.portal.page import Page

PAGE_CELLS = 50
NAMES_SHOWN = 60
ENTRIES_SHOWN = 60
Tab = Literal["changed", "conflict", "new", "refused"]
TABS: dict[Tab, str] = {"changed": "改变", "conflict": "冲突", "new": "新增", "refused": "没有取用"}


class NewImportPage(Page, frozen=True, kw_only=True):
    """All that import_new.html may use; `problem`: why nothing was handed in, "" where nothing was tried."""

    template: ClassVar[str] = "import_new.html"

    largest: str
    problem: str


class ColumnView(msgspec.Struct, frozen=True, kw_only=True):
    """One column: what it was understood as, and how its values stand to what is known; None: nothing counted."""

    letter: str
    header: str
    means: str
    unit: str
    counts: tuple[int, int, int, int, int] | None


class CellView(msgspec.Struct, frozen=True, kw_only=True):
    """One cell in words; `look` is its colour."""

    place: str
    enterprise: str
    column: str
    look: str
    word: str
    old: str
    new: str
    why: str


class ListView(msgspec.Struct, frozen=True, kw_only=True):
    """How the entries of a list would change, and the first who come and go."""

    name: str
    new: int
    same: int
    gone: int
    comers: tuple[str, ...]
    goers: tuple[str, ...]


class TabView(msgspec.Struct, frozen=True, kw_only=True):
    """One filter of the cells."""

    key: str
    word: str
    count: int


class PreviewPage(Page, frozen=True, kw_only=True):
    """All that import_preview.html may use.

    refused_whole  the file as a whole cannot be taken in; then only the refusals are told.
    already        number of the import that took in the same bytes before.
    headers        what is to be decided, or was, of headers no layout knows; None: nothing.
    cells          of the chosen tab; `kept` of them can be paged through, of `total`.
    """

    template: ClassVar[str] = "import_preview.html"

    sha256: str
    file_name: str
    problem: str
    refused_whole: bool
    already: int | None
    refused: tuple[RefusalView, ...]
    headers: HeadersAsked | None = None
    token: str = ""
    observed_on: date | None = None
    sentence: str = ""
    figures: tuple[tuple[str, str], ...] = ()
    drift: tuple[str, ...] = ()
    columns: tuple[ColumnView, ...] = ()
    created: tuple[NameShown, ...] = ()
    created_total: int = 0
    renamed: tuple[NameShown, ...] = ()
    renamed_total: int = 0
    lists: tuple[ListView, ...] = ()
    tabs: tuple[TabView, ...] = ()
    tab: str = "changed"
    cells: tuple[CellView, ...] = ()
    total: int = 0
    kept: int = 0
    number: int = 1
    last: int = 1


class Wanted(msgspec.Struct, frozen=True):
    """Which cells a page shows; `tab` None: the first that has any."""

    tab: Tab | None
    number: int


def tell_preview(
    looked: Looked, wanted: Wanted, vocabulary: Vocabulary, problem: str = ""
) -> PreviewPage:
    """Tell what taking in a file would do; `problem`: why the commit was not accepted."""
    preview, upload = looked.preview, looked.upload
    if preview is None or preview.outcome.observed_on is None or preview.outcome.already_since:
        return PreviewPage(
            sha256=upload.sha256,
            file_name=upload.file_name,
            problem=problem,
            refused_whole=preview is None,
            already=None if preview is None else preview.outcome.import_id,
            refused=tell_refusals(looked.refused),
            headers=looked.headers,
        )
    words = ImportWords(vocabulary, preview.outcome.observed_on)
    bare = PreviewPage(
        sha256=upload.sha256,
        file_name=upload.file_name,
        problem=problem,
        refused_whole=False,
        already=None,
        refused=(),
        headers=looked.headers,
        token=preview.token,
        drift=tuple(drift_in_words(one, vocabulary) for one in preview.drift),
        columns=_columns(preview, words),
        lists=_lists(preview, words),
    )
    return _with_cells(_with_names(bare, preview), preview, wanted, words)


def _with_names(page: PreviewPage, preview: Preview) -> PreviewPage:
    outcome = preview.outcome
    return msgspec.structs.replace(
        page,
        observed_on=outcome.observed_on,
        sentence=f"{outcome.rows_read:,}行中可取用{outcome.rows_taken:,}行，"
        f"其中按代码认出{preview.by_code:,}行，按名称认出{preview.by_name:,}行。",
        figures=written_in_words(outcome.written),
        created=preview.created[:NAMES_SHOWN],
        created_total=outcome.written.created,
        renamed=preview.renamed[:NAMES_SHOWN],
        renamed_total=outcome.written.renamed,
    )


def _with_cells(
    page: PreviewPage, preview: Preview, wanted: Wanted, words: ImportWords
) -> PreviewPage:
    tabs = _tabs(preview)
    filled = {one.key for one in tabs if one.count}
    tab = _first_filled(filled) if wanted.tab is None else wanted.tab
    cells = _cells(preview, tab, words)
    start = (wanted.number - 1) * PAGE_CELLS
    return msgspec.structs.replace(
        page,
        tabs=tabs,
        tab=tab,
        cells=cells[start : start + PAGE_CELLS],
        total=next(one.count for one in tabs if one.key == tab),
        kept=len(cells),
        number=wanted.number,
        last=max(1, -(-len(cells) // PAGE_CELLS)),
    )


def _first_filled(filled: set[str]) -> Tab:
    return next((key for key in TABS if key in filled), "changed")


def _tabs(preview: Preview) -> tuple[TabView, ...]:
    facts = preview.facts
    counts: dict[str, int] = {
        "changed": sum(one.changed for one in facts),
        "conflict": sum(one.conflict for one in facts),
        "new": sum(one.new for one in facts),
        "refused": len(preview.outcome.refused),
    }
    return tuple(TabView(key=key, word=word, count=counts[key]) for key, word in TABS.items())


def _columns(preview: Preview, words: ImportWords) -> tuple[ColumnView, ...]:
    counted = {one.column: one for one in preview.facts}
    found: list[ColumnView] = []
    for one in preview.columns:
        fact = counted.get(one.means)
        counts = (
            None
            if fact is None
            else (fact.new, fact.changed, fact.conflict, fact.same, fact.refused)
        )
        means = words.column(one.means)
        view = ColumnView(
            letter=one.letter, header=one.header, means=means, unit=one.unit, counts=counts
        )
        found.append(view)
    return tuple(found)


def _cells(preview: Preview, tab: Tab, words: ImportWords) -> tuple[CellView, ...]:
    if tab == "refused":
        return tuple(_refused(one) for one in preview.outcome.refused[: SHOWN * 10])
    return tuple(_cell(one, words) for one in preview.cells if one.kind == tab)


def _cell(cell: CellShown, words: ImportWords) -> CellView:
    looks = {"changed": "open", "conflict": "person", "new": "yes"}
    return CellView(
        place=f"{cell.letter}{cell.row}",
        enterprise=cell.enterprise,
        column=words.column(cell.column),
        look=looks.get(cell.kind, "inner"),
        word=KIND_WORDS[cell.kind],
        old=words.value(cell.column, cell.old) or "",
        new=words.value(cell.column, cell.new) or "",
        why=words.why(cell),
    )


def _refused(refusal: Refusal) -> CellView:
    (told,) = tell_refusals((refusal,))
    return CellView(
        place=told.place,
        enterprise="",
        column=told.header,
        look="no",
        word="没有取用",
        old="",
        new=told.value,
        why=f"{told.problem}。{told.way_out}",
    )


def _lists(preview: Preview, words: ImportWords) -> tuple[ListView, ...]:
    return tuple(
        ListView(
            name=words.list(one.list),
            new=one.new,
            same=one.same,
            gone=one.gone,
            comers=_names(preview, one.list, "new"),
            goers=_names(preview, one.list, "gone"),
        )
        for one in preview.lists
    )


def _names(preview: Preview, key: str, kind: Literal["new", "gone"]) -> tuple[str, ...]:
    found = [one.enterprise for one in preview.entries if one.list == key and one.kind == kind]
    return tuple(dict.fromkeys(found))[:ENTRIES_SHOWN]
