"""Routes of the search: the page, the suggestions while somebody types, and the API."""

from datetime import date, datetime

from litestar import get
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromQuery
from litestar.response import Redirect, Template

from matching.catalogue.load_catalogue import Catalogue
from registry.actions.search_enterprises import Asked, cleaned, search_enterprises
from registry.lookup.kept import KeptIndex
from registry.portal.search_page import (
    ApiAnswer,
    Suggestion,
    tell_answer,
    tell_search,
    tell_suggestions,
)

SUGGESTED = 8
MOST_GIVEN = 50


async def looking(now: NamedDependency[datetime], today: NamedDependency[date]) -> Asked:
    """Give when somebody looks."""
    return Asked(now=now, today=today)


@get("/search", permission="public")
async def search(
    catalogue: NamedDependency[Catalogue],
    kept: NamedDependency[KeptIndex],
    looked: NamedDependency[Asked],
    state: State,
    q: FromQuery[str] = "",
) -> Template | Redirect:
    """Show what was found; a whole code leads straight to its enterprise."""
    query = cleaned(q)
    found = await search_enterprises(query, kept, looked)
    if found.exact is not None and state["demo"]:
        return Redirect(f"/enterprises/{found.exact}", status_code=303)
    return tell_search(query, found, catalogue.vocabulary).render()


@get("/search/suggestions", permission="public")
async def suggest(
    catalogue: NamedDependency[Catalogue],
    kept: NamedDependency[KeptIndex],
    looked: NamedDependency[Asked],
    state: State,
    q: FromQuery[str] = "",
) -> tuple[Suggestion, ...]:
    """Give the few likeliest enterprises for what stands in the box so far."""
    asked = Asked(now=looked.now, today=looked.today, limit=SUGGESTED)
    found = await search_enterprises(q, kept, asked)
    return tell_suggestions(found, catalogue.vocabulary, demo=state["demo"])


@get("/api/enterprises", permission="public")
async def find_enterprises(
    catalogue: NamedDependency[Catalogue],
    kept: NamedDependency[KeptIndex],
    looked: NamedDependency[Asked],
    q: FromQuery[str] = "",
    limit: FromQuery[int] = 10,
) -> ApiAnswer:
    """Find enterprises for a program: ranked, each with score, what matched and why."""
    most = min(max(limit, 1), MOST_GIVEN)
    asked = Asked(now=looked.now, today=looked.today, limit=most)
    query = cleaned(q)
    return tell_answer(query, await search_enterprises(query, kept, asked), catalogue.vocabulary)
