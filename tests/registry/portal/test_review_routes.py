"""The review queue as a visitor works through it: see what waits, decide, go on, take it back."""

import asyncio
import re
from datetime import timedelta

import polars as pl
import pytest
from litestar import Litestar
from litestar.testing import TestClient

from matching.catalogue.load_catalogue import shipped_catalogue
from matching.storage.database import engine
from registry.actions.judge_identity import Deciding, judge
from registry.actions.show_registrations import whom_it_is_now
from registry.identity.store import add_seen, standing_in
from registry.identity.types import EVIDENCE
from registry.resolution.link_stand_ins import link_stand_ins
from tests.registry.portal.sending import send
from tests.registry.portal.small_city import LANQI, NOW, QINGHE

Visitor = TestClient[Litestar]
SAID = {"reason": "电话核实", "by": "张三"}


async def _held() -> None:
    rows = pl.DataFrame(
        {
            "row": [1, 2],
            "name": ["两可科技", "无名科技"],
            **{key: [None, None] for key in EVIDENCE},
            "name_key": ["两可科技", "无名科技"],
        },
        {"row": pl.Int64, "name": pl.String, **dict.fromkeys(EVIDENCE, pl.String)},
    )
    stood = (await standing_in(rows, "tax", 1)).join(
        rows.select("row", "name", "name_key"), on="row"
    )
    bearers = pl.DataFrame(
        {"name_key": ["两可科技"] * 2, "enterprise_id": [LANQI, QINGHE], "name": ["甲", "乙"]}
    )
    none = pl.DataFrame(schema={"subject_id": pl.Int64, "enterprise_id": pl.Int64})
    linked = link_stand_ins(stood.drop("row"), bearers, none)
    await add_seen(linked.with_columns(import_id=pl.lit(1, dtype=pl.Int64)))


async def _kept() -> None:
    async with engine().transaction():
        await _held()


@pytest.fixture(scope="module")
def queue(client: Visitor) -> dict[str, str]:
    """Two names wait: one that two may bear, one that nobody bears. Gives the address of each case."""
    asyncio.run(_kept())
    page = client.get("/review").text
    return {name: where for where, name in re.findall(r'"(/review/-\d+)">([^<]+)</a>', page)}


def test_what_waits_is_shown_by_situation(client: Visitor, queue: dict[str, str]) -> None:
    assert set(queue) == {"两可科技", "无名科技"}
    shown = client.get("/review?situation=several_bearers").text
    assert "两可科技" in shown
    assert "无名科技" not in shown
    assert client.get("/review?situation=odd").status_code == 400
    assert client.get("/review/-99").status_code == 404
    assert client.get("/review/5").status_code == 404


def test_decided_it_goes_on_to_the_next_and_can_be_taken_back(
    client: Visitor, queue: dict[str, str]
) -> None:
    where = queue["两可科技"]
    page = client.get(where).text
    assert f'value="same:{LANQI}"' in page
    assert "名称相同" in page

    nobody = send(client, where, where, {**SAID, "choice": ""})
    assert nobody.status_code == 409
    assert "没有选择" in nobody.text
    assert 'value="电话核实"' in nobody.text
    onward = send(client, where, where, {**SAID, "choice": f"same:{LANQI}"})
    assert onward.url.path == queue["无名科技"]
    assert "上一条已记录" in onward.text
    assert f"编号 {LANQI} 的企业" in client.get(where).text
    assert "两可科技" not in client.get("/review").text
    back = send(client, where, where, {**SAID, "choice": "take_back"})
    assert back.url.path == where
    assert "两可科技" in client.get("/review").text


def test_without_a_token_nothing_is_decided(client: Visitor, queue: dict[str, str]) -> None:
    refused = client.post(queue["两可科技"], data={**SAID, "choice": f"same:{LANQI}"})

    assert refused.status_code == 403
    assert "两可科技" in client.get("/review").text


def test_another_enterprise_is_named_by_its_code_and_nobody_by_a_wrong_one(
    client: Visitor, queue: dict[str, str]
) -> None:
    where = queue["无名科技"]
    wrong = send(client, where, where, {**SAID, "choice": "other", "whom": "X"})
    assert wrong.status_code == 409
    assert "没有代码为" in wrong.text
    send(client, where, where, {**SAID, "choice": "other", "whom": str(QINGHE)})
    assert f"编号 {QINGHE} 的企业" in client.get(where).text


def test_merged_away_its_address_leads_to_whom_it_is_now_and_it_is_split_again(
    client: Visitor,
) -> None:
    asked = Deciding(subject_id=QINGHE, choice="same", enterprise_id=LANQI, now=NOW, **SAID)
    asyncio.run(judge(asked, NOW.date(), shipped_catalogue()))

    led = client.get(f"/enterprises/{QINGHE}", follow_redirects=False)
    assert led.status_code == 303
    assert led.headers["location"] == f"/enterprises/{LANQI}?merged={QINGHE}"
    assert f"编号 {QINGHE} 已认定" in client.get(led.headers["location"]).text
    assert "已认定" not in client.get(f"/enterprises/{LANQI}?merged={LANQI}").text
    ladder = client.get(f"/enterprises/{QINGHE}/ladder", follow_redirects=False)
    assert ladder.headers["location"] == f"/enterprises/{LANQI}/ladder"
    pages = [client.get(path).status_code for path in ("/pool", "/runs", "/", "/search?q=1")]
    assert pages == [200] * 4

    where = f"/enterprises/{LANQI}/registrations"
    page = client.get(where).text
    assert "认错了，拆开" in page
    assert client.get(f"/enterprises/{QINGHE}/registrations").url.path == where
    split = {"subject": str(QINGHE), **SAID}
    send(client, where, f"/enterprises/{LANQI}/split", split)
    later = NOW + timedelta(seconds=1)  # the clock of the tests stands still
    assert asyncio.run(whom_it_is_now(QINGHE, later)) is None
