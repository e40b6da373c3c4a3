"""Sheets of evidence items: persons and loans go in under pseudonyms, and nothing of their numbers stays."""

from datetime import date

import msgspec
import pytest
from stdnum.cn import ric

from matching.catalogue.load_vocabulary import shipped_vocabulary
from matching.language.vocabulary import Fact, Ledger
from registry.imports.errors import SheetRefused
from registry.imports.layout import USES as WHOLE
from registry.imports.layout import Column, Layout
from registry.imports.pseudonyms import Pseudonyms
from registry.imports.take_in import GivenFile, sheet_in
from registry.imports.types import CleanSheet
from tests.registry.imports.making import TITLE, Row, code, refused_at, workbook

SHIPPED = shipped_vocabulary()


def ledger_fact(key: str, kind: str, ledger: Ledger) -> Fact:
    return msgspec.convert(
        {"key": key, "label": key, "kind": kind, "unit": "人" if kind == "number" else "",
         "department": "labour", "ask": key, "ledger": ledger},
        Fact,
    )  # fmt: skip


WORDS = msgspec.structs.replace(
    SHIPPED,
    facts={
        **SHIPPED.facts,
        "young_people": ledger_fact("young_people", "number", "person"),
        "sound_loans": ledger_fact("sound_loans", "money", "loan"),
    },
)
KEYS = (
    Column(role="uscc", headers=("代码",)),
    Column(role="name", headers=("企业名称",), required=True),
    Column(role="item", headers=("证件号",), required=True),
)
PERSONS = Layout(
    name="persons", department="labour", label="人", columns=KEYS,
    claims="young_people", covers=("young_people",),
)  # fmt: skip
LOANS = Layout(
    name="loans", department="bank", label="贷款", claims="sound_loans",
    columns=(*KEYS, Column(role="amount", headers=("本金",), required=True)),
)  # fmt: skip
USES = Layout(
    name="uses", department="finance", label="已用", uses=True, covers=(WHOLE,),
    columns=(
        *KEYS,
        Column(role="ledger", headers=("凭证类别",), required=True),
        Column(role="family", headers=("政策",), required=True),
        Column(role="paid_on", headers=("发放日期",)),
    ),
)  # fmt: skip
NAMES = Pseudonyms(b"s" * 32)


def person(number: int) -> str:
    start = f"4101051999{number % 9 + 1:02d}15{number:03d}"
    return start + ric.calc_check_digit(start + "0")  # it leaves the last sign aside


def taken(layout: Layout, headers: Row, *rows: Row, names: Pseudonyms | None = NAMES) -> CleanSheet:
    given = GivenFile(
        name="表.xlsx",
        data=workbook([["名单" + TITLE], headers, *rows]),
        observed_on=None,
        received_on=date(2026, 10, 31),
    )
    return sheet_in(given, (layout,), WORDS, names)


def persons(*rows: Row) -> CleanSheet:
    return taken(PERSONS, ["代码", "企业名称", "证件号"], *rows)


def test_a_person_is_claimed_under_a_pseudonym() -> None:
    sheet = persons([code(1), "甲厂", person(1)], [code(2), "乙厂", person(1).lower() + " "])

    claims = sheet.claims.rows(named=True)
    assert [claim["fact"] for claim in claims] == ["young_people"] * 2
    assert claims[0]["key"] == claims[1]["key"] == NAMES.of("person", person(1))
    assert sheet.covered == ("young_people",)


def test_the_number_of_a_person_stays_nowhere() -> None:
    wrong = person(2)[:-1] + ("1" if person(2)[-1] != "1" else "2")
    sheet = persons([code(1), "甲厂", person(1)], [code(2), "乙厂", wrong])

    kept = msgspec.json.encode([sheet.refused, sheet.cells.to_dicts(), sheet.claims.to_dicts()])
    assert person(1) not in kept.decode()
    assert wrong not in kept.decode()
    assert f"…{person(1)[-4:]}" in kept.decode()


def test_a_number_that_is_no_identity_is_refused_with_its_cell() -> None:
    sheet = persons([code(1), "甲厂", person(1)], [code(2), "乙厂", "410105199901159999"])

    assert "身份证号" in refused_at(sheet)["C4"]
    assert sheet.claims.height == 1
    assert sheet.rows["name"].to_list() == ["甲厂"]


def test_a_row_without_a_number_claims_nothing() -> None:
    sheet = persons([code(1), "甲厂", None], [code(2), "乙厂", person(1)])

    assert "没有写凭证编号" in refused_at(sheet)["C3"]
    assert sheet.claims.height == 1


def test_a_loan_brings_its_principal_in_the_unit_of_the_header() -> None:
    rows = (["甲厂", "HT-2026-001", 500], ["甲厂", "HT-2026-002", None], ["乙厂", "1", 3])
    sheet = taken(LOANS, ["企业名称", "证件号", "本金（万元）"], *rows)

    assert sheet.claims["amount_cents"].to_list() == [500_000_000, None]
    assert "编号不足" in refused_at(sheet)["B5"]


def test_a_used_item_is_no_award_and_stands_though_the_firm_is_not_known() -> None:
    headers = ["代码", "企业名称", "凭证类别", "证件号", "政策", "发放日期"]
    rows = (
        [code(1), "甲厂", "人员", person(1), "P33", "2025-06-30"],
        [None, None, "人员", person(2), "P33", None],
        [code(1), "甲厂", "贷款", person(1), "P34", None],
        [code(1), "甲厂", "房子", person(3), "P34", None],
    )
    sheet = taken(USES, headers, *rows)

    assert sheet.awards.is_empty()
    assert sheet.uses["ledger"].to_list() == ["person", "person", "loan"]
    assert sheet.uses["family"].to_list() == ["P33", "P33", "P34"]
    assert sheet.uses["used_on"].to_list() == [date(2025, 6, 30), None, None]
    assert sheet.uses["key"].n_unique() == 3
    assert sheet.covered == ("uses",)
    assert "凭证类别" in refused_at(sheet)["C6"]


def test_without_a_secret_the_sheet_is_refused_whole() -> None:
    with pytest.raises(SheetRefused, match="假名密钥"):
        taken(PERSONS, ["企业名称", "证件号"], ["甲厂", person(1)], names=None)
