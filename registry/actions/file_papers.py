"""File what holders of titles hand in: yearly updates, changes, reports, and plans with their yearly figures."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from matching.language.vocabulary import Vocabulary, column_name
from matching.storage.errors import UniqueViolation
from registry.pool.errors import PoolRefused
from registry.pool.store import add_filings, add_plans, names_of, plans_known
from registry.pool.types import Filing, Planned, Pools
from registry.profiles.knowledge import Knowledge
from registry.profiles.load_profile import load_profile


class PlanYear(msgspec.Struct, frozen=True, kw_only=True):
    """One year of a plan beside what came of it, in the fact's stored unit; `actual` None: not known yet."""

    plan: Planned
    name: str
    actual: int | None


async def file_papers(papers: Sequence[Filing], by: str, now: datetime) -> int:
    """Note papers handed in; gives their number."""
    await add_filings(papers, by, now)
    return len(papers)


async def file_plans(plans: Sequence[Planned], by: str, now: datetime, pools: Pools) -> int:
    """File plans; raises PoolRefused where a pool takes none, or one was filed that day already."""
    problems = [
        f"“{one.pool}”不备案计划；见 pools.yml 的 plan"
        for one in plans
        if one.pool not in pools.pools or pools.pools[one.pool].plan != one.fact
    ]
    if problems:
        raise PoolRefused(problems)
    try:
        await add_plans(plans, by, now)
    except UniqueViolation:
        raise PoolRefused(["这一天已备案过同一年的计划；改计划请写新的备案日"]) from None
    return len(plans)


async def show_plans(
    pool: str, knowledge: Knowledge, vocabulary: Vocabulary
) -> tuple[PlanYear, ...]:
    """Show the plans of a pool by enterprise and year, with the actual figure as far as it is known."""
    found = await plans_known(knowledge.known_at)
    rows = [row for row in found.to_dicts() if row["pool"] == pool]
    plans = [
        Planned(**{name: row[name] for name in Planned.__struct_fields__})
        for row in rows
        if row["filed_on"] <= knowledge.as_of
    ]
    ids = sorted({plan.enterprise_id for plan in plans})
    names = dict((await names_of(ids)).select("enterprise_id", "name").iter_rows())
    profiles = {one: await load_profile(one, knowledge, vocabulary) for one in ids}
    shown = []
    for plan in plans:
        column = column_name(plan.fact, str(plan.year))
        said = profiles[plan.enterprise_id].values.get(column, ())
        value = next((one.value for one in said if one.chosen), None)
        actual = value if isinstance(value, int) else None
        shown.append(PlanYear(plan=plan, name=names[plan.enterprise_id], actual=actual))
    return tuple(shown)
