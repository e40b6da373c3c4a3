"""Routes of runs. Totals are for everybody; who changed how is private."""

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Template

from matching.catalogue.load_catalogue import Catalogue
from matching.runs.types import CHANGE_WORDS, ChangeKind
from registry.actions.show_run import show_changes, show_run, show_runs
from registry.portal.asked import page_asked, period_asked
from registry.portal.changes_page import tell_changes
from registry.portal.errors import NothingHere, NotUnderstood
from registry.portal.run_page import tell_run, tell_runs

NO_SUCH_RUN = "没有这一期的匹配结果：还没有运行，或正在运行。"


@get("/runs", permission="public")
async def list_runs() -> Template:
    """Show every month decided."""
    return tell_runs(await show_runs()).render()


@get("/runs/{period:str}", permission="public")
async def show_run_page(period: FromPath[str], catalogue: NamedDependency[Catalogue]) -> Template:
    """Show one month: totals, items, changes by cause, notices, receipt."""
    shown = await show_run(period_asked(period))
    if shown is None:
        raise NothingHere(NO_SUCH_RUN)
    return tell_run(shown, catalogue).render()


@get("/runs/{period:str}/changes", permission="demo")
async def list_changes(
    period: FromPath[str],
    catalogue: NamedDependency[Catalogue],
    kind: FromQuery[str | None] = None,
    page: FromQuery[str | None] = None,
) -> Template:
    """Show who changed how, and why; filtered by kind."""
    wanted, number = _kind(kind), page_asked(page)
    shown = await show_changes(period_asked(period), wanted, number)
    if shown is None:
        raise NothingHere(NO_SUCH_RUN)
    return tell_changes(shown, wanted, number, catalogue).render()


def _kind(text: str | None) -> ChangeKind | None:
    if text is None or not text.strip():
        return None
    for kind in CHANGE_WORDS:
        if kind == text:
            return kind
    raise NotUnderstood(f"地址里的 kind 应是 {'、'.join(CHANGE_WORDS)} 之一。")
