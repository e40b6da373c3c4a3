"""Routes of an enterprise's pages: private figures, so only in the demonstration until sign-in is there."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import msgspec
from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Template

from matching.catalogue.load_catalogue import Catalogue
from registry.actions.look_up_enterprise import LookedUp, look_up_enterprise
from registry.actions.look_up_ladder import look_up_ladder
from registry.actions.show_registrations import whom_it_is_now
from registry.actions.show_run import latest_run
from registry.portal.asked import day_asked, end_of_day, enterprise_asked
from registry.portal.enterprise_head import Dates
from registry.portal.enterprise_page import tell_enterprise, tell_enterprise_item
from registry.portal.errors import NothingHere
from registry.portal.ladder_page import tell_ladder_page
from registry.portal.page import Day
from registry.profiles.knowledge import Knowledge

Asked = tuple[Dates, Knowledge]
NOBODY = "没有这个编号的企业。请用名称或统一社会信用代码查找。"


async def asked_dates(
    today: NamedDependency[date],
    now: NamedDependency[datetime],
    timezone: NamedDependency[ZoneInfo],
    on: FromQuery[str | None] = None,
    known: FromQuery[str | None] = None,
) -> Asked:
    """Read the two time axes of the address; the day is that of the latest run where none is given."""
    day, known_on = day_asked("on", on), day_asked("known", known)
    run = await latest_run() if day is None else None
    asked = Day(run.as_of, of_run=True) if run else Day(day or today, of_run=False)
    dates = Dates(day=asked, known_on=known_on, today=today)
    return dates, Knowledge(asked.on, end_of_day(known_on, timezone) if known_on else now)


@get("/enterprises/{enterprise_id:int}", permission="demo")
async def show_enterprise(
    enterprise_id: FromPath[int],
    catalogue: NamedDependency[Catalogue],
    asked: NamedDependency[Asked],
    merged: FromQuery[int | None] = None,
) -> Template | Redirect:
    """Show everything known and decided of one enterprise; one merged away leads to the one it is now."""
    dates, knowledge = asked
    elsewhere = await _elsewhere(enterprise_id, knowledge, f"?merged={enterprise_id}")
    if elsewhere is not None:
        return elsewhere
    found = await _found(enterprise_id, knowledge, catalogue)
    page = tell_enterprise(found, catalogue, dates)
    if merged is not None and await whom_it_is_now(merged, knowledge.known_at) == enterprise_id:
        page = msgspec.structs.replace(page, merged_from=merged)
    return page.render()


@get("/enterprises/{enterprise_id:int}/ladder", permission="demo")
async def show_enterprise_ladder(
    enterprise_id: FromPath[int],
    catalogue: NamedDependency[Catalogue],
    asked: NamedDependency[Asked],
) -> Template | Redirect:
    """Show every title for one enterprise with every criterion."""
    dates, knowledge = asked
    elsewhere = await _elsewhere(enterprise_id, knowledge, "/ladder")
    if elsewhere is not None:
        return elsewhere
    found = await look_up_ladder(enterprise_asked(enterprise_id), knowledge, catalogue)
    if found is None:
        raise NothingHere(NOBODY)
    page = tell_ladder_page(found, catalogue, dates)
    if page is None:
        raise NothingHere("政策库里还没有称号标准（tiers.yml）。")
    return page.render()


@get("/enterprises/{enterprise_id:int}/items/{item_id:str}", permission="demo")
async def show_enterprise_item(
    enterprise_id: FromPath[int],
    item_id: FromPath[str],
    catalogue: NamedDependency[Catalogue],
    asked: NamedDependency[Asked],
) -> Template | Redirect:
    """Show one item for one enterprise with every condition."""
    dates, knowledge = asked
    elsewhere = await _elsewhere(enterprise_id, knowledge, f"/items/{item_id}")
    if elsewhere is not None:
        return elsewhere
    found = await _found(enterprise_id, knowledge, catalogue, item_id)
    page = tell_enterprise_item(found, item_id, catalogue, dates)
    if page is None:
        raise NothingHere("判定日没有这个编号的事项：可能已到期、尚未开始，或编号写错了。")
    return page.render()


async def _elsewhere(enterprise_id: int, knowledge: Knowledge, behind: str) -> Redirect | None:
    """Lead on to whom an enterprise is now, as known at that moment; None: it stands for itself."""
    whom = await whom_it_is_now(enterprise_asked(enterprise_id), knowledge.known_at)
    return None if whom is None else Redirect(f"/enterprises/{whom}{behind}", status_code=303)


async def _found(
    enterprise_id: int, knowledge: Knowledge, catalogue: Catalogue, only: str | None = None
) -> LookedUp:
    asked = enterprise_asked(enterprise_id)
    found = await look_up_enterprise(asked, knowledge, catalogue, only)
    if found is None:
        raise NothingHere(NOBODY)
    return found
