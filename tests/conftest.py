"""What every test may ask for: an empty migrated database of either kind, and its address."""

import asyncio
import shutil
import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg  # type: ignore[import-untyped]  # ships no types
import pytest

from matching.storage.database import Database, make_engine, use_engine
from matching.storage.migrate import migrate
from tests.databases import postgres_server


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Asynchronous tests run on asyncio, the only loop the database drivers know."""
    return "asyncio"


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file, to be copied."""
    path = tmp_path_factory.mktemp("sqlite") / "template.sqlite"
    asyncio.run(_migrated(f"sqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL server; each worker of xdist has its own."""
    with postgres_server() as url:
        yield url


@pytest.fixture(scope="session")
def postgres_template(postgres_url: str) -> Iterator[str]:
    """The name of a migrated PostgreSQL database, to be copied."""
    name = f"template_{uuid.uuid4().hex}"
    asyncio.run(_execute(postgres_url, f"CREATE DATABASE {name}"))
    asyncio.run(_migrated(_database(postgres_url, name)))
    yield name
    asyncio.run(_execute(postgres_url, f"DROP DATABASE {name}"))


@pytest.fixture(params=["sqlite", "postgresql"])
def database_kind(request: pytest.FixtureRequest) -> str:
    """Which database; a test that asks for one runs on both."""
    return str(request.param)


@pytest.fixture
def database_url(
    database_kind: str, request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[str]:
    """The address of an empty migrated database, for REGISTRY_DATABASE_URL or make_engine."""
    if database_kind == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "test.sqlite")
        yield f"sqlite:///{tmp_path / 'test.sqlite'}"
        return
    template = request.getfixturevalue("postgres_template")
    yield from _postgres_database(request.getfixturevalue("postgres_url"), f"TEMPLATE {template}")


@pytest.fixture
def blank_database_url(
    database_kind: str, request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[str]:
    """The address of a database without any table."""
    if database_kind == "sqlite":
        yield f"sqlite:///{tmp_path / 'blank.sqlite'}"
        return
    yield from _postgres_database(request.getfixturevalue("postgres_url"), "")


@pytest.fixture
async def db(database_url: str, anyio_backend: str) -> AsyncIterator[Database]:  # noqa: ARG001  # its loop
    """The engine of an empty migrated database; every table uses it until the test ends."""
    engine = make_engine(database_url)
    use_engine(engine)
    yield engine
    await engine.close()


def _postgres_database(server: str, options: str) -> Iterator[str]:
    name = f"test_{uuid.uuid4().hex}"
    asyncio.run(_execute(server, f"CREATE DATABASE {name} {options}"))
    yield _database(server, name)
    asyncio.run(_execute(server, f"DROP DATABASE {name} WITH (FORCE)"))


def _database(server: str, name: str) -> str:
    return f"{server.rpartition('/')[0]}/{name}"


async def _execute(url: str, statement: str) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute(statement)
    await connection.close()


async def _migrated(url: str) -> None:
    engine = make_engine(url)
    await migrate(engine)
    await engine.close()
