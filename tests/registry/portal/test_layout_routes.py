"""Layouts in the console: listed, shown, as templates, and set up from a sheet, as a visitor does it."""

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from matching.catalogue.load_vocabulary import shipped_vocabulary
from registry.app import create_app
from registry.imports.load_layouts import load_layouts
from registry.imports.read_file import read_file
from registry.imports.understand import understand
from tests.registry.imports.making import Row, code, csv_file
from tests.registry.portal.sending import send
from tests.registry.portal.small_city import NOW, city_settings

Visitor = TestClient[Litestar]
WORDS = shipped_vocabulary()
SHEET: list[Row] = [
    ["高企收入情况（截至2026年9月30日）", "单位：万元"],
    ["统一信用代码", "单位", "2025年高新技术产品收入", "2025年研发人员（人）", "备注"],
    [code(3), "某某机械有限公司", "1200.5", "20", "已核"],
]
FILE = {"file": ("高企收入情况.csv", csv_file(SHEET))}


def texts(page: str) -> str:
    """The layout file in the page's text area."""
    found = re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)
    assert found is not None
    return html.unescape(found[1])


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None
    return html.unescape(found[1])


def selected(page: str) -> dict[str, str]:
    """The meaning each header is proposed to have, by letter."""
    return {
        letter: next(re.finditer(r'value="([^"]*)" selected', body))[1]
        for letter, body in re.findall(
            r'<select id="meaning-([A-Z]+)".*?>(.*?)</select>', page, re.DOTALL
        )
    }


@pytest.fixture
def visitor(tmp_path: Path) -> Iterator[Visitor]:
    """A visitor of a city of its own, for what changes it."""
    settings = city_settings(tmp_path)
    with TestClient(
        create_app(settings, clock=lambda: NOW, scheduled=False), raise_server_exceptions=False
    ) as opened:
        yield opened


def test_every_layout_is_listed_and_shown_with_its_columns_and_samples(visitor: Visitor) -> None:
    page = visitor.get("/layouts").text

    for layout in load_layouts(WORDS):
        assert f'href="/layouts/{layout.name}"' in page
        shown = visitor.get(f"/layouts/{layout.name}")
        assert shown.status_code == 200
        assert layout.label in shown.text
        assert "必备" in shown.text
        assert f"样例 {len(layout.samples)}" in shown.text


def test_a_template_is_downloaded_and_recognised(visitor: Visitor) -> None:
    given = visitor.get("/layouts/tax-returns/template.xlsx")

    assert "attachment" in given.headers["content-disposition"]
    found = understand(read_file("空表.xlsx", given.content), load_layouts(WORDS), WORDS, None)
    assert found.bound.layout.name == "tax-returns"


def test_a_sheet_is_set_up_as_a_layout_column_by_column(visitor: Visitor) -> None:
    chosen = send(visitor, "/layouts/new", "/layouts/new", {"department": "science"}, FILE)
    assert chosen.status_code == 200
    assert selected(chosen.text) == {
        "A": "uscc",
        "B": "name",
        "C": "fact/high_tech_income",
        "D": "fact/rd_staff",
        "E": "ignore",
    }

    fields = {
        "head": hidden(chosen.text, "head"),
        "department": "science",
        "name": "science-income",
        "label": "科技局收入表",
        "required-A": "yes",
        "required-C": "yes",
        "one_row_each": "yes",
        **{f"meaning-{letter}": meaning for letter, meaning in selected(chosen.text).items()},
        "meaning-D": "ignore",
    }
    written = send(visitor, "/layouts/new", "/layouts/text", fields)
    assert "检查通过，2 行样例" in written.text
    text = texts(written.text)
    assert "high_tech_income" in text
    assert "rd_staff" not in text  # a person chose so
    assert "某某机械" not in text

    nobody = send(visitor, "/layouts/new", "/layouts", {"text": text, "by": "", "wish": "learn"})
    assert (nobody.status_code, "谁决定的" in nobody.text) == (422, True)
    assert texts(nobody.text) == text
    kept = send(visitor, "/layouts/new", "/layouts", {"text": text, "by": "某科", "wish": "learn"})
    assert kept.url.path == "/layouts/science-income"
    assert "某科于" in kept.text

    again = send(visitor, "/layouts/new", "/layouts/new", {"department": "science"}, FILE)
    assert "这张表已经认得，版式是“科技局收入表”" in again.text
    gone = send(visitor, kept.url.path, kept.url.path, {"wish": "withdraw", "by": "某科"})
    assert gone.url.path == "/layouts"
    assert "science-income" not in gone.text


def test_what_is_wrong_with_a_layout_file_is_told_and_nothing_is_kept(visitor: Visitor) -> None:
    text = "name: mine\ndepartment: nowhere\nlabel: 表\ncolumns: []\n"
    told = send(visitor, "/layouts/new", "/layouts", {"text": text, "by": "某科", "wish": "learn"})

    assert told.status_code == 422
    assert "没有部门“nowhere”" in told.text
    assert "没有必备列" in told.text
    assert 'href="/layouts/mine"' not in visitor.get("/layouts").text


def test_a_header_without_its_year_is_warned_of(visitor: Visitor) -> None:
    rows: list[Row] = [SHEET[0], ["统一信用代码", "高新技术产品收入"], [code(3), "5"]]
    file = {"file": ("表.csv", csv_file(rows))}
    chosen = send(visitor, "/layouts/new", "/layouts/new", {"department": "science"}, file)
    fields = {
        "head": hidden(chosen.text, "head"),
        "department": "science",
        "name": "science-bare",
        "label": "表",
        "required-A": "yes",
        "meaning-B": "fact/high_tech_income",
    }
    written = send(visitor, "/layouts/new", "/layouts/text", fields)

    assert "“高新技术产品收入”要写明年份" in written.text


def test_a_header_is_taught_and_forgotten_on_the_page_of_a_layout(visitor: Visitor) -> None:
    path = "/layouts/tax-returns"
    wish = {"wish": "teach", "header": "2025年营业总收入（元）", "meaning": "fact/annual_revenue"}
    assert send(visitor, path, path, {**wish, "by": ""}).status_code == 422
    taught = send(visitor, path, path, {**wish, "by": "某科"})
    assert "营业总收入" in taught.text
    assert "某科" in taught.text

    wrong = send(visitor, path, path, {**wish, "meaning": "fact/nothing", "by": "某科"})
    assert (wrong.status_code, "没有指标“nothing”" in wrong.text) == (422, True)
    forgotten = {"wish": "forget", "header": "营业总收入", "by": "某科"}
    assert "还没有学过" in send(visitor, path, path, forgotten).text


def test_a_sheet_near_a_layout_is_recognised_once_its_headers_are_confirmed(
    visitor: Visitor,
) -> None:
    rows: list[Row] = [
        ["截至2026年9月30日"],
        ["税号", "纳税人全称", "2025年营业总收入（元）", "2025年净利润总额（元）"],
        [code(3), "某某机械有限公司", "5", "6"],
    ]
    file = {"file": ("税务.csv", csv_file(rows))}
    shown = send(visitor, "/layouts/new", "/layouts/new", {"department": "tax"}, file).text
    assert "也许就是“税务局纳税与研发加计扣除”" in shown
    ticked = [html.unescape(one) for one in re.findall(r'name="header" value="([^"]*)"', shown)]
    assert ticked[2:] == ["营业总收入=fact/annual_revenue", "净利润总额=fact/net_profit"]

    where = "/layouts/tax-returns/headers"
    assert send(visitor, "/layouts/new", where, {"header": ticked, "by": ""}).status_code == 422
    send(visitor, "/layouts/new", where, {"header": ticked[:1], "by": "某科"})
    kept = send(visitor, "/layouts/new", where, {"header": ticked[1:3], "by": "某科"})
    assert kept.url.path == "/layouts/tax-returns"
    assert "营业总收入" in kept.text
    assert "净利润总额" not in kept.text  # it was not ticked
    again = send(visitor, "/layouts/new", "/layouts/new", {"department": "tax"}, file).text
    assert "这张表已经认得" in again


@pytest.mark.parametrize(
    ("fields", "files", "said"),
    [
        ({"department": ""}, FILE, "哪个部门"),
        ({"department": "science"}, {"file": ("", b"")}, "请选择一张表"),
        ({"department": "science"}, {"file": ("表.csv", b"x")}, "至少要有两列"),
        ({"department": "science"}, {"file": ("表.xlsx", b"PK\x03\x04broken")}, "打不开"),
    ],
)
def test_a_sheet_that_cannot_be_read_is_told_on_the_form(
    visitor: Visitor, fields: dict[str, str], files: dict[str, tuple[str, bytes]], said: str
) -> None:
    told = send(visitor, "/layouts/new", "/layouts/new", fields, files)

    assert told.status_code == 422
    assert said in told.text


@pytest.mark.parametrize(
    "head", ["", "{}", "[]", '{"file_name":"x","sheet":"","first":9,"last":9,"rows":[]}']
)
def test_a_head_that_was_tampered_with_is_refused_in_words(visitor: Visitor, head: str) -> None:
    told = send(visitor, "/layouts/new", "/layouts/text", {"head": head, "department": "science"})

    assert told.status_code == 400
    assert "重新上传" in told.text


def test_layouts_are_for_the_demonstration_only(stranger: Visitor) -> None:
    assert stranger.get("/layouts").status_code == 403
    assert 'href="/layouts"' not in stranger.get("/items").text


def test_there_is_no_such_layout(visitor: Visitor) -> None:
    assert "没有这个版式" in visitor.get("/layouts/nothing").text
    assert visitor.get("/layouts/nothing/template.xlsx").status_code == 404
