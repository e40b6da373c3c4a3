"""What the register says of representative, address and phone is held against what a row says; the newest that counts."""

from datetime import date, timedelta
from pathlib import Path

import msgspec
import polars as pl
import pytest

from matching.storage.database import Database
from registry.actions.import_sheets import commit_sheet
from registry.actions.judge_identity import Deciding, judge
from registry.actions.review_queue import Known, review_queue, show_case
from registry.actions.run_month import Profiles
from registry.actions.undo_import import Undoing, undo_import
from registry.enterprises.tables import Enterprise, EnterpriseWhereabouts
from registry.identity.identities import identities_of
from registry.identity.store import all_judgements
from registry.resolution.known_beside import known_beside
from tests.makers import catalogue_of
from tests.registry.actions.desk import RECORDED, WORDS, a_file, committed, told
from tests.registry.imports.making import code, workbook

pytestmark = pytest.mark.anyio

REGISTER = [
    "统一社会信用代码",
    "企业名称",
    "登记状态",
    "成立日期",
    "法定代表人",
    "住所",
    "联系电话",
]
LEDGER = ["企业名称", "政策", "金额（万元）", "法定代表人", "联系电话"]


def register(*rows: list[object], on: str = "2026年9月30日") -> bytes:
    kept = [[*row[:2], "存续", "2020-01-02", *row[2:]] for row in rows]
    return workbook([[f"登记（截至{on}）"], REGISTER, *kept])


@pytest.fixture(autouse=True)
async def _town(db: Database) -> None:  # noqa: ARG001
    """Two of one name whom the representative tells apart; of the second nobody has told a phone."""
    await committed(
        register(
            [code(1), "双子厂", "示某甲", "二七区示例路12号", "0371-00000001"],
            [code(2), "双子厂", "示某乙", "二七区示例路21号", None],
        )
    )


async def firm(number: int) -> int:
    found = await Enterprise.select(Enterprise.id).where(Enterprise.uscc == code(number)).first()
    assert found is not None
    return int(found["id"])


async def known(number: int) -> dict[str, str | None]:
    ids = pl.Series([await firm(number)], dtype=pl.Int64)
    found = await known_beside(ids, identities_of(await all_judgements()))
    row: dict[str, str | None] = found.row(0, named=True)
    return row


async def paid(name: str, *beside: str | None, later_seconds: int = 1) -> int:
    """Take in a ledger of one row; gives the number of what waits."""
    data = workbook([["截至2026年9月30日"], LEDGER, [name, "P12", 5, *beside]])
    await committed(data, later_seconds=later_seconds)
    (group,) = (await review_queue()).groups
    return group.subject_id


def signs(near: Known) -> dict[str, str]:
    return {piece.about: piece.sign for piece in near.candidate.evidence}


async def test_a_person_sees_what_agrees_what_differs_and_what_nobody_told() -> None:
    case = await show_case(await paid("双子厂", "示某甲", "0371-00000001"))
    first, second = case.candidates

    assert signs(first)["legal_representative"] == "agrees"
    assert signs(first)["phone"] == "agrees"
    assert signs(second)["legal_representative"] == "differs"
    assert signs(second)["phone"] == "unknown"
    assert signs(first)["address"] == "unknown"


async def test_the_newest_counts_and_an_empty_cell_takes_nothing_back() -> None:
    later = register([code(1), "双子厂", "示某丙", None, None], on="2026年10月31日")
    await committed(later, later_seconds=5)

    told_now = await known(1)
    assert told_now["legal_representative"] == "示某丙"
    assert told_now["phone"] == "0371-00000001"
    earlier = register([code(1), "双子厂", "示某丁", None, "0371-00000009"], on="2026年8月31日")
    await committed(earlier, later_seconds=9)
    assert await known(1) == told_now


async def test_taken_back_a_sheet_says_nothing_and_what_others_said_counts_again() -> None:
    later = register([code(1), "双子厂", "示某丙", None, None], on="2026年10月31日")
    outcome = await committed(later, later_seconds=5)
    assert outcome.import_id is not None
    asked = Undoing(
        import_id=outcome.import_id, by="张三", reason="错表", now=RECORDED + timedelta(seconds=9)
    )
    await undo_import(asked, WORDS)

    assert (await known(1))["legal_representative"] == "示某甲"
    assert await EnterpriseWhereabouts.count() == 3


async def test_what_was_said_of_one_judged_the_same_is_said_of_the_other() -> None:
    assert (await known(2))["phone"] is None
    said = Deciding(
        subject_id=await firm(1),
        choice="same",
        enterprise_id=await firm(2),
        by="张三",
        reason="电话核实",
        now=RECORDED + timedelta(seconds=9),
    )
    await judge(said, date(2026, 9, 30), catalogue_of({}))

    assert (await known(2))["phone"] == "0371-00000001"


async def test_a_near_name_is_weighed_with_the_representative_the_register_knows(
    tmp_path: Path,
) -> None:
    firms = [
        [code(3), "郑州云深科技有限公司", "示某戊", "金水区示例路3号", "0371-00000003"],
        [code(4), "郑州恒达商贸有限公司", "示某己", "金水区示例路4号", "0371-00000004"],
    ]
    await committed(register(*firms), later_seconds=2)
    seen = {}
    for at, beside in enumerate(
        ((None, None), ("示某戊", "0371-00000003"), ("示某己", "0371-00000008"))
    ):
        data = workbook(
            [["截至2026年9月30日"], LEDGER, ["郑州云琛科技有限公司", "P12", 5, *beside]]
        )
        when = told(later_seconds=20 + at, confirmed=True)
        outcome = await commit_sheet(a_file(data), msgspec.structs.replace(when, lookup=tmp_path))
        seen[beside[0]] = outcome.written.by_name
    assert seen == {None: 0, "示某戊": 1, "示某己": 0}


async def test_an_address_of_a_row_that_was_held_is_written_to_once_it_is_judged() -> None:
    header = ["企业名称", "登记状态", "成立日期", "联系邮箱"]
    data = workbook(
        [["登记（截至2026年9月30日）"], ["统一社会信用代码", *header],
         ["12345", "双子厂", "存续", "2020-01-02", "twin@example.com"]]
    )  # fmt: skip
    await committed(data, later_seconds=3)
    second = await firm(2)
    ids = pl.Series("enterprise_id", [second], dtype=pl.Int64)
    assert (await Profiles(WORDS).addresses(ids)).is_empty()
    (group,) = (await review_queue()).groups
    said = Deciding(
        subject_id=group.subject_id,
        choice="same",
        enterprise_id=second,
        by="张三",
        reason="电话核实",
        now=RECORDED + timedelta(seconds=9),
    )
    await judge(said, date(2026, 9, 30), catalogue_of({}))

    assert (await Profiles(WORDS).addresses(ids)).rows() == [(second, "twin@example.com")]
