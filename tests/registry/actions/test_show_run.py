"""The read side of runs and look-ups, on either database, over months that were really decided."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from matching.catalogue.load_catalogue import shipped_catalogue
from matching.engine.truth import MET, OPEN
from matching.storage.database import Database
from registry.actions.look_up_enterprise import look_up_enterprise
from registry.actions.show_run import (
    latest_run,
    most_entitled,
    show_changes,
    show_latest_run,
    show_run,
    show_runs,
)
from registry.profiles.knowledge import Knowledge
from tests.registry.portal.small_city import LANQI, OCTOBER, QINGHE, SILENT, found_city

pytestmark = pytest.mark.anyio

KNOWN = datetime(2026, 11, 10, tzinfo=UTC)


@pytest.mark.usefixtures("db")
async def test_before_the_first_run_there_is_nothing_to_show() -> None:
    assert await latest_run() is None
    assert await show_latest_run() is None
    assert await show_runs() == ()
    assert await show_run("2026-10") is None
    assert await show_changes("2026-10", None, 1) is None


async def test_a_month_is_shown_as_it_was_decided(db: Database, tmp_path: Path) -> None:
    await found_city(tmp_path)

    shown = await show_run("2026-10")
    assert shown is not None
    assert shown.previous_period == "2026-09"
    assert shown.run.enterprises == 4
    assert shown.entitled <= shown.entitlements
    assert shown.certain_cents == sum(total.certain_cents for total in shown.totals)
    assert all(
        total.met + total.unmet + total.unknown + total.person == 4 for total in shown.totals
    )
    assert [one.run.period for one in await show_runs()] == ["2026-10", "2026-09"]
    assert await show_latest_run() == shown

    new = await show_changes("2026-10", "new", 1)
    lost = await show_changes("2026-10", "lost", 1)
    assert new is not None
    assert lost is not None
    assert QINGHE in [row.enterprise_id for row in new.rows]
    assert new.total == len(new.rows)
    assert (lost.rows, lost.total) == ((), 0)
    beyond = await show_changes("2026-10", None, 9)
    assert beyond is not None
    assert beyond.rows == ()

    owed = await most_entitled(shown.run.id, 5)
    assert owed[0][0] == LANQI
    assert [cents for _, _, cents in owed] == sorted((c for *_, c in owed), reverse=True)
    await _looked_up_as_the_run_decided(shown.certain_cents)
    assert db is not None


async def _looked_up_as_the_run_decided(certain_cents: int) -> None:
    """One evaluation: what the page says of each enterprise adds up to what the run says of all."""
    catalogue, knowledge = shipped_catalogue(), Knowledge(OCTOBER, KNOWN)
    total = 0
    for number in range(LANQI, SILENT + 1):
        found = await look_up_enterprise(number, knowledge, catalogue)
        assert found is not None
        total += sum(
            one.explanation.low_cents
            for one in found.findings
            if one.explanation.verdict == MET and one.payable.allowed
        )
    assert total == certain_cents
    nobody = await look_up_enterprise(SILENT, knowledge, catalogue)
    assert nobody is not None
    assert MET not in {one.explanation.verdict for one in nobody.findings}
    assert OPEN in {one.explanation.verdict for one in nobody.findings}
    assert await look_up_enterprise(99, knowledge, catalogue) is None
    one = await look_up_enterprise(LANQI, knowledge, catalogue, only="p13-title-award")
    assert one is not None
    assert [finding.item.id for finding in one.findings] == ["p13-title-award"]
    before = await look_up_enterprise(QINGHE, Knowledge(date(2026, 9, 30), KNOWN), catalogue)
    assert before is not None
    assert before.registered.former_names == ("郑州青禾示例信息技术有限公司",)
