"""Finding an enterprise, on either database."""

from datetime import date

import pytest

from matching.storage.bulk import insert_rows
from matching.storage.database import Database
from registry.actions.search_enterprises import GUESSES, SHOWN, Found, cleaned, search_enterprises
from registry.enterprises.names import name_key
from registry.enterprises.tables import Enterprise, EnterpriseName
from registry.profiles.tables import FactValue

pytestmark = pytest.mark.anyio

DAY = date(2026, 9, 30)
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


async def ids(text: str) -> list[int]:
    return [hit.enterprise_id for hit in (await search_enterprises(text)).hits]


@pytest.mark.usefixtures("enterprises")
async def test_codes_names_and_parts_of_them_are_found() -> None:
    whole = await search_enterprises("91410100ma0lanq1x3")
    assert whole.exact == 1
    assert await ids("９１４１０１００MA0LANQ1X3") == [1], "full width is the same code"
    assert await ids("914101") == [1, 2]
    assert (await search_enterprises("914101")).exact is None
    assert await ids("岚砌示例") == [1]
    assert await ids("柏叶示例便利店（中原区）") == [3], "brackets of any kind are one"
    assert await ids("郑州青禾穗示例软件有限公司") == [2]


@pytest.mark.usefixtures("enterprises")
async def test_a_hit_says_why_and_what_was_last_told_of_it() -> None:
    (hit,) = (await search_enterprises("岚砌")).hits
    assert (hit.why, hit.place, hit.status, hit.seen) == ("name", "410102", "cancelled", None)

    (former,) = (await search_enterprises("青禾示例信息")).hits
    assert (former.enterprise_id, former.why) == (2, "former_name")
    assert former.seen == "郑州青禾示例信息技术有限公司"
    assert (former.place, former.status) == (None, None), "what nobody told stays unknown"


@pytest.mark.usefixtures("enterprises")
async def test_likeness_is_asked_only_where_nothing_else_is_found() -> None:
    found = await search_enterprises("郑州岚砌示列智能设备有限公司")

    assert found.hits[0].enterprise_id == 1
    assert found.hits[0].why == "similar"
    assert len(found.hits) <= GUESSES
    assert await ids("岚砌实例") == [1], "a few letters with one wrong"


@pytest.mark.usefixtures("enterprises")
async def test_many_hits_are_cut_and_said_to_be_more() -> None:
    found = await search_enterprises("同名前缀示例")

    assert len(found.hits) == SHOWN
    assert found.more


@pytest.mark.usefixtures("enterprises")
async def test_the_signs_of_like_are_letters_like_others() -> None:
    assert await ids("一百%示例_商贸") == [4]
    assert await ids("%") == [4]
    assert await ids("_") == [4]
    assert await ids("\\") == []
    assert await ids("一百_示例") == [4], "by likeness, not by a joker"


@pytest.mark.usefixtures("enterprises")
async def test_what_cannot_be_a_name_finds_nothing() -> None:
    for text in ("", "  ", "\x00", "\u200b", "有限公司" * 30, "qqqqqqqqq"):
        assert isinstance(await search_enterprises(text), Found)
    assert await ids("\x00") == []


def test_a_query_is_cleaned_and_cut() -> None:
    assert cleaned(" 岚\x00砌 ") == "岚 砌"
    assert len(cleaned("长" * 500)) == 100
