"""The declaration of the pools: the shipped one stands, and a broken one is told to the end."""

from pathlib import Path

import pytest

from matching.catalogue.load_vocabulary import shipped_vocabulary
from registry.pool.declared import SHIPPED, load_pools, shipped_pools
from registry.pool.errors import PoolsBroken
from registry.pool.types import EVENT_WORDS


def test_the_shipped_pools_lead_where_they_should() -> None:
    pools = shipped_pools()

    assert pools.pool_towards("above_scale") == "small_to_scale"
    assert pools.pools["specialized"].next == "giant"
    assert pools.pools["dragon"].leads_to is None
    assert pools.pools["doubling"].plan == "annual_revenue"
    assert list(pools.rungs) == ["above_scale", "innovative_sme", "specialized_sme", "little_giant"]


def test_every_event_that_needs_a_reason_has_one_to_give() -> None:
    given = {event for reason in shipped_pools().reasons.values() for event in reason.events}

    assert given == set(EVENT_WORDS)


def test_every_problem_is_named_at_once(tmp_path: Path) -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    for right, wrong in (
        ("leads_to: high_tech", "leads_to: no_list"),
        ("next: giant", "next: no_pool"),
        ("plan: annual_revenue", "plan: no_fact"),
        ("evidence: [place", "evidence: [no_such"),
        ("warn_days: [30, 90, 180]", "warn_days: [180, 90, 30]"),
        ("  little_giant: 小巨人", "  little_giant: 小巨人\n  champion_firm: 单项冠军"),
    ):
        assert right in text
        text = text.replace(right, wrong)
    path = tmp_path / "pools.yml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(PoolsBroken) as broken:
        load_pools(path, shipped_vocabulary())
    said = "\n".join(broken.value.problems)
    for word in ("no_list", "no_pool", "no_fact", "no_such", "warn_days", "champion_firm"):
        assert word in said


@pytest.mark.parametrize(
    "text", ["pools: [", "pools: 3", "pools: {a: {label: 甲, who: 乙, strange: 1}}"]
)
def test_what_cannot_be_read_is_said(tmp_path: Path, text: str) -> None:
    path = tmp_path / "pools.yml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(PoolsBroken, match="读不懂"):
        load_pools(path, shipped_vocabulary())
