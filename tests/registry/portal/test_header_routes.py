"""Headers that are only near: decided on in the preview, taken in with the sheet, and known the next time."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from registry.app import create_app
from tests.registry.imports.making import code, csv_file
from tests.registry.portal.sending import send
from tests.registry.portal.small_city import NOW, city_settings
from tests.registry.portal.test_import_routes import handed_in, taken_in

Visitor = TestClient[Litestar]
NEAR = ("税号", "纳税人名称", "2025年营业总收入（元）", "2025年营业收入（元）")


def near(year: int = 2025, on: str = "2026年9月30日", headers: Sequence[str] = NEAR) -> bytes:
    named = [header.replace("2025", str(year)) for header in headers]
    return csv_file([[f"截至{on}"], named, *([code(one), f"第{one}示例厂", 100 * one, 7][: len(named)] for one in (1, 2))])  # fmt: skip


@pytest.fixture
def visitor(tmp_path: Path) -> Iterator[Visitor]:
    """A visitor of a city of its own, for what changes it."""
    settings = city_settings(tmp_path)
    with TestClient(
        create_app(settings, clock=lambda: NOW, scheduled=False), raise_server_exceptions=False
    ) as opened:
        yield opened


def choices(page: str) -> dict[str, list[str]]:
    """What each header may be said to mean, the one offered first; by letter."""
    return {
        letter: re.findall(r'<option value="([^"]*)"', body)
        for letter, body in re.findall(
            r'<select id="meaning-([A-Z]+)".*?>(.*?)</select>', page, re.DOTALL
        )
    }


def decided(client: Visitor, address: str, meanings: dict[str, str], by: str = "李工") -> str:
    fields = {f"meaning-{letter}": meaning for letter, meaning in meanings.items()}
    shown = send(client, address, f"{address}/headers", {**fields, "by": by, "wish": "decide"})
    assert shown.status_code == 200, shown.text
    return shown.text


def test_a_sheet_refused_for_near_headers_is_taken_in_once_they_are_confirmed(
    visitor: Visitor,
) -> None:
    address = handed_in(visitor, near(headers=NEAR[:3]), "税.csv")
    first = visitor.get(address).text

    assert "现在还不能取用" in first
    assert 'name="token"' not in first
    offered = choices(first)
    assert [offered[letter][0] for letter in "AC"] == ["uscc", "fact/annual_revenue"]
    assert offered["C"][-2:] == ["ignore", ""]
    again = decided(visitor, address, {letter: said[0] for letter, said in offered.items()})
    assert "李工已确认" in again
    assert "“税号”是<b>统一社会信用代码</b>" in again
    taken_in(visitor, address)

    learned = visitor.get("/layouts/tax-returns").text
    assert "营业总收入" in learned
    assert "李工" in learned
    later = visitor.get(handed_in(visitor, near(2026, "2026年10月31日", NEAR[:3]), "税10.csv")).text
    assert "待确认的表头" not in later
    assert "全部取用" in taken_in(visitor, handed_in(visitor, near(2026, "2026年10月31日", NEAR[:3]), "税10.csv"))[1]  # fmt: skip


def test_nothing_is_learned_of_a_sheet_that_is_not_taken_in(visitor: Visitor) -> None:
    address = handed_in(visitor, near(headers=NEAR[:3]), "税.csv")
    decided(visitor, address, {"A": "uscc", "C": "fact/annual_revenue"})
    cleared = send(visitor, address, f"{address}/headers", {"wish": "clear"})

    assert "现在还不能取用" in cleared.text
    assert "已确认" not in cleared.text
    assert "营业总收入" not in visitor.get("/layouts/tax-returns").text


def test_another_meaning_than_the_suggested_one_can_be_chosen(visitor: Visitor) -> None:
    headers = ("纳税人识别号", "纳税人名称", "2025年营业总收入（元）")
    address = handed_in(visitor, near(headers=headers), "税.csv")
    page = visitor.get(address).text

    assert 'name="token"' in page  # what is known can be taken in all the same
    offered = choices(page)["C"]
    other = next(one for one in offered if one.startswith("fact/") and one != offered[0])
    decided(visitor, address, {"C": other})
    number, _ = taken_in(visitor, address)
    assert other.removeprefix("fact/") != "annual_revenue"
    assert number
    ignoring = handed_in(visitor, near(2024, "2026年9月30日", headers), "税24.csv")
    assert "待确认的表头" not in visitor.get(ignoring).text


def test_what_was_ignored_is_not_asked_again(visitor: Visitor) -> None:
    headers = ("纳税人识别号", "纳税人名称", "2025年营业总收入（元）", "2025年营业收入（元）")
    address = handed_in(visitor, near(headers=headers), "税.csv")
    offered = choices(visitor.get(address).text)
    assert "C" in offered
    decided(visitor, address, {"C": "ignore"})
    taken_in(visitor, address)

    later = handed_in(visitor, near(2026, "2026年10月31日", headers), "税10.csv")
    assert "待确认的表头" not in visitor.get(later).text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"meaning-C": "fact/annual_revenue", "by": " "}, "没有写是谁决定的"),
        ({"meaning-C": "fact/nothing_such", "by": "李工"}, "没有指标“nothing_such”"),
        ({"meaning-C": "", "by": "李工"}, "没有确认任何一个表头"),
    ],
)
def test_what_cannot_be_decided_is_told_and_changes_nothing(
    visitor: Visitor, fields: dict[str, str], said: str
) -> None:
    address = handed_in(visitor, near(headers=NEAR[:3]), "税.csv")
    shown = send(visitor, address, f"{address}/headers", {**fields, "wish": "decide"})

    assert shown.status_code == 422
    assert said in shown.text
    assert "已确认" not in visitor.get(address).text


def test_two_columns_of_one_header_mean_the_same(visitor: Visitor) -> None:
    headers = ("纳税人识别号", "纳税人名称", "2025年营业总收入（元）", "2024年营业总收入（元）")
    address = handed_in(visitor, near(headers=headers), "税.csv")
    fields = {"meaning-C": "fact/annual_revenue", "meaning-D": "ignore", "by": "李工"}
    shown = send(visitor, address, f"{address}/headers", {**fields, "wish": "decide"})

    assert shown.status_code == 422
    assert "选了不同的含义" in shown.text


def test_a_file_that_is_not_there_has_no_headers(visitor: Visitor) -> None:
    address = handed_in(visitor, near(headers=NEAR[:3]), "税.csv")
    gone = f"/imports/new/{'0' * 64}/headers"

    assert send(visitor, address, gone, {"wish": "decide", "by": "x"}).status_code == 404
    assert send(visitor, address, f"{address}/headers", {"wish": "x"}).status_code == 400
