"""Which address gives which engine."""

from pathlib import Path

import pytest

from matching.storage.database import absolute_url, engine, engine_kind, make_engine, use_engine
from matching.storage.errors import BadDatabaseUrl, Holder
from registry.enterprises.tables import Enterprise


def test_each_kind_of_address_gives_its_engine(tmp_path: Path) -> None:
    assert engine_kind(make_engine(f"sqlite:///{tmp_path}/a.sqlite")) == "sqlite"
    assert engine_kind(make_engine("postgresql://nobody@127.0.0.1:1/none")) == "postgres"


def test_making_an_engine_touches_no_file(tmp_path: Path) -> None:
    make_engine(f"sqlite:///{tmp_path}/new/a.sqlite")

    assert list(tmp_path.iterdir()) == []


def test_a_relative_file_is_made_absolute(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)

    assert absolute_url("sqlite:///data/a.sqlite") == f"sqlite:///{tmp_path}/data/a.sqlite"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "a.sqlite",
        "mysql://host/name",
        "sqlite://a.sqlite",
        "sqlite:///",
        "sqlite:///:memory:",
        "postgresql://host",
        "postgresql://host:port/name",
    ],
)
def test_an_address_that_cannot_be_used_is_refused_with_an_example(url: str) -> None:
    with pytest.raises(BadDatabaseUrl, match="例如 sqlite:////"):
        make_engine(url)


def test_the_chosen_engine_is_that_of_every_table(tmp_path: Path) -> None:
    for name in ("one", "two"):
        chosen = make_engine(f"sqlite:///{tmp_path}/{name}.sqlite")
        use_engine(chosen)

        assert engine() is chosen
        assert Enterprise._meta.db is chosen


@pytest.mark.parametrize("host", ["registry-1", "主机", "h" * 100])
def test_a_holder_written_is_the_holder_read(host: str) -> None:
    written = Holder(4_194_304, host).written()

    assert len(written) <= 63
    read = Holder.read(written)
    assert read is not None
    assert read.pid == 4_194_304
    assert Holder.read("psql") is None
    assert Holder.read("") is None
