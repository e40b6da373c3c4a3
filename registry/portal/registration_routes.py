"""Routes of an enterprise's registrations: which they are, and splitting what was merged wrongly."""

from typing import Annotated

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath
from litestar.response import Redirect, Template

from matching.catalogue.load_catalogue import Catalogue
from registry.actions.judge_identity import Deciding, judge
from registry.actions.show_registrations import show_registrations, whom_it_is_now
from registry.identity.decide import IdentityRefused
from registry.portal.asked import LARGEST_ID, enterprise_asked
from registry.portal.errors import NothingHere
from registry.portal.registrations_page import RegistrationsPage, tell_registrations
from registry.profiles.knowledge import Knowledge

NOBODY = "没有这个编号的企业。请用名称或统一社会信用代码查找。"


class SplitForm(msgspec.Struct, kw_only=True):
    """Which registration is not this enterprise after all."""

    subject: str = ""
    reason: str = ""
    by: str = ""


@get("/enterprises/{enterprise_id:int}/registrations", permission="demo")
async def show_enterprise_registrations(
    enterprise_id: FromPath[int],
    catalogue: NamedDependency[Catalogue],
    current: NamedDependency[Knowledge],
) -> Template | Redirect:
    """Show which registrations an enterprise is made of."""
    whom = await whom_it_is_now(enterprise_asked(enterprise_id), current.known_at)
    if whom is not None:
        return Redirect(f"/enterprises/{whom}/registrations", status_code=303)
    return (await _page(enterprise_id, catalogue, current)).render()


@post("/enterprises/{enterprise_id:int}/split", permission="demo", status_code=200)
async def split_enterprise(
    enterprise_id: FromPath[int],
    data: Annotated[SplitForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
    catalogue: NamedDependency[Catalogue],
    current: NamedDependency[Knowledge],
) -> Template | Redirect:
    """Let a registration that was merged into this one stand for itself again."""
    number = int(data.subject) if data.subject.isdecimal() else 0
    merged = await whom_it_is_now(enterprise_asked(min(number, LARGEST_ID)), current.known_at)
    try:
        if merged != enterprise_id:
            raise IdentityRefused("它现在不是并入本企业的登记，没有拆开")
        asked = Deciding(
            subject_id=number,
            choice="apart",
            by=data.by[:100],
            reason=data.reason[:500],
            now=current.known_at,
        )
        await judge(asked, current.as_of, catalogue)
    except IdentityRefused as refused:
        return (await _page(enterprise_id, catalogue, current, str(refused))).render(409)
    return Redirect(f"/enterprises/{number}", status_code=303)


async def _page(
    enterprise_id: int, catalogue: Catalogue, current: Knowledge, problem: str = ""
) -> RegistrationsPage:
    found = await show_registrations(enterprise_asked(enterprise_id), current)
    if found is None:
        raise NothingHere(NOBODY)
    return tell_registrations(found, catalogue.vocabulary, problem)
