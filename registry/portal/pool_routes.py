"""The route of the pools. Names stand on it, so it is private."""

from litestar import get
from litestar.di import NamedDependency
from litestar.response import Template

from matching.catalogue.load_catalogue import Catalogue
from registry.actions.show_pool import count_pools, list_due, load_pool_day
from registry.pool.declared import shipped_pools
from registry.portal.enterprise_routes import Asked
from registry.portal.pool_page import tell_pool


@get("/pool", permission="demo")
async def show_pools(
    catalogue: NamedDependency[Catalogue], asked: NamedDependency[Asked]
) -> Template:
    """Show the pools on a day, as known at a moment."""
    _, knowledge = asked
    pools, words = shipped_pools(), catalogue.vocabulary
    day = await load_pool_day(knowledge, pools, words)
    warn = pools.clocks.warn_days
    found = list_due(day, warn[-1], pools, words)
    return tell_pool(count_pools(day, pools, words), found, knowledge.known_at, warn).render()
