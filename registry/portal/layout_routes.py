"""Routes of layouts: listed, shown, as templates, and set up. Private until accounts are there: they change what is taken in."""

from datetime import date, datetime
from typing import Annotated
from urllib.parse import quote

import msgspec
from litestar import Request, Response, get, post
from litestar.datastructures import State, UploadFile
from litestar.di import NamedDependency
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath, FromQuery
from litestar.response import Redirect, Template

from matching.catalogue.load_catalogue import Catalogue
from matching.language.vocabulary import Vocabulary
from registry.actions.learn_layouts import (
    check_layout,
    forget_header,
    layout_template,
    learn_headers,
    learn_layout,
    path_of,
    withdraw_layout,
)
from registry.actions.set_up_layout import (
    SheetHead,
    period_warnings,
    set_up_again,
    set_up_layout,
    with_choices,
)
from registry.imports.errors import LayoutError, SheetRefused
from registry.imports.headers import read_header
from registry.imports.learned import known_layouts
from registry.imports.limits import refuse_large
from registry.imports.teach import taught_header
from registry.imports.write_layout import LayoutHead, layout_text
from registry.portal.errors import NothingHere, NotUnderstood
from registry.portal.import_routes import Desk
from registry.portal.item_routes import WORKBOOK
from registry.portal.layout_page import (
    LayoutPage,
    tell_layout,
    tell_layout_text,
    tell_layouts,
    tell_problems,
)
from registry.portal.layout_set_up_page import LayoutNewPage, tell_new, tell_set_up

Requested = Request[None, None, State]


class SheetForm(msgspec.Struct, kw_only=True):
    """What the form a sheet is handed in by sends."""

    department: str = ""
    file: UploadFile | None = None


class TextForm(msgspec.Struct, kw_only=True):
    """What the form of a layout file sends; `wish` is the button that was pressed."""

    text: str = ""
    by: str = ""
    wish: str = "check"


class ChangeForm(msgspec.Struct, kw_only=True):
    """What the forms on a layout's page send: withdraw it, teach it a header, forget one."""

    wish: str = ""
    header: str = ""
    meaning: str = ""
    by: str = ""


SentSheet = Annotated[SheetForm, Body(media_type=RequestEncodingType.MULTI_PART)]
SentText = Annotated[TextForm, Body(media_type=RequestEncodingType.URL_ENCODED)]
SentChange = Annotated[ChangeForm, Body(media_type=RequestEncodingType.URL_ENCODED)]


@get("/layouts", permission="demo")
async def list_layouts(
    catalogue: NamedDependency[Catalogue], now: NamedDependency[datetime]
) -> Template:
    """Show all layouts by department."""
    words = catalogue.vocabulary
    return tell_layouts(await known_layouts(words, now), words).render()


@get("/layouts/new", permission="demo")
async def show_new_layout(
    catalogue: NamedDependency[Catalogue],
    desk: NamedDependency[Desk],
    department: FromQuery[str] = "",
) -> Template:
    """Show the form a sheet is handed in by."""
    return tell_new(catalogue.vocabulary, desk.largest, department).render()


@post("/layouts/new", permission="demo")
async def take_new_layout(
    data: SentSheet,
    catalogue: NamedDependency[Catalogue],
    now: NamedDependency[datetime],
    desk: NamedDependency[Desk],
) -> Template:
    """Show what the headers of a sheet may mean, to be chosen."""
    words = catalogue.vocabulary
    asked = tell_new(words, desk.largest, data.department)
    if data.department not in words.departments:
        return _not_taken(asked, "请选择是哪个部门的表。")
    if data.file is None or not data.file.filename:
        return _not_taken(asked, "请选择一张表。")
    content = await data.file.read()
    try:
        refuse_large(data.file.filename, len(content), desk.largest_upload)
    except SheetRefused as large:
        return _not_taken(asked, str(large), status=413)
    try:
        found = await set_up_layout(data.file.filename, content, data.department, now, words)
    except SheetRefused as refused:
        return _not_taken(asked, *map(str, refused.refusals))
    said = LayoutHead(
        name=f"{data.department}-", department=data.department, label=_stem(data.file.filename)
    )
    return tell_set_up(found, said, words).render()


@post("/layouts/text", permission="demo")
async def write_layout_text(
    request: Requested, catalogue: NamedDependency[Catalogue], now: NamedDependency[datetime]
) -> Template:
    """Write the layout file of what was chosen, and try it."""
    words, form = catalogue.vocabulary, await request.form()
    department = str(form.get("department", ""))
    if department not in words.departments:
        raise NotUnderstood("没有写明是哪个部门的表，请重新上传。")
    try:
        head = msgspec.json.decode(str(form.get("head", "")), type=SheetHead)
        found = await set_up_again(head, department, now, words)
    except (msgspec.DecodeError, SheetRefused) as broken:
        raise NotUnderstood("表头没有完整送到，请重新上传这张表。") from broken
    letters = [one.letter for one in found.proposed.columns]
    meanings = {at: str(form[f"meaning-{at}"]) for at in letters if f"meaning-{at}" in form}
    required = {at for at in letters if f"required-{at}" in form}
    chosen = with_choices(found.proposed, meanings, required)
    said = LayoutHead(
        name=str(form.get("name", "")).strip(),
        department=department,
        label=str(form.get("label", "")).strip(),
        one_row_each="one_row_each" in form,
    )
    text = layout_text(said, chosen, words)
    known = await known_layouts(words, now)
    checked = check_layout(text, path_of(text), words, known.layouts)
    return tell_layout_text(text, "", checked, words, period_warnings(chosen, words)).render()


@post("/layouts", permission="demo")
async def take_layout(
    data: SentText, catalogue: NamedDependency[Catalogue], now: NamedDependency[datetime]
) -> Template | Redirect:
    """Keep a layout file, or show it again with all that is wrong with it."""
    words = catalogue.vocabulary
    known = await known_layouts(words, now)
    text = data.text.replace("\r\n", "\n")
    checked = check_layout(text, path_of(text), words, known.layouts)
    if data.wish != "learn":
        return tell_layout_text(text, data.by, checked, words).render()
    try:
        learned = await learn_layout(text, data.by, now, words)
    except LayoutError as wrong:
        told = msgspec.structs.replace(checked, problems=wrong.problems, lacks=None)
        return tell_layout_text(text, data.by, told, words).render(status_code=422)
    return Redirect(f"/layouts/{learned.name}", status_code=303)


@get("/layouts/{name:str}", permission="demo")
async def show_layout(
    name: FromPath[str], catalogue: NamedDependency[Catalogue], now: NamedDependency[datetime]
) -> Template:
    """Show one layout."""
    return (await _page(name, catalogue.vocabulary, now)).render()


@post("/layouts/{name:str}", permission="demo")
async def change_layout(
    name: FromPath[str],
    data: SentChange,
    catalogue: NamedDependency[Catalogue],
    now: NamedDependency[datetime],
) -> Template | Redirect:
    """Teach a layout a header, forget one, or withdraw it; or show it again with the reason why not."""
    words = catalogue.vocabulary
    page = await _page(name, words, now)
    try:
        match data.wish:
            case "teach":
                key = taught_header(read_header((data.header,)))
                await learn_headers(name, {key: data.meaning}, data.by, now, words)
            case "forget":
                await forget_header(name, data.header, data.by, now, words)
            case "withdraw":
                await withdraw_layout(name, data.by, now, words)
                return Redirect("/layouts", status_code=303)
            case _:
                raise NotUnderstood("没有写明要做什么，请从版式的页面重新提交。")
    except LayoutError as wrong:
        told = msgspec.structs.replace(page, problems=tell_problems(wrong.problems))
        return told.render(status_code=422)
    return Redirect(f"/layouts/{name}", status_code=303)


@post("/layouts/{name:str}/headers", permission="demo")
async def confirm_headers(
    name: FromPath[str],
    request: Requested,
    catalogue: NamedDependency[Catalogue],
    now: NamedDependency[datetime],
) -> Template | Redirect:
    """Remember the headers that were confirmed, or show the layout with the reason why not."""
    words = catalogue.vocabulary
    page = await _page(name, words, now)
    form = await request.form()
    ticked = (str(one).rpartition("=") for one in form.getall("header", []))
    confirmed = {header: meaning for header, _, meaning in ticked}
    try:
        await learn_headers(name, confirmed, str(form.get("by", "")), now, words)
    except LayoutError as wrong:
        told = msgspec.structs.replace(page, problems=tell_problems(wrong.problems))
        return told.render(status_code=422)
    return Redirect(f"/layouts/{name}", status_code=303)


@get("/layouts/{name:str}/template.xlsx", permission="demo")
async def download_template(
    name: FromPath[str],
    catalogue: NamedDependency[Catalogue],
    now: NamedDependency[datetime],
    today: NamedDependency[date],
) -> Response[bytes]:
    """Give the workbook a department fills in."""
    page = await _page(name, catalogue.vocabulary, now)
    content = await layout_template(name, today, now, catalogue.vocabulary)
    called = quote(f"{page.row.label}（空表）.xlsx")
    return Response(
        content,
        media_type=WORKBOOK,
        headers={
            "Content-Disposition": f"attachment; filename=\"{name}.xlsx\"; filename*=UTF-8''{called}"
        },
    )


async def _page(name: str, words: Vocabulary, now: datetime) -> LayoutPage:
    known = await known_layouts(words, now)
    layout = next((one for one in known.layouts if one.name == name), None)
    if layout is None:
        raise NothingHere("没有这个版式：可能已撤回，或地址写错了。")
    return tell_layout(layout, known, words)


def _not_taken(asked: LayoutNewPage, *problems: str, status: int = 422) -> Template:
    return msgspec.structs.replace(asked, problems=problems).render(status_code=status)


def _stem(file_name: str) -> str:
    return file_name.rpartition(".")[0] or file_name
