"""A sheet from the browser: handed in, looked at, taken in, sent back, taken back."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
import openpyxl
import pytest
from litestar import Litestar
from litestar.testing import TestClient

from registry.app import create_app
from tests.registry.actions.desk import registered, registration, returns
from tests.registry.imports.making import code
from tests.registry.portal.sending import send
from tests.registry.portal.small_city import LANQI, NOW, city_settings

Visitor = TestClient[Litestar]


def handed_in(client: Visitor, data: bytes, name: str = "表.xlsx", **fields: str) -> str:
    """The address of the preview of a file."""
    shown = send(client, "/imports/new", "/imports/new", fields, {"file": (name, data)})
    assert shown.status_code == 200
    return str(shown.url.path)


def token_on(text: str) -> str:
    found = re.search(r'name="token" value="([^"]+)"', text)
    assert found is not None
    return found[1]


def taken_in(client: Visitor, address: str, **fields: str) -> tuple[int, str]:
    """The number and page of the import a preview is confirmed into."""
    shown = send(client, address, address, {"token": token_on(client.get(address).text), **fields})
    assert shown.status_code == 200, shown.text
    return int(shown.url.path.rpartition("/")[2]), shown.text


def sheet(*names: str, number: int, **said: object) -> bytes:
    return registration(
        *(registered(number + at, name, **said) for at, name in enumerate(names)),
        on="2026年10月31日",
    )


def test_a_sheet_is_looked_at_taken_in_and_taken_back(client: Visitor, city: Path) -> None:
    address = handed_in(client, sheet("甲示例厂", "乙示例厂", number=11))
    text = client.get(address).text

    assert "还没有写入任何内容" in text
    assert "新建企业" in text
    assert "91410105MA0000011" not in client.get("/search?q=甲示例厂").text
    assert "没有这一类" in client.get(f"{address}?kind=conflict").text
    assert client.get(f"{address}?kind=x").status_code == 400
    number, shown = taken_in(client, address)
    assert "指标值" in shown
    assert client.get(address).status_code == 404  # taken in: the file is kept no longer
    assert list((city / "uploads").iterdir()) == []
    assert f"/imports/{number}" in client.get("/imports").text

    effect = client.get(f"/imports/{number}/undo")
    assert "不再在库" in effect.text
    nobody = send(
        client, f"/imports/{number}/undo", f"/imports/{number}/undo", {"by": " ", "reason": ""}
    )
    assert nobody.status_code == 400
    done = send(
        client,
        f"/imports/{number}/undo",
        f"/imports/{number}/undo",
        {"by": "王工", "reason": "发错了"},
    )
    assert "由王工撤销：发错了" in done.text
    assert client.get(f"/imports/{number}/undo").status_code == 404


def test_a_changed_cell_shows_both_values_and_where_the_old_one_is_from(client: Visitor) -> None:
    first = handed_in(client, returns([code(21), "丙示例厂", "1000"]), "税.csv")
    taken_in(client, first)
    again = handed_in(
        client, returns([code(21), "丙示例厂", "2000"], on="2026年10月31日"), "税10.csv"
    )
    text = client.get(f"{again}?kind=changed").text

    for said in ("C3", "1,000元", "2,000元", "税务局（截至2026-09-30，税.csv）", "丙示例厂"):
        assert said in text


def test_a_preview_that_is_out_of_date_is_made_anew(client: Visitor) -> None:
    address = handed_in(client, sheet("丁示例厂", number=31))
    token = token_on(client.get(address).text)
    taken_in(client, handed_in(client, sheet("戊示例厂", number=41)))
    late = send(client, address, address, {"token": token})

    assert late.status_code == 409
    assert "下面是新的预览" in late.text
    assert token_on(late.text) != token
    taken_in(client, address)


def test_refused_rows_are_downloaded_corrected_and_sent_again(client: Visitor) -> None:
    number, shown = taken_in(
        client, handed_in(client, sheet("己示例厂", number=51, 登记状态="奇怪"))
    )
    assert "奇怪" in shown
    download = client.get(f"/imports/{number}/refused")
    book = openpyxl.load_workbook(io.BytesIO(download.content))
    book.worksheets[1]["C4"] = "存续"
    saved = io.BytesIO()
    book.save(saved)
    _, text = taken_in(client, handed_in(client, saved.getvalue(), "退回.xlsx"))

    assert "全部取用" in text
    assert (
        download.headers["content-disposition"] == f'attachment; filename="refused-{number}.xlsx"'
    )
    assert client.get("/imports/99999/refused").status_code == 404


def test_what_is_no_sheet_is_told_so(client: Visitor) -> None:
    text = client.get(handed_in(client, b"\x00\x01", "图.png")).text

    assert "整个文件不能取用" in text
    assert "重新上传" in text


def test_what_was_taken_in_before_leads_there(client: Visitor) -> None:
    data = sheet("庚示例厂", number=61)
    number, _ = taken_in(client, handed_in(client, data))

    assert f"/imports/{number}" in client.get(handed_in(client, data)).text


def test_what_moves_too_far_asks_for_a_word(client: Visitor) -> None:
    rows = [[code(100 + one), f"第{one}示例厂", 1000 * one] for one in range(30)]
    more = [[*row[:2], row[2] * 10_000] for row in rows]
    taken_in(client, handed_in(client, returns(*rows), "税.csv"))
    address = handed_in(client, returns(*more, on="2026年10月31日"), "税10.csv")

    assert "相差过大" in client.get(address).text
    kept_back = send(client, address, address, {"token": token_on(client.get(address).text)})
    assert kept_back.status_code == 409
    taken_in(client, address, confirmed="yes")


def test_a_form_without_its_token_changes_nothing(client: Visitor) -> None:
    assert client.post("/imports/3/undo", data={"by": "x", "reason": "y"}).status_code == 403


@pytest.mark.parametrize("path", ["/imports", "/imports/new", "/imports/1", "/imports/1/undo"])
def test_imports_are_for_the_demonstration_only(stranger: Visitor, path: str) -> None:
    assert stranger.get(path).status_code == 403
    assert 'href="/imports"' not in stranger.get("/items").text


def test_an_old_import_is_shown_without_counts(client: Visitor) -> None:
    text = client.get("/imports/1").text

    assert "没有记下写入了多少" in text
    assert client.get("/imports/0").status_code == 404
    assert client.get(f"/enterprises/{LANQI}").status_code == 200


@pytest.fixture
def narrow(city: Path) -> Iterator[Visitor]:
    """A visitor of a service that takes small files only."""
    settings = msgspec.structs.replace(city_settings(city), largest_upload=1000)
    app = create_app(settings, clock=lambda: NOW, scheduled=False)
    with TestClient(app, raise_server_exceptions=False) as visitor:
        yield visitor


def test_a_file_that_is_too_large_is_not_taken(narrow: Visitor, city: Path) -> None:
    shown = send(narrow, "/imports/new", "/imports/new", {}, {"file": ("大.csv", b"x" * 2000)})

    assert shown.status_code == 413
    assert "没有收下" in shown.text
    assert "REGISTRY_LARGEST_UPLOAD" in shown.text
    assert not list((city / "uploads").glob("*.part"))


@pytest.mark.parametrize("path", ["/imports/new", "/layouts/new"])
def test_what_is_much_too_large_is_refused_in_words_before_it_is_read(
    narrow: Visitor, path: str
) -> None:
    shown = send(narrow, path, path, {}, {"file": ("大.csv", b"x" * 2_000_000)})

    assert shown.status_code == 413
    assert "送来的内容太大" in shown.text
    assert "REGISTRY_LARGEST_UPLOAD" in shown.text


def test_a_sheet_a_layout_is_set_up_by_may_be_no_larger(narrow: Visitor) -> None:
    file = {"file": ("大.csv", b"x" * 2000)}
    shown = send(narrow, "/layouts/new", "/layouts/new", {"department": "tax"}, file)

    assert shown.status_code == 413
    assert "REGISTRY_LARGEST_UPLOAD" in shown.text
