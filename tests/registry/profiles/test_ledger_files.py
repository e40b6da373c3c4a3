"""Ledgers from files: the whole ledger as of the day, or every row that cannot be taken."""

from datetime import date
from pathlib import Path

import msgspec
import polars as pl
import pytest

from matching.catalogue.load_vocabulary import shipped_vocabulary
from matching.engine.population import Population
from registry.profiles.ledger_files import LedgerFiles, read_profiles, with_ledgers
from registry.profiles.table_files import ProfilesRefused

DAY = date(2026, 9, 30)
SHIPPED = shipped_vocabulary()
HIRED = "hired"
WORDS = msgspec.structs.replace(
    SHIPPED,
    facts=SHIPPED.facts
    | {
        HIRED: msgspec.structs.replace(
            SHIPPED.facts["registered_capital"], key=HIRED, ledger="person"
        )
    },
)
TWO = Population(frame=pl.DataFrame({"enterprise_id": [1, 2]}))


def ledgers(folder: Path, **texts: str) -> Population:
    files = {name: folder / f"{name}.csv" for name in texts}
    for name, text in texts.items():
        files[name].write_text(text, encoding="utf-8")
    return with_ledgers(TWO, LedgerFiles(**files), WORDS, DAY)


def test_a_given_ledger_is_whole_as_of_the_day(tmp_path: Path) -> None:
    found = ledgers(
        tmp_path,
        relations="enterprise_id,other_id,role\n1,77,parent\n2, 1 ,member\n",
        evidence=f"enterprise_id,fact,key,amount_cents\n1,{HIRED},甲,500\n2,{HIRED},乙,\n",
        uses="ledger,key,family\nperson,甲,P12\n",
    )

    assert found.relations.rows() == [(1, 77, "parent"), (2, 1, "member")]
    assert found.evidence.rows() == [(1, HIRED, "甲", 500), (2, HIRED, "乙", None)]
    assert found.uses.rows() == [("person", "甲", "P12")]
    assert found.coverage == {"relations": DAY, HIRED: DAY, "uses": DAY}


def test_what_is_not_given_stays_unknown(tmp_path: Path) -> None:
    assert with_ledgers(TWO, LedgerFiles(), WORDS, DAY) == TWO
    assert ledgers(tmp_path, uses="ledger,key,family\n").coverage == {"uses": DAY}


def test_amounts_may_be_left_out_altogether(tmp_path: Path) -> None:
    found = ledgers(tmp_path, evidence=f"enterprise_id,fact,key\n1,{HIRED},甲\n")

    assert found.evidence.rows() == [(1, HIRED, "甲", None)]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("relations", "enterprise_id,role\n1,parent\n", ["other_id：没有这一列"]),
        ("relations", "enterprise_id,other_id,role,x\n1,2,parent,3\n", ["x：不认识的列"]),
        ("relations", "enterprise_id,other_id,role\n1,2,boss\n3,2,parent\n,2,member\n一,2,member\n",
         ["第1行 role：“boss”不可用；可用：parent、member", "第2行 enterprise_id：画像表里没有第3行",
          "第3行 enterprise_id：空白", "第4行 enterprise_id：“一”不是整数"]),
        ("evidence", "enterprise_id,fact,key,amount_cents\n1,shoes,甲,1.5\n1,hired,,2\n",
         ["第1行 fact：“shoes”不可用；可用：", "第1行 amount_cents：“1.5”不是整数", "第2行 key：空白"]),
        ("uses", "ledger,key,family\nhouse,甲,P1\nloan,乙,\n",
         ["第1行 ledger：“house”不可用；可用：person、loan", "第2行 family：空白"]),
    ],
)  # fmt: skip
def test_every_bad_row_is_told_with_its_column_and_nothing_is_taken(
    name: str, text: str, said: list[str], tmp_path: Path
) -> None:
    with pytest.raises(ProfilesRefused) as refused:
        ledgers(tmp_path, **{name: text})

    assert all(problem in str(refused.value) for problem in said)
    assert str(refused.value).count("\n") == len(said) - 1


def test_very_many_bad_rows_are_counted(tmp_path: Path) -> None:
    with pytest.raises(ProfilesRefused, match="…… 另有 10 处"):
        ledgers(tmp_path, uses="ledger,key,family\n" + "house,甲,P1\n" * 60)


def test_a_typed_file_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "relations.parquet"
    pl.DataFrame({"enterprise_id": [1], "other_id": [2], "role": ["member"]}).write_parquet(path)

    found = with_ledgers(TWO, LedgerFiles(relations=path), WORDS, DAY)
    assert found.relations.rows() == [(1, 2, "member")]


def test_rows_are_those_of_the_profile_table(tmp_path: Path) -> None:
    profiles, relations = tmp_path / "profiles.csv", tmp_path / "relations.csv"
    profiles.write_text("企业名称,place\n甲,郑州市\n乙,郑州市\n", encoding="utf-8")
    relations.write_text("enterprise_id,other_id,role\n2,1,parent\n", encoding="utf-8")

    read = read_profiles(profiles, WORDS, LedgerFiles(relations=relations), DAY)
    assert read.names[read.population.relations["enterprise_id"][0] - 1] == "乙"
