"""The one place that wires the web: routes, dependencies, clock, schedule, headers, errors."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from datetime import UTC, date, datetime

from litestar import Litestar
from litestar.config.compression import CompressionConfig
from litestar.datastructures import CacheControlHeader, State
from litestar.di import Provide
from litestar.plugins.jinja import JinjaTemplateEngine
from litestar.static_files import create_static_files_router
from litestar.template.config import TemplateConfig

from matching.catalogue.load_catalogue import Catalogue, shipped_catalogue
from matching.storage.database import make_engine
from matching.storage.migrate import migrate
from registry.lookup.kept import KeptIndex, NotReady
from registry.portal.correction_routes import (
    at_present,
    decide_one,
    give_evidence,
    list_corrections,
    show_ask,
    show_one,
    take_ask,
)
from registry.portal.draw import STATIC, drawing
from registry.portal.enterprise_routes import (
    asked_dates,
    show_enterprise,
    show_enterprise_item,
    show_enterprise_ladder,
)
from registry.portal.error_page import show_error
from registry.portal.forms import guarded_forms
from registry.portal.header_routes import decide_headers_of_sheet
from registry.portal.home_routes import show_home
from registry.portal.import_routes import (
    Desk,
    download_refused,
    hand_in_sheet,
    list_all_imports,
    show_new_import,
    show_one_import,
    show_preview,
    show_undo,
    take_back_import,
    take_in_sheet,
)
from registry.portal.item_routes import (
    download_json,
    download_workbook,
    list_items,
    show_item,
)
from registry.portal.layout_routes import (
    change_layout,
    confirm_headers,
    download_template,
    list_layouts,
    show_layout,
    show_new_layout,
    take_layout,
    take_new_layout,
    write_layout_text,
)
from registry.portal.permission import permitted
from registry.portal.pool_routes import show_pools
from registry.portal.registration_routes import show_enterprise_registrations, split_enterprise
from registry.portal.review_routes import decide_review_case, show_review, show_review_case
from registry.portal.run_routes import list_changes, list_runs, show_run_page
from registry.portal.search_routes import find_enterprises, looking, search, suggest
from registry.portal.security_headers import add_security_headers
from registry.schedule import Schedule
from registry.settings import Settings, settings

YEAR_SECONDS = 365 * 24 * 3600
FORM_BYTES = 1024 * 1024
"""What a form may hold beside the file it brings."""

PAGES = (
    show_home,
    show_enterprise_registrations,
    split_enterprise,
    show_review,
    show_review_case,
    decide_review_case,
    search,
    suggest,
    find_enterprises,
    show_enterprise,
    show_enterprise_item,
    show_enterprise_ladder,
    show_ask,
    take_ask,
    list_corrections,
    show_one,
    decide_one,
    give_evidence,
    list_runs,
    show_run_page,
    list_changes,
    show_pools,
    list_layouts,
    show_new_layout,
    take_new_layout,
    write_layout_text,
    take_layout,
    show_layout,
    change_layout,
    confirm_headers,
    download_template,
    list_items,
    download_workbook,
    download_json,
    show_item,
    list_all_imports,
    show_new_import,
    hand_in_sheet,
    show_preview,
    take_in_sheet,
    decide_headers_of_sheet,
    show_one_import,
    download_refused,
    show_undo,
    take_back_import,
)

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Read the clock: the edge of the program."""
    return datetime.now(UTC)


def create_app(
    given: Settings | None = None,
    *,
    catalogue: Catalogue | None = None,
    clock: Clock = utc_now,
    scheduled: bool = True,
) -> Litestar:
    """Make the service.

    given      the settings; those of the environment where none are given.
    catalogue  the rules; the shipped ones where none are given.
    scheduled  whether months are run and notices delivered by this process.

    Raises SecretUnusable where the key of the forms, in the data folder, cannot be used.
    """
    chosen = given or settings()
    rules = catalogue or shipped_catalogue()
    static = create_static_files_router(
        "/static",
        directories=[STATIC],
        opt={"permission": "public"},
        cache_control=CacheControlHeader(public=True, max_age=YEAR_SECONDS, immutable=True),
    )
    kept = KeptIndex(chosen.data_dir / "lookup")
    pages = drawing(demo=chosen.demo, timezone=chosen.timezone)
    return Litestar(
        route_handlers=[*PAGES, static],
        dependencies={
            **_dependencies(chosen, rules, clock, kept),
            "looked": Provide(looking),
        },
        request_max_body_size=chosen.largest_upload + FORM_BYTES,
        guards=[permitted],
        state=State({"demo": chosen.demo, "data_dir": chosen.data_dir}),
        lifespan=[
            _life(chosen, rules, clock, scheduled=scheduled),
            _names_at_hand(kept, clock),
        ],
        template_config=TemplateConfig(instance=JinjaTemplateEngine.from_environment(pages)),
        exception_handlers={Exception: show_error},
        before_send=[add_security_headers],
        csrf_config=guarded_forms(chosen.data_dir, demo=chosen.demo),
        compression_config=CompressionConfig(backend="gzip", minimum_size=1000),
        openapi_config=None,
        logging_config=None,  # whoever starts the process says what is logged where
    )


def _dependencies(
    chosen: Settings, catalogue: Catalogue, clock: Clock, kept: KeptIndex
) -> dict[str, Provide]:
    timezone = chosen.timezone
    desk = Desk(chosen.data_dir, chosen.largest_upload, kept)

    def now() -> datetime:
        return clock()

    def today() -> date:
        return clock().astimezone(timezone).date()

    return {
        "now": Provide(now, sync_to_thread=False),
        "today": Provide(today, sync_to_thread=False),
        "timezone": Provide(lambda: timezone, sync_to_thread=False),
        "catalogue": Provide(lambda: catalogue, sync_to_thread=False),
        "asked": Provide(asked_dates),
        "current": Provide(at_present),
        "kept": Provide(lambda: kept, sync_to_thread=False),
        "desk": Provide(lambda: desk, sync_to_thread=False),
    }


def _life(
    chosen: Settings, catalogue: Catalogue, clock: Clock, *, scheduled: bool
) -> Callable[[Litestar], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def life(_: Litestar) -> AsyncIterator[None]:
        database = make_engine(chosen.database_url)
        await migrate(database)
        schedule = Schedule(chosen, catalogue, clock) if scheduled and chosen.clock else None
        if schedule:
            schedule.start()
        try:
            yield
        finally:
            if schedule:
                await schedule.stop()
            await database.close()

    return life


def _names_at_hand(
    kept: KeptIndex, clock: Clock
) -> Callable[[Litestar], AbstractAsyncContextManager[None]]:
    """Open the index of names before the first search, and finish one that is being made."""

    @asynccontextmanager
    async def at_hand(_: Litestar) -> AsyncIterator[None]:
        with suppress(NotReady):  # it is being made: the search says so
            await kept.indexes(clock())
        try:
            yield
        finally:
            await kept.close()

    return at_hand
