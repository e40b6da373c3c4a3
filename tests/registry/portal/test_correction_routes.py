"""My record is wrong, as a visitor does it: from the datum to the form, the request, its effect and its answer."""

import re

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from tests.registry.portal.sending import send
from tests.registry.portal.small_city import LANQI, QINGHE

Visitor = TestClient[Litestar]
FORM = f"/enterprises/{LANQI}/correct"
REVENUE = f"{FORM}?column=annual_revenue@2025"
WISH = {
    "column": "annual_revenue@2025",
    "wanted": "3亿元",
    "reason": "审计报告第3页",
    "asked_by": "李会计",
    "contact": "",
}
PAPER = {"files": ("审计报告.pdf", b"%PDF-1.7 paper")}


def test_every_datum_leads_to_its_form(client: Visitor) -> None:
    page = client.get(f"/enterprises/{LANQI}").text

    links = set(re.findall(rf"href=.{LANQI}/correct\?column=([^\"]+)", page))
    assert {"annual_revenue%402025", "power_direct", "little_giant"} <= links
    for link in sorted(links):
        form = client.get(f"{FORM}?column={link}")
        assert form.status_code == 200, link
        assert "现在采用的是" in form.text


def test_what_is_not_on_the_page_is_chosen_from_a_list(client: Visitor) -> None:
    page = client.get(FORM).text

    links = re.findall(rf'"({FORM}\?column=[^"]+)"', page)
    assert any("dishonest" in link or "abnormal_operation" in link for link in links)
    assert len(links) > 60
    assert {client.get(link).status_code for link in links[::7]} == {200}


def test_asked_seen_with_its_effect_and_answered(client: Visitor) -> None:
    asked = send(client, REVENUE, FORM, WISH, PAPER)

    assert asked.status_code == 200
    where = asked.url.path
    assert re.fullmatch(r"/corrections/\d+", where)
    for said in ("2025年营业收入", "3亿元", "税务局", "审计报告.pdf", "采纳后会怎样", "待答复"):
        assert said in asked.text
    [paper] = re.findall(rf"{where}/evidence/[0-9a-f]+", asked.text)
    given = client.get(paper)
    assert given.content == PAPER["files"][1]
    assert given.headers["content-disposition"].startswith("attachment")

    answer = {"verdict": "accept", "reason": "与审计报告一致", "decided_by": "王科长"}
    answered = send(client, where, where, answer)
    assert "已采纳" in answered.text
    assert "与审计报告一致" in answered.text
    enterprise = client.get(f"/enterprises/{LANQI}", params={"known": ""}).text
    assert "更正申请第" in enterprise
    listed = client.get("/corrections", params={"department": "tax"}).text
    assert "已采纳" in listed


def test_a_list_is_corrected_too(client: Visitor) -> None:
    form = f"/enterprises/{QINGHE}/correct"
    shown = f"{form}?column=little_giant"
    fields = {
        "column": "little_giant",
        "on": "yes",
        "from_on": "2025-03-01",
        "document": "工信部公告2025年第1号",
        "reason": "公告附件第12页",
        "asked_by": "李会计",
    }
    asked = send(client, shown, form, fields)

    assert "在名录上 · 工信部公告2025年第1号 · 2025-03-01起" in asked.text
    where = asked.url.path
    answer = {"verdict": "reject", "reason": "公告中没有", "decided_by": "赵科长"}
    assert "未采纳" in send(client, where, where, answer).text


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"wanted": "很多"}, "不是数量"),
        ({"wanted": ""}, "没有写"),
        ({"reason": ""}, "理由"),
        ({"asked_by": " "}, "提出人"),
    ],
)
def test_what_cannot_be_taken_is_shown_again_with_what_was_written(
    client: Visitor, changed: dict[str, str], said: str
) -> None:
    answer = send(client, REVENUE, FORM, {**WISH, "reason": "因为<b>", **changed})

    assert answer.status_code == 422
    assert said in answer.text
    if "reason" not in changed:
        assert "因为&lt;b&gt;" in answer.text


def test_a_file_that_is_no_paper_is_refused(client: Visitor) -> None:
    answer = send(client, REVENUE, FORM, WISH, {"files": ("程序.exe", b"MZ")})

    assert answer.status_code == 422
    assert "不是可接受的文件" in answer.text


@pytest.mark.parametrize(
    "path",
    [
        f"{FORM}?column=shoe_size",
        f"{FORM}?column=annual_revenue",
        "/enterprises/999999/correct?column=place",
        "/corrections/999",
        "/corrections/99999999999999999999",
        "/corrections/1/evidence/00",
    ],
)
def test_what_is_not_there_is_said(client: Visitor, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_form_without_its_token_changes_nothing(client: Visitor) -> None:
    assert client.post(FORM, data=WISH).status_code == 403
    assert client.post("/corrections/1", data={"verdict": "accept"}).status_code == 403


def test_a_stranger_sees_none_of_it(stranger: Visitor) -> None:
    for path in (REVENUE, "/corrections", "/corrections/1"):
        assert stranger.get(path).status_code == 403
