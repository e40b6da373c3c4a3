"""Routes of the review queue. They show enterprises, so only in the demonstration until sign-in is there."""

from datetime import date, datetime
from typing import Annotated
from urllib.parse import urlencode

import msgspec
import polars as pl
from litestar import get, post
from litestar.di import NamedDependency
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath, FromQuery
from litestar.response import Redirect, Template

from matching.catalogue.load_catalogue import Catalogue
from registry.actions.judge_identity import Choice, Deciding, judge
from registry.actions.review_queue import SITUATIONS, NoSuchCase, review_queue, show_case
from registry.enterprises.store import enterprises_by_code
from registry.identity.decide import IdentityRefused
from registry.portal.asked import LARGEST_ID, page_asked
from registry.portal.errors import NothingHere, NotUnderstood
from registry.portal.review_page import (
    PAGE_SIZE,
    Beyond,
    CasePage,
    Written,
    tell_case,
    tell_review,
)

LONGEST_REASON = 500
LONGEST_BY = 100
_PLAIN: dict[str, Choice] = {"create": "create", "aside": "apart", "take_back": "take_back"}


class DecideForm(msgspec.Struct, kw_only=True):
    """What the form of a decision sends; choice is "same:NUMBER", other, create, aside or take_back."""

    choice: str = ""
    whom: str = ""
    code: str = ""
    alike: str = ""
    reason: str = ""
    by: str = ""


Sent = Annotated[DecideForm, Body(media_type=RequestEncodingType.URL_ENCODED)]


@get("/review", permission="demo")
async def show_review(
    catalogue: NamedDependency[Catalogue],
    situation: FromQuery[str | None] = None,
    page: FromQuery[str | None] = None,
) -> Template:
    """Show what waits, identical cases in one line."""
    wanted = situation or None
    if wanted is not None and wanted not in SITUATIONS:
        raise NotUnderstood(f"地址里的 situation 应是 {'、'.join(SITUATIONS)} 之一。")
    number = page_asked(page)
    queue = await review_queue(wanted, number, PAGE_SIZE)
    return tell_review(queue, wanted, number, catalogue.vocabulary).render()


@get("/review/{subject:int}", permission="demo")
async def show_review_case(
    subject: FromPath[int],
    catalogue: NamedDependency[Catalogue],
    last: FromQuery[int | None] = None,
) -> Template:
    """Show one case."""
    return (await _case(subject, catalogue, Beyond(last=last))).render()


@post("/review/{subject:int}", permission="demo", status_code=200)
async def decide_review_case(
    subject: FromPath[int],
    data: Sent,
    catalogue: NamedDependency[Catalogue],
    now: NamedDependency[datetime],
    today: NamedDependency[date],
) -> Template | Redirect:
    """Decide a case and go on with the next one; where that cannot be, show it again with the reason."""
    before = await _case(subject, catalogue)
    try:
        asked = await _deciding(subject, data, now)
        await judge(asked, today, catalogue)
    except IdentityRefused as refused:
        written = Written(whom=data.whom, code=data.code, reason=data.reason, by=data.by)
        page = await _case(subject, catalogue, Beyond(problem=str(refused), written=written))
        return page.render(409)
    if data.choice == "take_back":
        return Redirect(f"/review/{subject}", status_code=303)
    onward = f"/review/{before.next_id}" if before.next_id else f"/review/{subject}"
    return Redirect(f"{onward}?{urlencode({'last': subject})}", status_code=303)


async def _case(subject: int, catalogue: Catalogue, beyond: Beyond | None = None) -> CasePage:
    if not -LARGEST_ID <= subject < 0:
        raise NothingHere("没有这个编号的待认定记录。")
    try:
        case = await show_case(subject)
    except NoSuchCase:
        raise NothingHere("没有这个编号的待认定记录。") from None
    return tell_case(case, catalogue.vocabulary, beyond or Beyond())


async def _deciding(subject: int, data: DecideForm, now: datetime) -> Deciding:
    whom: int | None = None
    kind, _, number = data.choice.partition(":")
    if kind == "same" and number.isdecimal() and int(number) <= LARGEST_ID:
        choice: Choice = "same"
        whom = int(number)
    elif kind == "other":
        choice, whom = "same", await _meant(data.whom)
    elif kind in _PLAIN:
        choice = _PLAIN[kind]
    else:
        raise IdentityRefused("没有选择它是哪一家")
    return Deciding(
        subject_id=subject,
        choice=choice,
        enterprise_id=whom,
        uscc=data.code or None,
        all_alike=bool(data.alike),
        by=data.by.strip()[:LONGEST_BY],
        reason=data.reason.strip()[:LONGEST_REASON],
        now=now,
    )


async def _meant(text: str) -> int:
    said = text.strip().upper()
    if said.isdecimal() and len(said) < len(str(LARGEST_ID)) - 1:
        return int(said)
    found = await enterprises_by_code(pl.Series([said]))
    if found.is_empty():
        raise IdentityRefused(f"没有代码为“{said}”的企业；核对18位代码，或写企业编号")
    return int(found["enterprise_id"][0])
