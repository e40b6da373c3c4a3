"""Routes of corrections: ask from an enterprise's page, see the requests, decide one.

Private figures stand on them, so only in the demonstration until sign-in is there.
"""

from datetime import date, datetime
from typing import Annotated

import msgspec
from litestar import Response, get, post
from litestar.datastructures import State, UploadFile
from litestar.di import NamedDependency
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath, FromQuery
from litestar.response import Redirect, Template

from matching.catalogue.load_catalogue import Catalogue
from registry.actions.correct_record import (
    Verdicts,
    Wish,
    ask_for_correction,
    decide_correction,
    effect_of,
    show_correction,
    show_corrections,
    shown_now,
)
from registry.actions.look_up_enterprise import registered_as
from registry.corrections.files import GivenFile, evidence_path
from registry.corrections.types import CorrectionRefused, EntryWish, Shown, Verdict
from registry.portal.asked import LARGEST_ID, day_asked, enterprise_asked
from registry.portal.correction_page import (
    AskPage,
    ChoosePage,
    CorrectionPage,
    Named,
    tell_ask,
    tell_choose,
    tell_correction,
    tell_corrections,
)
from registry.portal.errors import NothingHere
from registry.profiles.knowledge import Knowledge
from registry.profiles.load_profile import load_profile

NO_REQUEST = "没有这个编号的更正申请。"
_VERDICTS: dict[str, Verdict] = {"accept": "accepted", "reject": "rejected"}


class AskForm(msgspec.Struct, kw_only=True):
    """What the form of a wish sends; `on` only where it is about a list."""

    column: str = ""
    wanted: str = ""
    on: str = ""
    level: str = ""
    document: str = ""
    from_on: str = ""
    until_on: str = ""
    reason: str = ""
    asked_by: str = ""
    contact: str = ""
    files: list[UploadFile] = []


class DecideForm(msgspec.Struct, kw_only=True):
    """What the form of a decision sends."""

    verdict: str = ""
    reason: str = ""
    decided_by: str = ""


Sent = Annotated[AskForm, Body(media_type=RequestEncodingType.MULTI_PART)]
Answer = Annotated[DecideForm, Body(media_type=RequestEncodingType.URL_ENCODED)]


async def at_present(today: NamedDependency[date], now: NamedDependency[datetime]) -> Knowledge:
    """Give all that is known now, as of today."""
    return Knowledge(today, now)


@get("/enterprises/{enterprise_id:int}/correct", permission="demo")
async def show_ask(
    enterprise_id: FromPath[int],
    catalogue: NamedDependency[Catalogue],
    current: NamedDependency[Knowledge],
    column: FromQuery[str] = "",
) -> Template:
    """Show the form that asks what a value should be; without a column, what there is to choose from."""
    if not column:
        return (await _choose_page(enterprise_id, current, catalogue)).render()
    return (await _ask_page(enterprise_id, column, current, catalogue)).render()


@post("/enterprises/{enterprise_id:int}/correct", permission="demo")
async def take_ask(
    enterprise_id: FromPath[int],
    data: Sent,
    catalogue: NamedDependency[Catalogue],
    state: State,
    current: NamedDependency[Knowledge],
) -> Template | Redirect:
    """Keep a wish, or show the form again with the reason why not."""
    page = await _ask_page(enterprise_id, data.column, current, catalogue)
    try:
        wish = Wish(
            enterprise_id=enterprise_id,
            column=data.column,
            wanted=_entry(data) if page.entry else data.wanted,
            reason=data.reason,
            asked_by=data.asked_by,
            contact=data.contact,
            files=tuple(
                [
                    GivenFile(file.filename, await file.read())
                    for file in data.files
                    if file.filename
                ]
            ),
        )
        kept = await ask_for_correction(wish, current, catalogue, state["data_dir"])
    except CorrectionRefused as refused:
        again = msgspec.structs.replace(page, problem=str(refused), fields=_written(data))
        return again.render(status_code=422)
    return Redirect(f"/corrections/{kept.id}", status_code=303)


@get("/corrections", permission="demo")
async def list_corrections(
    catalogue: NamedDependency[Catalogue],
    current: NamedDependency[Knowledge],
    department: FromQuery[str] = "",
) -> Template:
    """Show the requests, open ones first, and how many wait for each department."""
    words = catalogue.vocabulary
    shown = await show_corrections(current, words)
    names = await _names(shown)
    return tell_corrections(shown, names, words, current.as_of, department).render()


@get("/corrections/{number:int}", permission="demo")
async def show_one(
    number: FromPath[int],
    catalogue: NamedDependency[Catalogue],
    current: NamedDependency[Knowledge],
) -> Template:
    """Show one request, what it would change while it is open, and its answer."""
    return (await _page(number, current, catalogue)).render()


@post("/corrections/{number:int}", permission="demo")
async def decide_one(
    number: FromPath[int],
    data: Answer,
    catalogue: NamedDependency[Catalogue],
    current: NamedDependency[Knowledge],
) -> Template | Redirect:
    """Decide a request, or show it again with the reason why not."""
    page = await _page(number, current, catalogue)
    verdict = _VERDICTS.get(data.verdict)
    try:
        if verdict is None:
            raise CorrectionRefused("请选择采纳或不采纳")
        said = Verdicts(
            number=number, verdict=verdict, reason=data.reason, decided_by=data.decided_by
        )
        await decide_correction(said, current, catalogue)
    except CorrectionRefused as refused:
        return msgspec.structs.replace(page, problem=str(refused)).render(status_code=422)
    return Redirect(f"/corrections/{number}", status_code=303)


@get("/corrections/{number:int}/evidence/{sha256:str}", permission="demo")
async def give_evidence(
    number: FromPath[int],
    sha256: FromPath[str],
    state: State,
    catalogue: NamedDependency[Catalogue],
    current: NamedDependency[Knowledge],
) -> Response[bytes]:
    """Give an evidence file to be saved, never to be run by the browser."""
    shown = await _shown(number, current, catalogue)
    kept = next((one for one in shown.evidence if one.sha256 == sha256), None)
    path = evidence_path(state["data_dir"], sha256)
    if kept is None or not path.exists():
        raise NothingHere("没有这个证明文件。")
    return Response(
        path.read_bytes(),
        media_type="application/octet-stream",
        headers={"Content-Disposition": f'attachment; filename="evidence-{sha256[:8]}"'},
    )


async def _ask_page(
    enterprise_id: int, column: str, knowledge: Knowledge, catalogue: Catalogue
) -> AskPage:
    who = await _who(enterprise_id)
    try:
        shown = await shown_now(enterprise_id, column, knowledge, catalogue.vocabulary)
    except CorrectionRefused as wrong:
        raise NothingHere(f"{wrong}。") from wrong
    return tell_ask(who, column, shown, catalogue, knowledge.as_of)


async def _choose_page(
    enterprise_id: int, knowledge: Knowledge, catalogue: Catalogue
) -> ChoosePage:
    who = await _who(enterprise_id)
    profile = await load_profile(who.enterprise_id, knowledge, catalogue.vocabulary)
    return tell_choose(who, tuple(profile.values), catalogue.vocabulary)


async def _who(enterprise_id: int) -> Named:
    who = await registered_as(enterprise_asked(enterprise_id))
    if who is None:
        raise NothingHere("没有这个编号的企业。请用名称或统一社会信用代码查找。")
    return Named(who.enterprise_id, who.name)


async def _page(number: int, knowledge: Knowledge, catalogue: Catalogue) -> CorrectionPage:
    shown = await _shown(number, knowledge, catalogue)
    names = await _names((shown,))
    changes = (
        await effect_of(shown.request, knowledge, catalogue) if shown.state == "open" else None
    )
    return tell_correction(shown, names, changes, catalogue.vocabulary, knowledge.as_of)


async def _shown(number: int, knowledge: Knowledge, catalogue: Catalogue) -> Shown:
    if not 0 < number <= LARGEST_ID:
        raise NothingHere(NO_REQUEST)
    shown = await show_correction(number, knowledge, catalogue.vocabulary)
    if shown is None:
        raise NothingHere(NO_REQUEST)
    return shown


async def _names(shown: tuple[Shown, ...]) -> dict[int, str]:
    numbers = {one.request.enterprise_id for one in shown}
    found = [await registered_as(number) for number in sorted(numbers)]
    return {one.enterprise_id: one.name for one in found if one is not None}


def _entry(data: AskForm) -> EntryWish:
    if data.on not in {"yes", "no"}:
        raise CorrectionRefused("请选择应不应在名录上")
    if data.on == "no":
        return EntryWish(on=False)
    return EntryWish(
        on=True,
        level=data.level.strip() or None,
        document=data.document.strip() or None,
        from_on=day_asked("起始日", data.from_on),
        until_on=day_asked("截止日", data.until_on),
    )


def _written(data: AskForm) -> dict[str, str]:
    """Give back what was written, but for the files: a browser keeps those to itself."""
    return {name: getattr(data, name) for name in AskForm.__struct_fields__ if name != "files"}
