"""The pages of what was taken in: the list, one import, and what taking it back would change."""

from datetime import date, datetime
from typing import ClassVar

import msgspec

from matching.language.vocabulary import Vocabulary
from registry.actions.show_imports import PAGE_ROWS, ImportsListed, ShownImport
from registry.actions.tell_import import ImportWords, written_in_words
from registry.actions.undo_effect import EnterpriseMoved, UndoEffect, VerdictsMoved
from registry.imports.types import Refusal
from registry.portal.page import Page

REFUSALS_SHOWN = 200
MOVED_SHOWN = 100
FIRMS_SHOWN = 50


class ImportRow(msgspec.Struct, frozen=True, kw_only=True):
    """One import in the list."""

    id: int
    file_name: str
    department: str
    observed_on: date
    recorded_at: datetime
    rows_read: int
    rows_refused: int
    cells_refused: int
    undone: bool


class ImportsPage(Page, frozen=True, kw_only=True):
    """All that imports.html may use."""

    template: ClassVar[str] = "imports.html"

    rows: tuple[ImportRow, ...]
    total: int
    number: int
    last: int


class RefusalView(msgspec.Struct, frozen=True, kw_only=True):
    """One cell, row, column or worksheet that was not taken."""

    place: str
    header: str
    value: str
    problem: str
    way_out: str


class ImportPage(Page, frozen=True, kw_only=True):
    """All that import.html may use; `refused` are the first of `refused_total`."""

    template: ClassVar[str] = "import.html"

    id: int
    file_name: str
    layout: str
    department: str
    observed_on: date
    recorded_at: datetime
    rows_read: int
    rows_taken: int
    rows_refused: int
    turn: int
    written: tuple[tuple[str, str], ...]
    counted: bool
    undone_at: datetime | None
    undone_by: str
    reason: str
    refused: tuple[RefusalView, ...]
    refused_total: int


class UndoPage(Page, frozen=True, kw_only=True):
    """All that import_undo.html may use; `problem`: why the form was not accepted, "" where it was not sent."""

    template: ClassVar[str] = "import_undo.html"

    id: int
    file_name: str
    observed_on: date
    recorded_at: datetime
    on: date
    judged: int
    renamed: int
    unknown: int
    contacts: int
    moved: tuple[VerdictsMoved, ...]
    moved_total: int
    firms: tuple[EnterpriseMoved, ...]
    problem: str


def tell_imports(listed: ImportsListed, number: int, vocabulary: Vocabulary) -> ImportsPage:
    """Tell a page of the list."""
    named = vocabulary.departments
    return ImportsPage(
        rows=tuple(
            ImportRow(
                id=one.id,
                file_name=one.file_name,
                department=named.get(one.department, one.department),
                observed_on=one.observed_on,
                recorded_at=one.recorded_at,
                rows_read=one.rows_read,
                rows_refused=one.rows_refused,
                cells_refused=one.cells_refused,
                undone=one.undone_at is not None,
            )
            for one in listed.imports
        ),
        total=listed.total,
        number=number,
        last=max(1, -(-listed.total // PAGE_ROWS)),
    )


def tell_import(shown: ShownImport, layout: str, vocabulary: Vocabulary) -> ImportPage:
    """Tell one import; `layout` is what people call its kind of sheet."""
    taken, undone = shown.taken, shown.undone
    words = ImportWords(vocabulary, taken.observed_on)
    return ImportPage(
        id=taken.id,
        file_name=taken.file_name,
        layout=layout,
        department=words.department(taken.department),
        observed_on=taken.observed_on,
        recorded_at=taken.recorded_at,
        rows_read=taken.rows_read,
        rows_taken=taken.rows_taken,
        rows_refused=taken.rows_refused,
        turn=taken.turn,
        written=written_in_words(shown.written),
        counted=shown.counted,
        undone_at=undone.undone_at if undone else None,
        undone_by=undone.undone_by if undone else "",
        reason=undone.reason if undone else "",
        refused=tell_refusals(shown.refused),
        refused_total=len(shown.refused),
    )


def tell_undo(effect: UndoEffect, problem: str) -> UndoPage:
    """Tell what an undo would change."""
    done = effect.done
    return UndoPage(
        id=done.taken.id,
        file_name=done.taken.file_name,
        observed_on=done.taken.observed_on,
        recorded_at=done.taken.recorded_at,
        on=effect.on,
        judged=effect.judged,
        renamed=done.renamed,
        unknown=done.unknown,
        contacts=done.contacts,
        moved=effect.moved[:MOVED_SHOWN],
        moved_total=sum(one.enterprises for one in effect.moved),
        firms=effect.first[:FIRMS_SHOWN],
        problem=problem,
    )


def tell_refusals(refused: tuple[Refusal, ...]) -> tuple[RefusalView, ...]:
    """Tell the first of what was refused."""
    return tuple(
        RefusalView(
            place=f"{one.column}{one.row or ''}" or one.sheet or "整表",
            header=one.header,
            value="（空）" if one.value is None else one.value,
            problem=one.problem,
            way_out=one.way_out,
        )
        for one in refused[:REFUSALS_SHOWN]
    )
