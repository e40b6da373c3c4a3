"""Routes of imports: hand in, look, take in, take back. They show enterprises, so they are private."""

import re
from datetime import datetime
from pathlib import Path
from typing import Annotated

import msgspec
from litestar import get, post
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath, FromQuery
from litestar.response import Redirect, Response, Template

from matching.catalogue.load_catalogue import Catalogue
from registry.actions.import_outcome import Told
from registry.actions.import_sheets import PreviewOutdated
from registry.actions.read_sheet import HandedIn
from registry.actions.refused_rows import NothingRefused, refused_rows
from registry.actions.show_imports import NoSuchImport, list_imports, show_import
from registry.actions.undo_effect import undo_effect
from registry.actions.undo_import import Undoing, UndoRefused, undo_import
from registry.actions.upload_sheet import NoSuchUpload, commit_upload, looked_at, receive_upload
from registry.corrections.record import LAYOUT as CORRECTION
from registry.imports.errors import SheetRefused
from registry.imports.learned import known_layouts
from registry.imports.limits import in_words, refuse_large
from registry.imports.pseudonyms import pseudonyms_in
from registry.imports.uploads import Uploads
from registry.lookup.kept import KeptIndex
from registry.portal.asked import day_asked, page_asked
from registry.portal.errors import NothingHere, NotUnderstood
from registry.portal.imports_page import tell_import, tell_imports, tell_undo
from registry.portal.preview_page import TABS, NewImportPage, Tab, Wanted, tell_preview

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_FILE_NAME = 200
LONGEST_SAID = 500
LARGEST_NUMBER = 2**63 - 1
NOBODY = "（查看影响）"


class SheetForm(msgspec.Struct, frozen=True, kw_only=True):
    """A sheet handed in."""

    file: UploadFile
    observed_on: str = ""


class CommitForm(msgspec.Struct, frozen=True, kw_only=True):
    """The word to take in what was previewed."""

    token: str
    confirmed: str = ""


class UndoForm(msgspec.Struct, frozen=True, kw_only=True):
    """The word to take an import back."""

    by: str = ""
    reason: str = ""


class Desk(msgspec.Struct, frozen=True):
    """Where sheets are handed in: the data folder, how large one may be, the names that must be found after."""

    data_dir: Path
    largest_upload: int
    kept: KeptIndex

    @property
    def uploads(self) -> Uploads:
        """The files that wait to be taken in."""
        return Uploads(self.data_dir / "uploads")

    def told(self, catalogue: Catalogue, now: datetime, observed_on: str = "") -> Told:
        """Give what is told beside a file; nobody watches it being read."""
        return Told(
            recorded_at=now,
            observed_on=day_asked("observed_on", observed_on),
            vocabulary=catalogue.vocabulary,
            progress=lambda *_: None,
            pseudonyms=pseudonyms_in(self.data_dir),
            lookup=self.data_dir / "lookup",
            largest_bytes=self.largest_upload,
        )

    @property
    def largest(self) -> str:
        """How large a sheet may be, in words."""
        return in_words(self.largest_upload)


@get("/imports", permission="demo")
async def list_all_imports(
    catalogue: NamedDependency[Catalogue], page: FromQuery[str | None] = None
) -> Template:
    """Show what was taken in, newest first."""
    number = page_asked(page)
    return tell_imports(await list_imports(number), number, catalogue.vocabulary).render()


@get("/imports/new", permission="demo")
async def show_new_import(desk: NamedDependency[Desk]) -> Template:
    """Show the form that takes a sheet."""
    return _new(desk, "").render()


@post("/imports/new", permission="demo", status_code=200)
async def hand_in_sheet(
    data: Annotated[SheetForm, Body(media_type=RequestEncodingType.MULTI_PART)],
    desk: NamedDependency[Desk],
    catalogue: NamedDependency[Catalogue],
    now: NamedDependency[datetime],
) -> Template | Redirect:
    """Keep a sheet, preview it, and show that."""
    content = await data.file.read()
    name = re.split(r"[/\\]", data.file.filename)[-1][-LONGEST_FILE_NAME:]
    if not name:
        return _new(desk, "没有选择文件").render(400)
    try:
        refuse_large(name, len(content), desk.largest_upload)
    except SheetRefused as large:
        return _new(desk, f"没有收下：{large}").render(413)
    file = HandedIn(name=name, data=content)
    told = desk.told(catalogue, now, data.observed_on)
    upload = await receive_upload(file, told, desk.uploads)
    return Redirect(f"/imports/new/{upload.sha256}", status_code=303)


@get("/imports/new/{sha256:str}", permission="demo")
async def show_preview(
    sha256: FromPath[str],
    desk: NamedDependency[Desk],
    catalogue: NamedDependency[Catalogue],
    kind: FromQuery[str | None] = None,
    page: FromQuery[str | None] = None,
) -> Template:
    """Show what taking in a sheet would do."""
    wanted = Wanted(_tab(kind), page_asked(page))
    try:
        looked = await looked_at(sha256, desk.uploads)
    except NoSuchUpload as gone:
        raise NothingHere(str(gone)) from None
    return tell_preview(looked, wanted, catalogue.vocabulary).render()


@post("/imports/new/{sha256:str}", permission="demo", status_code=200)
async def take_in_sheet(
    sha256: FromPath[str],
    data: Annotated[CommitForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
    desk: NamedDependency[Desk],
    catalogue: NamedDependency[Catalogue],
    now: NamedDependency[datetime],
) -> Template | Redirect:
    """Take in a sheet as it was previewed; where that is out of date, preview it anew."""
    told = msgspec.structs.replace(desk.told(catalogue, now), confirmed=bool(data.confirmed))
    try:
        outcome = await commit_upload(sha256, data.token, told, desk.uploads)
    except NoSuchUpload as gone:
        raise NothingHere(str(gone)) from None
    except (PreviewOutdated, SheetRefused) as refused:
        looked = await looked_at(sha256, desk.uploads)
        wanted = Wanted(None, 1)
        return tell_preview(looked, wanted, catalogue.vocabulary, _said(refused)).render(409)
    desk.kept.renew(now)
    return Redirect(f"/imports/{outcome.import_id}", status_code=303)


@get("/imports/{number:int}", permission="demo")
async def show_one_import(number: FromPath[int], catalogue: NamedDependency[Catalogue]) -> Template:
    """Show one import: what it added, what it refused, whether it was taken back."""
    try:
        shown = await show_import(_number(number))
    except NoSuchImport as nothing:
        raise NothingHere(str(nothing)) from None
    known = await known_layouts(catalogue.vocabulary, shown.taken.recorded_at)
    labels = {layout.name: layout.label for layout in known.layouts}
    labels[CORRECTION] = "企业申请更正"
    layout = labels.get(shown.taken.layout, shown.taken.layout)
    return tell_import(shown, layout, catalogue.vocabulary).render()


@get("/imports/{number:int}/refused", permission="demo")
async def download_refused(
    number: FromPath[int], catalogue: NamedDependency[Catalogue]
) -> Response[bytes]:
    """Give the refused rows, to be corrected and sent again."""
    try:
        data = (await refused_rows(_number(number), catalogue.vocabulary)).data
    except NothingRefused as nothing:
        raise NothingHere(str(nothing)) from None
    name = f"refused-{number}.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(data, media_type=XLSX, headers=headers)


@get("/imports/{number:int}/undo", permission="demo")
async def show_undo(
    number: FromPath[int],
    catalogue: NamedDependency[Catalogue],
    now: NamedDependency[datetime],
) -> Template:
    """Show what taking an import back would change."""
    return await _undo_page(number, catalogue, now, "")


@post("/imports/{number:int}/undo", permission="demo", status_code=200)
async def take_back_import(
    number: FromPath[int],
    data: Annotated[UndoForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
    catalogue: NamedDependency[Catalogue],
    now: NamedDependency[datetime],
) -> Template | Redirect:
    """Take an import back."""
    by, reason = data.by.strip()[:100], data.reason.strip()[:LONGEST_SAID]
    if not (by and reason):
        return await _undo_page(number, catalogue, now, "请写明由谁撤销、为什么撤销")
    asked = Undoing(import_id=_number(number), by=by, reason=reason, now=now)
    try:
        await undo_import(asked, catalogue.vocabulary)
    except UndoRefused as refused:
        raise NothingHere(str(refused)) from None
    return Redirect(f"/imports/{number}", status_code=303)


async def _undo_page(number: int, catalogue: Catalogue, now: datetime, problem: str) -> Template:
    asked = Undoing(import_id=_number(number), by=NOBODY, reason=NOBODY, now=now)
    try:
        effect = await undo_effect(asked, catalogue)
    except UndoRefused as refused:
        raise NothingHere(str(refused)) from None
    return tell_undo(effect, problem).render(400 if problem else 200)


def _new(desk: Desk, problem: str) -> NewImportPage:
    return NewImportPage(largest=desk.largest, problem=problem)


def _tab(text: str | None) -> Tab | None:
    if text is None or not text.strip():
        return None
    for tab in TABS:
        if tab == text:
            return tab
    raise NotUnderstood(f"地址里的 kind 应是 {'、'.join(TABS)} 之一。")


def _said(refused: PreviewOutdated | SheetRefused) -> str:
    if isinstance(refused, PreviewOutdated):
        return f"{refused}。下面是新的预览。"
    return "；".join(f"{one.problem}。{one.way_out}" for one in refused.refusals[:5])


def _number(number: int) -> int:
    if not 0 < number <= LARGEST_NUMBER:
        raise NothingHere("没有这个编号的导入。")
    return number
