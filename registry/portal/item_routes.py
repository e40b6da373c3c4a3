"""Routes of policy items: public, generated from the rules."""

from datetime import date

from litestar import MediaType, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template

from matching.catalogue.load_catalogue import Catalogue
from matching.catalogue.public_lists import public_lists
from registry.actions.publish_lists import lists_json, lists_workbook
from registry.actions.show_run import Shown, show_latest_run
from registry.portal.errors import NothingHere
from registry.portal.item_page import tell_item, tell_items
from registry.portal.page import Day

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@get("/items", permission="public")
async def list_items(
    catalogue: NamedDependency[Catalogue], today: NamedDependency[date]
) -> Template:
    """Show every item by area."""
    latest = await show_latest_run()
    return tell_items(catalogue, _day(latest, today), latest).render()


@get("/items/{item_id:str}", permission="public")
async def show_item(
    item_id: FromPath[str],
    catalogue: NamedDependency[Catalogue],
    today: NamedDependency[date],
) -> Template:
    """Show one item in plain words."""
    item = catalogue.item(item_id)
    if item is None:
        raise NothingHere("政策库里没有这个编号的事项：可能已撤下，或编号写错了。")
    latest = await show_latest_run()
    return tell_item(item, catalogue, _day(latest, today), latest).render()


@get("/items/lists.xlsx", permission="public", sync_to_thread=True)
def download_workbook(
    catalogue: NamedDependency[Catalogue], today: NamedDependency[date]
) -> Response[bytes]:
    """Give the policy list and the guide list as a workbook."""
    content = lists_workbook(public_lists(catalogue, today))
    return Response(content, media_type=WORKBOOK, headers=_named("xlsx", today))


@get("/items/lists.json", permission="public", sync_to_thread=True)
def download_json(
    catalogue: NamedDependency[Catalogue], today: NamedDependency[date]
) -> Response[bytes]:
    """Give the policy list and the guide list as JSON."""
    content = lists_json(public_lists(catalogue, today))
    return Response(content, media_type=MediaType.JSON, headers=_named("json", today))


def _named(kind: str, day: date) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="policy-lists-{day}.{kind}"'}


def _day(latest: Shown | None, today: date) -> Day:
    return Day(latest.run.as_of, of_run=True) if latest else Day(today, of_run=False)
