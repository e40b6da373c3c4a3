"""What every command opens: settings, rules, the database; and how it says what went wrong."""

import asyncio
import sqlite3
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from typing import Any, TypeVar

import asyncpg  # type: ignore[import-untyped]  # ships no types
import click

from matching.catalogue.load_catalogue import Catalogue, shipped_catalogue
from matching.engine.groups import GroupingRefused
from matching.language.problems import LanguageError
from matching.runs.freeze import FrozenMissing
from matching.runs.run_month import BadPeriod
from matching.storage.database import engine, make_engine
from matching.storage.errors import StorageError
from matching.storage.migrate import migrate
from registry.actions.assess_tiers import NoStandard
from registry.actions.export_layout import ExportRefused
from registry.actions.import_sheets import PreviewOutdated
from registry.actions.publish_lists import ListsRefused
from registry.actions.refused_rows import NothingRefused
from registry.actions.relate import RelationRefused
from registry.actions.review_queue import NoSuchCase
from registry.actions.show_imports import NoSuchImport
from registry.actions.undo_import import UndoRefused
from registry.audit.kept_heads import KeptHeadsUnreadable
from registry.cases.errors import CaseProblem
from registry.corrections.types import CorrectionRefused
from registry.funds.errors import FundProblem
from registry.identity.decide import IdentityRefused
from registry.imports.errors import ImportProblem
from registry.people.types import PeopleRefused
from registry.pool.errors import PoolProblem
from registry.pool.propose import NotDeclared
from registry.profiles.table_files import ProfilesRefused
from registry.secret_file import SecretUnusable
from registry.settings import Settings, SettingsError, settings

T = TypeVar("T")

UNREACHABLE = (OSError, sqlite3.Error, asyncpg.PostgresError, asyncpg.InterfaceError)
EXPECTED = (
    BadPeriod,
    CaseProblem,
    CorrectionRefused,
    ExportRefused,
    FrozenMissing,
    FundProblem,
    GroupingRefused,
    IdentityRefused,
    KeptHeadsUnreadable,
    LanguageError,
    ListsRefused,
    NotDeclared,
    PeopleRefused,
    PoolProblem,
    NoStandard,
    NoSuchCase,
    NoSuchImport,
    NothingRefused,
    PreviewOutdated,
    ProfilesRefused,
    RelationRefused,
    SecretUnusable,
    SettingsError,
    ImportProblem,
    StorageError,
    UndoRefused,
)


def now() -> datetime:
    """Read the clock: the edge of the program."""
    return datetime.now(UTC)


def with_database(work: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Run some work on the migrated database of the settings."""

    async def opened() -> T:
        try:
            await migrate(make_engine(the_settings().database_url))
        except UNREACHABLE as closed:
            raise click.ClickException(
                f"打不开数据库（{closed or type(closed).__name__}）；"
                "请核对 REGISTRY_DATABASE_URL，并确认数据库已启动、目录可写"
            ) from None
        try:
            return await work()
        finally:
            await engine().close()

    return said_plainly(lambda: asyncio.run(opened()))


def said_plainly(work: Callable[[], T]) -> T:
    """Do some work; an expected failure is a message and exit code 1, never a traceback."""
    try:
        return work()
    except EXPECTED as expected:
        raise click.ClickException(str(expected)) from None


def rules() -> Catalogue:
    """Load the shipped catalogue; its problems are told all at once."""
    return said_plainly(shipped_catalogue)


def the_settings() -> Settings:
    """Read the settings; everything wrong with them is told at once."""
    return said_plainly(settings)
