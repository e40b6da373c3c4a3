"""The route by which headers of a sheet are decided on before it is taken in."""

from datetime import datetime

from litestar import Request, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect, Template

from matching.catalogue.load_catalogue import Catalogue
from registry.actions.ask_headers import Choosing
from registry.actions.upload_sheet import NoSuchUpload, decide_headers, looked_at
from registry.imports.errors import LayoutError
from registry.portal.errors import NothingHere, NotUnderstood
from registry.portal.import_routes import Desk
from registry.portal.preview_page import Wanted, tell_preview

_FIELD = "meaning-"


@post("/imports/new/{sha256:str}/headers", permission="demo", status_code=200)
async def decide_headers_of_sheet(
    sha256: FromPath[str],
    request: Request[None, None, State],
    desk: NamedDependency[Desk],
    catalogue: NamedDependency[Catalogue],
    now: NamedDependency[datetime],
) -> Template | Redirect:
    """Decide what headers mean, or take that back, and show the preview made anew."""
    form = await request.form()
    wish = form.get("wish")
    if wish not in {"decide", "clear"}:
        raise NotUnderstood("没有写明要做什么，请从预览的页面重新提交。")
    meanings = {
        name.removeprefix(_FIELD): str(said)
        for name, said in form.items()
        if name.startswith(_FIELD)
    }
    choosing = Choosing(meanings=meanings, by=str(form.get("by", "")))
    told = desk.told(catalogue, now)
    try:
        await decide_headers(sha256, choosing if wish == "decide" else None, told, desk.uploads)
    except NoSuchUpload as gone:
        raise NothingHere(str(gone)) from None
    except LayoutError as wrong:
        looked = await looked_at(sha256, desk.uploads)
        problem = "".join(f"{one.what}。{one.way_out}。" for one in wrong.problems)
        page = tell_preview(looked, Wanted(None, 1), catalogue.vocabulary, problem)
        return page.render(422)
    return Redirect(f"/imports/new/{sha256}", status_code=303)
