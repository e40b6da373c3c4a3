"""The command line in this process, on a database and a data directory of the test's own."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from registry.cli.main import main
from registry.settings import settings

Command = Callable[..., Result]


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Command]:
    """Run `registry …`; gives its exit code and what it printed."""
    monkeypatch.setenv("REGISTRY_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "200")
    settings.cache_clear()

    def run(*words: str | Path) -> Result:
        result = CliRunner().invoke(main, [str(word) for word in words])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
        return result

    yield run
    settings.cache_clear()


@pytest.fixture
def on_its_database(
    registry: Command, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> Command:
    """Run `registry …` on an empty migrated database of either kind."""
    monkeypatch.setenv("REGISTRY_DATABASE_URL", database_url)
    settings.cache_clear()
    return registry
