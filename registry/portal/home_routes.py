"""Route of the home page."""

from litestar import get
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.response import Template

from matching.catalogue.load_catalogue import Catalogue
from registry.actions.show_run import most_entitled, show_latest_run
from registry.portal.home_page import HomePage, Sample, headline

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
