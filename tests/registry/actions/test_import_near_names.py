"""A misspelt name is held with whom it may be, or linked where all that is known makes it sure; a stranger is nobody."""

from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest

from matching.storage.database import Database
from registry.actions.import_outcome import ImportOutcome
from registry.actions.import_sheets import commit_sheet
from registry.actions.judge_identity import Deciding, judge
from registry.actions.review_queue import review_queue, show_case
from registry.identity.store import all_judgements
from tests.makers import catalogue_of
from tests.registry.actions.desk import RECORDED, a_file, committed, registered, registration, told
from tests.registry.imports.making import workbook

pytestmark = pytest.mark.anyio

LEDGER = ["企业名称", "政策", "金额（万元）", "拨付日期"]
FIRM, OTHER = "郑州云深科技有限公司", "洛阳北辰机械制造有限公司"


@pytest.fixture(autouse=True)
async def _town(db: Database) -> None:  # noqa: ARG001
    await committed(registration(registered(1, FIRM), registered(2, OTHER)))


async def paid_to(folder: Path, *names: str, later_seconds: int = 1) -> ImportOutcome:
    """Take in a ledger of these names, with an index of names at hand."""
    rows = [[name, "P12", 5, "2024-06-01"] for name in names]
    data = workbook([["截至2026年9月30日"], LEDGER, *rows])
    when = msgspec.structs.replace(told(later_seconds=later_seconds, confirmed=True), lookup=folder)
    return await commit_sheet(a_file(data), when)


async def test_a_misspelt_name_knows_whom_it_may_be_and_a_stranger_nobody(tmp_path: Path) -> None:
    outcome = await paid_to(tmp_path, "郑州云琛科技有限公司", "信阳大别山茶叶专业合作社")

    assert outcome.written.by_name + outcome.written.held == 2
    queue = {group.name: group for group in (await review_queue()).groups}
    assert queue["信阳大别山茶叶专业合作社"].situation == "nobody_near"
    subject = queue["郑州云琛科技有限公司"].subject_id
    case = await show_case(subject)
    assert case.situation == "near"
    assert [near.candidate.name for near in case.candidates][:1] == [FIRM]
    assert case.candidates[0].candidate.evidence[0].marks


async def test_another_writing_of_one_name_is_linked_and_says_on_what(tmp_path: Path) -> None:
    outcome = await paid_to(tmp_path, "鄭州雲深科技有限公司")

    assert (outcome.written.by_name, outcome.written.held) == (1, 0)
    (judgement,) = (await all_judgements()).iter_rows(named=True)
    assert judgement["decided_by"] == "system"
    assert judgement["verdict"] == "same"


async def test_whom_a_person_denied_is_not_asked_about_again(tmp_path: Path) -> None:
    await paid_to(tmp_path, "郑州云琛科技有限公司")
    (group,) = (await review_queue()).groups
    case = await show_case(group.subject_id)
    for near in case.candidates:
        said = Deciding(
            subject_id=group.subject_id,
            choice="different",
            enterprise_id=near.candidate.enterprise_id,
            by="张三",
            reason="电话核实",
            now=RECORDED + timedelta(seconds=9),
        )
        await judge(said, date(2026, 9, 30), catalogue_of({}))
    await paid_to(tmp_path, "郑州云琛科技有限公司", OTHER, later_seconds=60)

    again = await show_case(group.subject_id)
    assert again.situation == "nobody_near"
    assert again.candidates == ()
