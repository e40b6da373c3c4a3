"""What was learned is kept on two time axes: added, never changed, withdrawn by a later row."""

from datetime import UTC, datetime

import pytest

from matching.catalogue.load_vocabulary import shipped_vocabulary
from matching.storage.database import Database
from registry.imports.learned import (
    LearnedLayout,
    add_learned_headers,
    add_learned_layout,
    known_layouts,
    learned_headers,
)
from registry.imports.load_layouts import load_layouts
from registry.imports.teach import LearnedHeader

pytestmark = pytest.mark.anyio
WORDS = shipped_vocabulary()
SCIENCE = """\
name: science-income
department: science
label: 科技局高企收入表
columns:
  - {is: uscc, headers: [单位代码], required: true}
  - {fact: high_tech_income, required: true}
"""


def at(month: int) -> datetime:
    return datetime(2026, month, 1, 2, 0, tzinfo=UTC)


def header(meaning: str | None, month: int, text: str = "营业总收入") -> LearnedHeader:
    return LearnedHeader(
        department="tax",
        layout="tax-returns",
        header=text,
        meaning=meaning,
        decided_by="某科",
        recorded_at=at(month),
    )


def layout(text: str | None, month: int, name: str = "science-income") -> LearnedLayout:
    return LearnedLayout(
        department="science", name=name, text=text, decided_by="某科", recorded_at=at(month)
    )


async def test_the_newest_decision_known_at_a_moment_counts(db: Database) -> None:  # noqa: ARG001
    await add_learned_headers([header("ignore", 3), header("ignore", 3, "专管员")])
    await add_learned_headers([header("fact/annual_revenue", 5)])
    await add_learned_headers([header(None, 8)])

    async def known(month: int) -> dict[str, str | None]:
        return {one.header: one.meaning for one in await learned_headers(at(month))}

    assert await known(2) == {}
    assert await known(3) == {"营业总收入": "ignore", "专管员": "ignore"}
    assert await known(6) == {"营业总收入": "fact/annual_revenue", "专管员": "ignore"}
    assert await known(9) == {"专管员": "ignore"}


async def test_what_was_learned_is_recognised_next_time(db: Database) -> None:  # noqa: ARG001
    await add_learned_headers([header("fact/annual_revenue", 5)])
    await add_learned_layout(layout(SCIENCE, 5))

    before, after = await known_layouts(WORDS, at(4)), await known_layouts(WORDS, at(6))
    assert before.layouts == load_layouts(WORDS)
    tax = {one.name: one for one in after.layouts}["tax-returns"]
    assert any("营业总收入" in column.headers for column in tax.columns)
    assert after.layouts[-1].name == "science-income"
    assert [one.name for one in after.own] == ["science-income"]


async def test_a_layout_that_is_withdrawn_is_gone_and_was_there_before(db: Database) -> None:  # noqa: ARG001
    await add_learned_layout(layout(SCIENCE, 5))
    await add_learned_layout(layout(None, 7))

    assert [one.name for one in (await known_layouts(WORDS, at(6))).own] == ["science-income"]
    assert (await known_layouts(WORDS, at(8))).own == ()


async def test_a_broken_layout_stops_no_other_and_none_replaces_a_shipped_one(
    db: Database,  # noqa: ARG001
) -> None:
    await add_learned_layout(layout("name: broken", 5, "broken"))
    await add_learned_layout(layout(SCIENCE, 5, "tax-returns"))
    await add_learned_layout(layout(SCIENCE, 5))

    found = await known_layouts(WORDS, at(6))
    assert [*found.broken] == ["broken"]
    assert len(found.layouts) == len(load_layouts(WORDS)) + 1
    assert {one.department for one in found.layouts if one.name == "tax-returns"} == {"tax"}
