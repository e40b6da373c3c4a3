"""Routes of the home page and the search."""

from litestar import get
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromQuery
from litestar.response import Redirect, Template

from matching.catalogue.load_catalogue import Catalogue
from registry.actions.search_enterprises import cleaned, search_enterprises
from registry.actions.show_run import most_entitled, show_latest_run
from registry.portal.home_page import HomePage, Sample, headline, tell_search

SAMPLES = 6


@get("/", permission="public")
async def show_home(catalogue: NamedDependency[Catalogue], state: State) -> Template:
    """Show what this is, the search box and the latest run's headline."""
    shown = await show_latest_run()
    samples = await most_entitled(shown.run.id, SAMPLES) if shown and state["demo"] else ()
    return HomePage(
        items=len(catalogue.items),
        latest=headline(shown) if shown else None,
        samples=tuple(Sample(*sample) for sample in samples),
    ).render()


@get("/search", permission="public")
async def search(
    catalogue: NamedDependency[Catalogue], state: State, q: FromQuery[str] = ""
) -> Template | Redirect:
    """Show what was found; a whole code leads straight to its enterprise."""
    query = cleaned(q)
    found = await search_enterprises(query)
    if found.exact is not None and state["demo"]:
        return Redirect(f"/enterprises/{found.exact}", status_code=303)
    return tell_search(query, found, catalogue.vocabulary).render()
