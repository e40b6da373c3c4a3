"""The small city, founded once for all tests of a file, and clients of its pages."""

import asyncio
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from matching.storage.database import make_engine, use_engine
from registry.app import create_app
from tests.registry.portal.small_city import NOW, city_settings, found_city


@pytest.fixture(scope="module")
def city(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the city; its database is that of the process."""
    folder = tmp_path_factory.mktemp("city")
    shutil.copy(sqlite_template, folder / "city.sqlite")
    engine = make_engine(f"sqlite:///{folder / 'city.sqlite'}")
    use_engine(engine)

    async def founded() -> None:
        await found_city(folder)
        await engine.close()

    asyncio.run(founded())
    return folder


@pytest.fixture(scope="module")
def client(city: Path) -> Iterator[TestClient[Litestar]]:
    """A visitor of the demonstration."""
    app = create_app(city_settings(city), clock=lambda: NOW, scheduled=False)
    with TestClient(app, raise_server_exceptions=False) as visitor:
        yield visitor


@pytest.fixture(scope="module")
def stranger(city: Path) -> Iterator[TestClient[Litestar]]:
    """A visitor of the service where it is no demonstration."""
    app = create_app(city_settings(city, demo=False), clock=lambda: NOW, scheduled=False)
    with TestClient(app, raise_server_exceptions=False) as visitor:
        yield visitor
