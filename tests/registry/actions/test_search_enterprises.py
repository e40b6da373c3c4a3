"""Finding an enterprise, on either database."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from matching.storage.bulk import insert_rows
from matching.storage.database import Database
from registry.actions.search_enterprises import (
    LONGEST_QUERY,
    SHOWN,
    Asked,
    Found,
    cleaned,
    search_enterprises,
)
from registry.enterprises.names import name_key
from registry.enterprises.tables import Enterprise, EnterpriseName
from registry.identity.store import add_judgements
from registry.identity.types import Judgement, Verdict
from registry.imports.tables import ImportUndone
from registry.lookup.kept import KeptIndex, make_folder
from registry.profiles.tables import FactValue, Membership

pytestmark = pytest.mark.anyio

DAY = date(2026, 9, 30)
NOW = datetime(2026, 10, 5, tzinfo=UTC)
NAMES = {
    1: ("91410100MA0LANQ1X3", "郑州岚砌示例智能装备有限公司"),
    2: ("91410100MA0QNGH2X7", "郑州青禾穗示例软件有限公司"),
    3: ("92410102MA0BAYE3XA", "柏叶示例便利店(中原区)"),
    4: (None, "许昌一百%示例_商贸有限公司"),
}


@pytest.fixture
async def enterprises(db: Database) -> None:
    many = {number: (None, f"同名前缀示例{number}号店") for number in range(100, 110 + SHOWN)}
    rows = [
        (number, uscc, name, name_key(name), 1) for number, (uscc, name) in (NAMES | many).items()
    ]
    async with db.transaction():
        await insert_rows(Enterprise, ("id", "uscc", "name", "name_key", "created_import"), rows)
        seen = [(number, name, key, DAY, 1) for number, _, name, key, _ in rows]
        former = "郑州青禾示例信息技术有限公司"
        await insert_rows(
            EnterpriseName,
            ("enterprise_id", "name", "name_key", "observed_on", "import_id"),
            [*seen, (2, former, name_key(former), date(2020, 1, 1), 1)],
        )
        await insert_rows(
            FactValue,
            ("enterprise_id", "fact", "text", "observed_on", "import_id"),
            [
                (1, "status", "active", date(2026, 8, 31), 1),
                (1, "status", "cancelled", DAY, 2),
                (1, "place", "410102", DAY, 2),
            ],
        )


@pytest.fixture
def kept(enterprises: None, tmp_path: Path) -> KeptIndex:  # noqa: ARG001  # they are there first
    return KeptIndex(tmp_path / "lookup")


async def found(text: str, kept: KeptIndex, limit: int = SHOWN) -> Found:
    return await search_enterprises(text, kept, Asked(now=NOW, today=DAY, limit=limit))


async def ids(text: str, kept: KeptIndex) -> list[int]:
    return [hit.enterprise_id for hit in (await found(text, kept)).hits]


async def rename(number: int, name: str) -> None:
    columns = ("enterprise_id", "name", "name_key", "observed_on", "import_id")
    await insert_rows(EnterpriseName, columns, [(number, name, name_key(name), DAY, 2)])
    await Enterprise.update({Enterprise.name: name, Enterprise.name_key: name_key(name)}).where(
        Enterprise.id == number
    )


async def newcomer(number: int, uscc: str | None, name: str, import_id: int = 2) -> None:
    columns = ("id", "uscc", "name", "name_key", "created_import")
    await insert_rows(Enterprise, columns, [(number, uscc, name, name_key(name), import_id)])
    columns = ("enterprise_id", "name", "name_key", "observed_on", "import_id")
    await insert_rows(EnterpriseName, columns, [(number, name, name_key(name), DAY, import_id)])


async def judge(subject: int, verdict: Verdict, whom: int | None) -> None:
    await add_judgements(
        [
            Judgement(
                subject_id=subject,
                verdict=verdict,
                enterprise_id=whom,
                reason="测试",
                decided_by="张三",
                recorded_at=NOW,
            )
        ]
    )


async def undo(import_id: int) -> None:
    columns = ("import_id", "undone_at", "undone_by", "reason")
    await insert_rows(ImportUndone, columns, [(import_id, NOW, "张三", "送错了表")])


async def test_codes_names_and_parts_of_them_are_found(kept: KeptIndex) -> None:
    whole = await found("91410100ma0lanq1x3", kept)
    assert whole.exact == 1
    assert await ids("９１４１０１００MA0LANQ1X3", kept) == [1], "full width is the same code"
    assert await ids("914101", kept) == [1, 2]
    assert (await found("914101", kept)).exact is None
    assert (await ids("岚砌示例", kept))[0] == 1
    assert (await ids("柏叶示例便利店（中原区）", kept))[0] == 3, "brackets of any kind are one"
    assert (await ids("郑州青禾穗示例软件有限公司", kept))[0] == 2


async def test_a_code_with_one_slip_is_found_and_leads_nowhere_by_itself(kept: KeptIndex) -> None:
    answer = await found("91410100MA0LANQ1X4", kept)

    assert [(hit.enterprise_id, hit.how) for hit in answer.hits] == [(1, "code_slip")]
    assert answer.exact is None


@pytest.mark.parametrize(
    "written",
    [
        "郑州岚砌示列智能设备有限公司",
        "岚砌",
        "岚砌智能装备",
        "鄭州嵐砌示例智能裝備有限公司",
        "ZHENGZHOU LANQI SHILI ZHINENG ZHUANGBEI",
        "兰砌示例智能装备",
        "郑 州 岚 砌 示 例 智能装备",
    ],
)
async def test_a_badly_written_name_still_finds_it_first(kept: KeptIndex, written: str) -> None:
    assert (await ids(written, kept))[:1] == [1]


async def test_a_hit_says_why_and_what_was_last_told_of_it(kept: KeptIndex) -> None:
    hit = (await found("岚砌", kept)).hits[0]
    assert (hit.how, hit.place, hit.status, hit.seen) == ("name", "410102", "cancelled", None)

    former = (await found("青禾示例信息技术", kept)).hits[0]
    assert (former.enterprise_id, former.how) == (2, "former_name")
    assert former.seen == "郑州青禾示例信息技术有限公司"
    assert (former.place, former.status) == (None, None), "what nobody told stays unknown"


async def test_each_enterprise_is_given_once_by_the_best_of_its_names(kept: KeptIndex) -> None:
    numbers = await ids("青禾示例", kept)

    assert len(numbers) == len(set(numbers))


async def test_many_hits_are_cut_and_said_to_be_more(kept: KeptIndex) -> None:
    answer = await found("同名前缀示例", kept, limit=20)

    assert len(answer.hits) == 20
    assert answer.more


async def test_what_cannot_be_a_name_finds_nothing(kept: KeptIndex) -> None:
    for text in ("", "  ", "\x00", "\u200b", "有限公司" * 30, "qqqqqqqqq", "%", "_", "\\", "🙂🙂"):
        answer = await found(text, kept)
        assert answer.state in {"nothing_asked", "too_short", "not_found", "found"}
    assert (await found("\x00", kept)).state == "nothing_asked"
    assert (await found("岚", kept)).state == "too_short"
    assert (await found("qqqqqqqqq", kept)).state == "not_found"


async def test_new_renamed_and_removed_are_found_or_gone_at_once(kept: KeptIndex) -> None:
    assert (await ids("许昌默砚示例商贸有限公司", kept))[:1] != [9]

    await newcomer(9, "91411000MA9NEAR5T2", "许昌默砚示例商贸有限公司")
    assert (await ids("默砚示例商贸", kept))[0] == 9
    assert (await found("91411000MA9NEAR5T2", kept)).exact == 9

    await rename(9, "许昌瀚澜示例商贸有限公司")
    hit = (await found("瀚澜示例商贸", kept)).hits[0]
    assert (hit.enterprise_id, hit.how) == (9, "name")
    hit = (await found("默砚示例商贸", kept)).hits[0]
    assert (hit.enterprise_id, hit.how, hit.name) == (9, "former_name", "许昌瀚澜示例商贸有限公司")

    await undo(2)
    assert 9 not in await ids("瀚澜示例商贸", kept)
    assert (await found("91411000MA9NEAR5T2", kept)).state == "not_found"


async def test_a_merged_enterprise_is_found_as_what_it_became(kept: KeptIndex) -> None:
    await judge(2, "same", 1)
    hit = (await found("郑州青禾穗示例软件有限公司", kept)).hits[0]
    assert (hit.enterprise_id, hit.how, hit.seen) == (
        1,
        "merged_name",
        "郑州青禾穗示例软件有限公司",
    )
    assert (await found("91410100MA0QNGH2X7", kept)).exact == 1

    await judge(2, "apart", None)
    assert (await ids("郑州青禾穗示例软件有限公司", kept))[0] == 2


async def test_another_process_finds_the_same_from_the_folder(
    kept: KeptIndex, tmp_path: Path
) -> None:
    made = await make_folder(tmp_path / "lookup")
    await newcomer(9, "91411000MA9NEAR5T2", "许昌默砚示例商贸有限公司")
    other = KeptIndex(tmp_path / "lookup")

    for text in ("岚砌智能装备", "默砚示例商贸", "青禾示例信息技术", "914101", "MA9NEAR5"):
        assert await ids(text, other) == await ids(text, kept)
    assert made.last_name == 4 + 1 + 10 + SHOWN


async def test_a_folder_of_another_database_is_not_used(
    kept: KeptIndex, tmp_path: Path, db: Database
) -> None:
    await make_folder(tmp_path / "lookup")
    async with db.transaction():
        await EnterpriseName.delete(force=True)
        await Enterprise.delete(force=True)
    await newcomer(1, None, "许昌默砚示例商贸有限公司")
    other = KeptIndex(tmp_path / "lookup")

    assert await ids("默砚示例商贸", other) == [1]
    assert await ids("岚砌", other) == []
    assert await ids("岚砌", kept) == []


async def test_a_folder_of_other_tables_is_made_anew(
    kept: KeptIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await make_folder(tmp_path / "lookup")
    monkeypatch.setattr("registry.lookup.kept._tables", lambda: "another0release")
    other = KeptIndex(tmp_path / "lookup")

    assert await ids("岚砌智能装备", other) == await ids("岚砌智能装备", kept)
    made = await make_folder(tmp_path / "lookup")
    assert made.folder.endswith("another0release")


async def test_withheld_is_not_the_same_as_not_found(kept: KeptIndex) -> None:
    columns = ("enterprise_id", "list", "import_id")
    await insert_rows(Membership, columns, [(1, "undisclosed", 1)])

    assert (await found("91410100MA0LANQ1X3", kept)).state == "withheld"
    assert (await found("郑州岚砌示例智能装备有限公司", kept)).state == "withheld"
    assert 1 not in await ids("岚砌智能", kept), "a part of its name tells nobody that it is there"
    assert (await found("914101", kept)).hits[0].enterprise_id == 2


def test_a_query_is_cleaned_and_cut() -> None:
    assert cleaned(" 岚\x00砌 ") == "岚 砌"
    assert len(cleaned("长" * 500)) == LONGEST_QUERY
