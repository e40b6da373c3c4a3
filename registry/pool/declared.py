"""Reading pools.yml, and checking it against the vocabulary to the end."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec
import yaml

from matching.catalogue.load_vocabulary import shipped_vocabulary
from matching.language.vocabulary import Vocabulary
from registry.pool.errors import PoolsBroken
from registry.pool.types import Pools

SHIPPED = Path(__file__).parent / "pools.yml"


@cache
def shipped_pools() -> Pools:
    """Give the pools that come with the project."""
    return load_pools(SHIPPED, shipped_vocabulary())


def load_pools(path: Path, vocabulary: Vocabulary) -> Pools:
    """Read a declaration of pools; raises PoolsBroken with every problem in it."""
    try:
        read = yaml.safe_load(path.read_text(encoding="utf-8"))
        pools = msgspec.convert(read, Pools)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, msgspec.ValidationError) as broken:
        raise PoolsBroken([f"{path}：读不懂（{broken}）；按随系统发布的样子书写"]) from None
    problems = [f"{path} {said}" for said in _problems(pools, vocabulary)]
    if problems:
        raise PoolsBroken(problems)
    return pools


def _problems(pools: Pools, vocabulary: Vocabulary) -> Iterator[str]:
    for where, key in _lists_named(pools):
        if key not in vocabulary.lists:
            yield f"{where}：没有名录“{key}”；用 lists.yml 中的名录"
    for where, fact in _facts_named(pools):
        if fact not in vocabulary.facts:
            yield f"{where}：没有事实“{fact}”；用 facts.yml 中的事实"
    for where, key in _pools_named(pools):
        if key not in pools.pools:
            yield f"{where}：没有培育库“{key}”；用 pools 中的库"
    for key in pools.rungs:
        if pools.pool_towards(key) is None:
            yield f"rungs.{key}：没有通向它的培育库；给一个库写 leads_to: {key}"
    if list(pools.clocks.warn_days) != sorted(pools.clocks.warn_days):
        yield "clocks.warn_days：没有从小到大排；改成从小到大"


def _lists_named(pools: Pools) -> Iterator[tuple[str, str]]:
    for key, pool in pools.pools.items():
        if pool.leads_to is not None:
            yield f"pools.{key}.leads_to", pool.leads_to
    yield from (("rungs", key) for key in pools.rungs)
    for rule in pools.clocks.annual_update:
        yield from ((f"clocks.annual_update {rule.rule}", title) for title in rule.titles)
    yield from (("clocks.change_report", title) for title in pools.clocks.change_report.titles)


def _pools_named(pools: Pools) -> Iterator[tuple[str, str]]:
    for key, pool in pools.pools.items():
        if pool.next is not None:
            yield f"pools.{key}.next", pool.next
    yield from ((f"near.{key}", key) for key in pools.near)


def _facts_named(pools: Pools) -> Iterator[tuple[str, str]]:
    yield from (("evidence", fact) for fact in pools.evidence)
    yield from (
        (f"pools.{key}.plan", pool.plan)
        for key, pool in pools.pools.items()
        if pool.plan is not None
    )
