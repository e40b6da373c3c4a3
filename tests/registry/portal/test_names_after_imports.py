"""The index of names after sheets came in over the web: made in the background, for every process."""

import asyncio
from pathlib import Path

import pytest
from litestar.testing import TestClient

from matching.storage.database import engine
from registry.actions.search_enterprises import Asked, Found, search_enterprises
from registry.app import create_app
from registry.lookup import kept
from tests.registry.portal.small_city import NOW, city_settings
from tests.registry.portal.test_import_routes import handed_in, sheet, taken_in


def test_many_names_that_come_in_are_indexed_in_the_background(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "SMALL_ENOUGH", 2)
    app = create_app(city_settings(tmp_path), clock=lambda: NOW, scheduled=False)
    with TestClient(app, raise_server_exceptions=False) as visitor:
        taken_in(visitor, handed_in(visitor, sheet("甲示例厂", "乙示例厂", number=11)))
        assert not (tmp_path / "lookup" / "current.json").exists()
        taken_in(visitor, handed_in(visitor, sheet("丙示例厂", number=31)))

    async def opened() -> Found:
        other = kept.KeptIndex(tmp_path / "lookup")
        made = await kept.current_folder(tmp_path / "lookup")
        assert made is not None
        assert made.last_name == 3
        found = await search_enterprises("丙示例厂", other, Asked(now=NOW, today=NOW.date()))
        await engine().close()
        return found

    assert [one.name for one in asyncio.run(opened()).hits][:1] == ["丙示例厂"]
