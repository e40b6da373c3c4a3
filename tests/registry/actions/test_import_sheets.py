"""Taking in sheets: what is kept, what is refused, and what a second time changes."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest

from matching.catalogue.load_vocabulary import shipped_vocabulary
from matching.runs.tables import Run
from matching.storage.database import Database
from registry.actions.import_outcome import ImportOutcome, Told
from registry.actions.import_sheets import import_sheet, import_sheets
from registry.enterprises.tables import Enterprise, EnterpriseContact, EnterpriseName
from registry.identity.store import seen_in_counting_imports
from registry.imports.errors import SheetRefused
from registry.imports.tables import Import, RefusedCell, SourceRecord
from registry.profiles.knowledge import Knowledge, known
from registry.profiles.tables import Award, FactValue, ListCoverage, Membership
from tests.registry.imports.making import MARKET, TAX, code, csv_file, tax, workbook

pytestmark = pytest.mark.anyio

RECORDED = datetime(2026, 10, 31, 1, 2, 3, tzinfo=UTC)
AWARDS = ["企业名称", "政策", "金额（万元）", "拨付日期"]


@pytest.fixture(autouse=True)
def _database(db: Database) -> None:
    """Every test has an empty database, of either kind."""


def registered(number: int, name: str, status: str = "存续") -> list[object]:
    return [code(number), name, status, "2020-01-02", 410105, None, "C3489", 100, "a@b.cn"]


def registration(*rows: list[object], on: str = "2026年9月30日") -> bytes:
    return workbook([[f"登记（截至{on}）"], MARKET, *rows])


class BrokenOff(Exception):
    """Somebody pulled the plug."""


class Desk:
    """Hands files in, each under a name of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.told: list[tuple[str, int, int]] = []

    async def hand_in(self, *files: bytes) -> tuple[ImportOutcome, ...]:
        paths = [self.folder / f"表{number}.xlsx" for number, _ in enumerate(files)]
        for path, data in zip(paths, files, strict=True):
            path.write_bytes(data)
        return await import_sheets(
            paths,
            Told(
                recorded_at=RECORDED,
                observed_on=None,
                vocabulary=shipped_vocabulary(),
                progress=lambda step, done, of: self.told.append((step, done, of)),
            ),
        )


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


async def names_of(number: int) -> tuple[str, list[str]]:
    firm = await Enterprise.objects().get(Enterprise.uscc == code(number))
    assert firm is not None
    borne = (
        await EnterpriseName.select()
        .where(EnterpriseName.enterprise_id == firm.id)
        .order_by(EnterpriseName.id)
    )
    return firm.name, [row["name"] for row in borne]


async def test_a_sheet_is_kept_with_all_it_says(desk: Desk) -> None:
    (outcome,) = await desk.hand_in(registration(registered(1, "甲厂"), registered(2, "乙厂")))

    assert (outcome.rows_read, outcome.rows_taken, outcome.rows_refused) == (2, 2, 0)
    assert (outcome.written.created, outcome.written.values) == (2, 10)
    kept = await Import.select().first()
    assert kept is not None
    assert kept["recorded_at"] == RECORDED
    assert kept["observed_on"] == date(2026, 9, 30)
    assert (kept["layout"], kept["department"]) == ("market-registration", "market")
    firm = await Enterprise.select().where(Enterprise.uscc == code(2)).first()
    assert firm is not None
    values = await FactValue.select().where(FactValue.enterprise_id == firm["id"])
    assert {v["fact"]: v["text"] if v["number"] is None else v["number"] for v in values} == {
        "status": "active",
        "registered_on": "2020-01-02",
        "place": "410105",
        "industry": "C3489",
        "registered_capital": 100_000_000,
    }
    assert {v["observed_on"] for v in values} == {date(2026, 9, 30)}
    assert {v["import_id"] for v in values} == {outcome.import_id}
    assert await EnterpriseContact.count() == 2
    records = await SourceRecord.select().order_by(SourceRecord.row)
    assert [record["row"] for record in records] == [3, 4]
    assert records[1]["enterprise_id"] == firm["id"]


async def test_progress_ends_with_all_of_each_step(desk: Desk) -> None:
    await desk.hand_in(registration(registered(1, "甲厂")))

    last = {step: (done, of) for step, done, of in desk.told}
    assert all(done == of for done, of in last.values())
    assert list(last) == ["读取与核对", "认企业", "写入指标", "写入原始记录"]


async def test_the_same_file_twice_is_one_import(desk: Desk) -> None:
    data = registration(registered(1, "甲厂"), registered(2, "乙厂", "奇怪"))
    (first,) = await desk.hand_in(data)
    again = await desk.hand_in(data, data)

    assert [outcome.import_id for outcome in again] == [first.import_id] * 2
    assert again[0].already_since == RECORDED
    assert again[0].refused == first.refused
    assert "没有重复导入" in again[0].sentence()
    assert await Import.count() == 1
    assert await FactValue.count() == 9


async def test_refused_cells_are_kept_and_good_rows_go_in(desk: Desk) -> None:
    wrong = [*registered(2, "乙厂", "奇怪")]
    nobody = ["123", None, *registered(3, "丙厂")[2:]]
    (outcome,) = await desk.hand_in(registration(registered(1, "甲厂"), wrong, nobody))

    assert (outcome.rows_taken, outcome.rows_refused) == (2, 1)
    kept = await RefusedCell.select().order_by(RefusedCell.id)
    assert [(cell["column"], cell["row"]) for cell in kept] == [("C", 4), ("A", 5), ("A", 5)]
    assert {cell["import_id"] for cell in kept} == {outcome.import_id}
    assert (kept[0]["header"], kept[0]["value"]) == ("登记状态", "奇怪")
    unlinked = await SourceRecord.select().where(SourceRecord.enterprise_id.is_null())
    assert [record["row"] for record in unlinked] == [5]


async def test_a_refused_file_does_not_stop_the_others(desk: Desk) -> None:
    outcomes = await desk.hand_in(b"\x00\x01", registration(registered(1, "甲厂")), b"")

    assert [outcome.import_id is None for outcome in outcomes] == [True, False, True]
    assert "没有取用" in outcomes[0].sentence()
    kept = await RefusedCell.select()
    assert {cell["file_name"] for cell in kept} == {"表0.xlsx", "表2.xlsx"}
    assert {cell["import_id"] for cell in kept} == {None}


async def test_a_file_refused_again_is_complained_of_once(desk: Desk) -> None:
    await desk.hand_in(b"\x00\x01")
    await desk.hand_in(b"")

    kept = await RefusedCell.select()
    assert [cell["problem"] for cell in kept] == ["文件是空的"]


async def test_a_file_that_is_not_there_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(SheetRefused, match="读不到"):
        await import_sheet(
            tmp_path / "没有.xlsx",
            Told(
                recorded_at=RECORDED,
                observed_on=None,
                vocabulary=shipped_vocabulary(),
                progress=lambda *_: None,
            ),
        )


async def test_other_departments_speak_of_the_same_enterprise(desk: Desk) -> None:
    new = [code(9), "新厂", "1.5"]
    _, outcome = await desk.hand_in(
        registration(registered(1, "甲（郑州）厂")),
        tax([code(1), "甲(郑州)厂", "12.34"], new, [code(8), "", "3"]),
    )

    assert outcome.written.created == 1
    assert outcome.rows_refused == 1
    assert await Enterprise.count() == 2
    values = await FactValue.select().where(FactValue.fact == "annual_revenue")
    assert sorted((v["period"], v["number"]) for v in values) == [("2025", 150), ("2025", 1234)]
    assert await names_of(1) == ("甲（郑州）厂", ["甲（郑州）厂"])


async def test_a_later_registration_renames_and_an_earlier_one_does_not(desk: Desk) -> None:
    later, other = "2026年10月31日", "2026年10月15日"
    await desk.hand_in(registration(registered(1, "旧名厂"), registered(2, "不变厂")))
    (outcome,) = await desk.hand_in(
        registration(registered(1, "新名厂"), registered(2, "不变厂"), on=later)
    )
    (late,) = await desk.hand_in(
        registration(registered(1, "中名厂"), registered(2, "变厂"), on=other)
    )

    assert (outcome.written.renamed, late.written.renamed) == (1, 0)
    assert await names_of(1) == ("新名厂", ["旧名厂", "新名厂", "中名厂"])
    assert await names_of(2) == ("不变厂", ["不变厂", "变厂"])


async def test_a_sheet_of_names_links_present_and_former_names_only_where_one_bears_them(
    desk: Desk,
) -> None:
    await desk.hand_in(
        registration(registered(1, "旧名厂"), registered(2, "双子厂"), registered(3, "双子厂"))
    )
    await desk.hand_in(registration(registered(1, "新名厂"), on="2026年10月31日"))
    ledger = workbook(
        [
            ["台账（截至2026年9月30日）"],
            AWARDS,
            ["旧名厂", "P12", 30, "2024-06-01"],
            ["新名厂", "P12", 30, "2024-06-01"],
            ["新名厂", "P12", 30, "2024-06-01"],
            ["双子厂", "P12", 50, "2024-06-01"],
            ["没有厂", "P12", 50, "2024-06-01"],
        ]
    )
    (outcome,) = await desk.hand_in(ledger)

    assert outcome.written.awards == 5
    firm = await Enterprise.select().where(Enterprise.uscc == code(1)).first()
    assert firm is not None
    counting = await known(Knowledge(date(2026, 9, 30), RECORDED + timedelta(days=1)))
    kept = pl.DataFrame({"enterprise_id": [one["enterprise_id"] for one in await Award.select()]})
    assert kept["enterprise_id"].max() < 0
    assert counting.of_enterprises(kept)["enterprise_id"].to_list() == [firm["id"]] * 3
    assert (outcome.written.by_name, outcome.written.held) == (3, 2)
    assert outcome.refused == ()
    seen = await seen_in_counting_imports()
    assert sorted(seen["situation"]) == [
        "nobody_near",
        "one_bearer",
        "one_bearer",
        "several_bearers",
    ]
    covered = await ListCoverage.select()
    assert [(row["list"], row["complete_on"]) for row in covered] == [("awards", date(2026, 9, 30))]


async def test_an_entry_twice_in_a_sheet_is_one(desk: Desk) -> None:
    headers = ["统一社会信用代码", "企业名称", "名单类别", "列入日期", "移出日期"]
    entry = [code(1), "甲厂", "经营异常名录", "2025-01-02", ""]
    (outcome,) = await desk.hand_in(csv_file([["截至2026年9月30日"], headers, entry, entry]))

    assert outcome.written.memberships == 1
    (row,) = await Membership.select()
    assert (row["list"], row["from_on"], row["left_on"]) == (
        "abnormal_operation",
        date(2025, 1, 2),
        None,
    )


async def test_a_code_and_a_name_that_mean_one_enterprise_contradict(desk: Desk) -> None:
    outcomes = await desk.hand_in(
        registration(registered(1, "甲厂")),
        csv_file([["截至2026年9月30日"], TAX, [code(1), "甲厂", 1], ["", "甲厂", 2]]),
    )

    assert outcomes[1].written.values == 0
    assert [cell.row for cell in outcomes[1].refused] == [3, 4]
    assert "同一家企业" in outcomes[1].refused[0].problem


async def test_a_known_address_is_not_kept_twice(desk: Desk) -> None:
    await desk.hand_in(registration(registered(1, "甲厂")))
    await desk.hand_in(registration(registered(1, "甲厂"), on="2026年10月31日"))

    assert await EnterpriseContact.count() == 1


async def test_two_who_hand_in_the_same_file_at_once_make_one_import(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(registration(registered(1, "甲厂")))

    async def hand_in() -> ImportOutcome:
        return await import_sheet(
            path,
            Told(
                recorded_at=RECORDED,
                observed_on=None,
                vocabulary=shipped_vocabulary(),
                progress=lambda *_: None,
            ),
        )

    one, other = await asyncio.gather(hand_in(), hand_in())

    assert one.import_id == other.import_id
    assert (one.already_since is None) != (other.already_since is None)
    assert await FactValue.count() == 5


async def test_an_import_that_is_broken_off_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(registration(registered(1, "甲厂")))

    def break_off(step: str, *_: int) -> None:
        if step == "写入原始记录":
            raise BrokenOff

    with pytest.raises(BrokenOff):
        await import_sheet(
            path,
            Told(
                recorded_at=RECORDED,
                observed_on=None,
                vocabulary=shipped_vocabulary(),
                progress=break_off,
            ),
        )

    for table in (Enterprise, EnterpriseName, FactValue, Import, SourceRecord):
        assert await table.count() == 0


async def test_what_a_run_has_not_seen_is_recorded_after_the_moment_it_knows_up_to(
    tmp_path: Path,
) -> None:
    known = RECORDED + timedelta(seconds=30)
    await Run.insert(
        Run(
            kind="monthly", period="2026-09", state="running", attempt=1, holder="another",
            as_of=date(2026, 9, 30), known_at=known, started_at=known,
        )
    )  # fmt: skip

    await Desk(tmp_path).hand_in(registration(registered(1, "甲有限公司")))

    (taken,) = await Import.select(Import.recorded_at)
    assert taken["recorded_at"] == known + timedelta(microseconds=1)
