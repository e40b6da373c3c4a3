"""Rows linked: by code, by a name one enterprise alone has, by all that is known; asked about; new."""

import polars as pl
import pytest

from registry.lookup.index import NAMES, build_index
from registry.resolution.link import judge_rows, link_rows, look_up_rows
from registry.resolution.near_by_processes import near_by_processes
from registry.resolution.sources import Sources
from registry.resolution.types import KNOWN, ROWS, VERDICTS

CODE, OTHER_CODE, STRANGE_CODE = "91110000600037341L", "91110108551385082Q", "91620102MA0000007Y"
FIRMS = (
    (1, "郑州恒达商贸有限公司", CODE, "410100"),
    (2, "许昌恒达商贸有限公司", OTHER_CODE, "411000"),
    (3, "郑州云岑霁新材料有限公司", None, "410100"),
    (4, "郑州云岑霁新材料有限公司许昌分公司", None, "411000"),
    (5, "瑾浔（郑州）软件有限公司", None, "410100"),
    (6, "郑州瑾浔软件有限公司", None, "410102"),
    (7, "郑州泓沐城东加油站", None, "410100"),
    (8, "郑州泓沐药房第二分店", None, "410100"),
    (9, "河洛工商银行股份有限公司郑州花园路支行", None, "410100"),
    # Enough others that the pairs of characters have something to tell.
    *(
        (100 + at, f"{place}{brand}{trade}有限公司", None, None)
        for at, (place, brand, trade) in enumerate(
            (place, brand, trade)
            for place in ("郑州", "许昌", "洛阳", "开封")
            for brand in ("鑫源", "宏图", "博远", "嘉和", "瑞丰", "天成")
            for trade in ("商贸", "科技", "物流", "建材")
        )
    ),
)
KNOWN_FIRMS = pl.DataFrame(
    [
        {
            "enterprise_id": number,
            "uscc": code,
            "place": place,
            "legal_representative": f"法{number}",
        }
        for number, _, code, place in FIRMS
    ],
    schema=KNOWN,
)


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Sources:
    folder = tmp_path_factory.mktemp("names") / "index"
    names = [(number, name, 0) for number, name, _, _ in FIRMS]
    build_index(pl.DataFrame(names, schema=NAMES, orient="row"), folder)
    return Sources(folder=folder)


def sheet(*rows: dict[str, str]) -> pl.DataFrame:
    return pl.DataFrame([{"row": at, **row} for at, row in enumerate(rows, 1)], schema=ROWS)


def verdict(sources: Sources, **row: str) -> tuple[str, int | None, str]:
    linked = link_rows(sheet(row), sources, KNOWN_FIRMS, processes=1)
    found: tuple[str, int | None, str] = linked.verdicts.select(
        "verdict", "enterprise_id", "by"
    ).row(0)
    return found


def test_a_known_code_decides_whatever_the_name(sources: Sources) -> None:
    assert verdict(sources, uscc=CODE, name="许昌恒达商贸有限公司") == ("auto", 1, "code")


def test_a_code_nobody_has_is_somebody_new_however_near_the_name(sources: Sources) -> None:
    found = verdict(sources, uscc=STRANGE_CODE, name="郑州恒达商贸有限公司")

    assert found == ("new", None, "code_unknown")


def test_a_code_nobody_has_may_be_that_of_a_namesake_without_one(sources: Sources) -> None:
    found = verdict(sources, uscc=STRANGE_CODE, name="郑州云岑霁新材料有限公司")

    assert found == ("review", None, "evidence")


@pytest.mark.parametrize(
    "name",
    [
        "郑州恒达商贸有限公司",
        "鄭州恆達商貿有限公司",
        " 郑州恒达商贸 有限公司",
        "恒达（郑州）商贸有限公司",
    ],
)
def test_another_writing_of_a_name_one_enterprise_alone_has_is_linked(
    sources: Sources, name: str
) -> None:
    assert verdict(sources, name=name) == ("auto", 1, "name")


def test_an_equal_name_that_everything_else_contradicts_is_asked_about(sources: Sources) -> None:
    beside = {"place": "620300", "legal_representative": "另一个"}

    assert verdict(sources, name="郑州恒达商贸有限公司", **beside)[0] == "review"


def test_a_name_two_bear_is_not_linked(sources: Sources) -> None:
    assert verdict(sources, name="郑州瑾浔软件有限公司")[0] == "review"


@pytest.mark.parametrize(
    "name",
    [
        "郑州泓沐城西加油站",
        "郑州泓沐药房第三分店",
        "河洛农业银行股份有限公司郑州花园路支行",
        "郑州云岑霁新材料有限公司洛阳分公司",
    ],
)
def test_siblings_are_never_linked(sources: Sources, name: str) -> None:
    assert verdict(sources, name=name)[0] != "auto"


def test_a_slip_in_a_name_is_linked_where_the_representative_agrees(sources: Sources) -> None:
    found = verdict(sources, name="郑州云岑霁新材科有限公司", legal_representative="法3")

    assert found == ("auto", 3, "evidence")


def test_what_nobody_is_near_to_is_new(sources: Sources) -> None:
    assert verdict(sources, name="兰州簌珩航天动力研究院") == ("new", None, "nothing_near")


def test_neither_code_nor_name_is_nobody_and_not_new(sources: Sources) -> None:
    assert verdict(sources, place="410100") == ("unnamed", None, "no_name")


def test_every_row_gets_one_verdict_and_the_asked_ones_candidates(sources: Sources) -> None:
    rows = sheet(
        {"uscc": CODE},
        {"name": "郑州瑾浔软件有限公司"},
        {"name": "郑州恒达商贸有限公司"},
        {"name": "！！"},
        {},
    )

    linked = link_rows(rows, sources, KNOWN_FIRMS, processes=1)

    assert linked.verdicts.schema == pl.Schema(VERDICTS)
    assert linked.verdicts["row"].to_list() == [1, 2, 3, 4, 5]
    assert linked.verdicts["verdict"].to_list() == ["auto", "review", "auto", "new", "unnamed"]
    asked = linked.candidates.filter(row=2).sort("rank")
    assert set(asked["enterprise_id"].head(2)) == {5, 6}
    assert linked.links().rows() == [(1, 1), (3, 1)]


def test_an_enterprise_that_counts_no_longer_is_nobody(sources: Sources) -> None:
    rows = sheet({"name": "郑州恒达商贸有限公司"}, {"name": "郑州云岑霁新材科有限公司"})
    looked = look_up_rows(rows, pl.DataFrame(schema={"uscc": pl.String, "enterprise_id": pl.Int64}), sources, 1)  # fmt: skip

    judged = judge_rows(rows, looked, KNOWN_FIRMS.filter(~pl.col("enterprise_id").is_in([1, 3])))

    assert not set(judged.candidates["enterprise_id"]) & {1, 3}
    assert judged.links().is_empty()


def test_a_merged_enterprise_is_whom_it_was_merged_into(sources: Sources) -> None:
    rows = sheet(
        {"name": "郑州恒达商贸有限公司"}, {"name": "郑州云岑霁新材科有限公司"}, {"uscc": CODE}
    )
    merged = pl.DataFrame({"subject_id": [1, 3], "enterprise_id": [2, 2]})
    coded = pl.DataFrame({"uscc": [CODE], "enterprise_id": [1]})

    looked = look_up_rows(rows, coded, sources, 1).standing_for(merged)
    judged = judge_rows(rows, looked, KNOWN_FIRMS)

    assert {(1, 2), (3, 2)} <= set(judged.links().rows())
    near = looked.near.pairs.filter(row=2).row(0, named=True)
    assert (near["enterprise_id"], near["name"]) == (2, "郑州云岑霁新材料有限公司")
    assert looked.near.matrix.shape[0] == looked.near.pairs.height


def test_names_newer_than_the_folder_are_found(sources: Sources) -> None:
    fresh = pl.DataFrame([(9_000, "郑州骊澹航空有限公司", 0)], schema=NAMES, orient="row")
    known = pl.concat([KNOWN_FIRMS, pl.DataFrame([{"enterprise_id": 9_000}], schema=KNOWN)])
    both = Sources(folder=sources.folder, newer=fresh)

    linked = link_rows(sheet({"name": "郑州骊澹航空有限公司"}), both, known, processes=1)
    alone = link_rows(sheet({"name": "郑州骊澹航空有限公司"}), Sources(folder=None, newer=fresh), known, 1)  # fmt: skip

    assert linked.links().rows() == alone.links().rows() == [(1, 9_000)]


def test_two_processes_find_what_one_finds(
    sources: Sources, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("registry.resolution.near_by_processes.WORTH_STARTING", 2)
    monkeypatch.setattr("registry.resolution.near_by_processes.AT_ONCE", 2)
    rows = pl.DataFrame({"row": [1, 2, 3], "name": [firm[1][1:] for firm in FIRMS[:3]]})

    one, two = (near_by_processes(rows, sources, processes) for processes in (1, 2))

    assert one.pairs.equals(two.pairs)
    assert (one.matrix == two.matrix).all()


def test_no_rows_are_no_verdicts(sources: Sources) -> None:
    linked = link_rows(pl.DataFrame(schema=ROWS), sources, KNOWN_FIRMS)

    assert linked.verdicts.is_empty()
    assert linked.candidates.is_empty()
