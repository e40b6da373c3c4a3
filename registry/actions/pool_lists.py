"""Write a pool's list as a workbook, and take such a list in: all of it or nothing."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

import msgspec
import polars as pl

from matching.storage.database import engine, snapshot
from registry.actions.change_pool import EVER, Rules, make_changes
from registry.enterprises.names import name_key
from registry.enterprises.store import enterprises_by_code, enterprises_by_name
from registry.imports.types import Grid, Refusal
from registry.pool.decide import Present, refused
from registry.pool.errors import ListRefused, PoolRefused
from registry.pool.history import in_effect, standings
from registry.pool.list_sheet import ListRow, PoolList, list_refusal, list_workbook, read_list
from registry.pool.states import TRANSITIONS, state_word
from registry.pool.store import changes_known, names_of
from registry.pool.types import STATE_WORDS, Asked, Event, State, Wanted
from registry.profiles.knowledge import Knowledge


class Taken(msgspec.Struct, frozen=True):
    """How a list was taken in: changes made, and rows that said what was known already."""

    changed: int
    unchanged: int


class Importing(msgspec.Struct, frozen=True, kw_only=True):
    """A list to take in: the file, the pool it is of, who brings it, and when."""

    file_name: str
    data: bytes
    pool: str
    by: str
    now: datetime


async def pool_list(pool: str, knowledge: Knowledge, state: State | None = None) -> PoolList:
    """Give a pool's list as of a day, as known at a moment; by code, then name."""
    async with snapshot():
        changes = await changes_known(knowledge.known_at, pool)
        stood = standings(changes, knowledge.as_of)
        if state is not None:
            stood = stood.filter(pl.col("state") == state)
        names = await names_of(stood["enterprise_id"])
    notes = in_effect(changes).select("enterprise_id", "step", "note")
    found = stood.join(names, on="enterprise_id", how="left").join(
        notes, on=["enterprise_id", "step"], how="left"
    )
    fields = [name for name in ListRow.__struct_fields__ if name != "row"]
    rows = [
        ListRow(**{name: row[name] for name in fields})
        for row in found.sort("uscc", "name", nulls_last=True).iter_rows(named=True)
    ]
    return PoolList(
        pool=pool,
        as_of=knowledge.as_of,
        known_at=knowledge.known_at,
        state=state,
        rows=tuple(rows),
    )


async def export_pool_list(
    pool: str, knowledge: Knowledge, rules: Rules, state: State | None = None
) -> bytes:
    """Write a pool's list as a workbook; raises PoolRefused where there is no such pool."""
    if pool not in rules[0].pools:
        raise PoolRefused([f"没有培育库“{pool}”；可用：{'、'.join(rules[0].pools)}"])
    return list_workbook(await pool_list(pool, knowledge, state), rules[0])


async def import_pool_list(given: Importing, rules: Rules) -> Taken:
    """Bring a pool to what a list says; raises ListRefused with every cell, and then nothing is changed.

    Who is not in the pool yet is entered as it stands there; of the others the one change that leads from the
    present state to the listed one is made.
    """
    pools = rules[0]
    if given.pool not in pools.pools:
        raise PoolRefused([f"没有培育库“{given.pool}”；可用：{'、'.join(pools.pools)}"])
    grid, rows = read_list(given.file_name, given.data, pools)
    async with engine().transaction():
        ids, problems = await _who(grid, rows)
        present = await _present(given.pool, [one for one in ids.values() if one is not None])
        wanted: list[Wanted] = []
        for row in rows:
            enterprise = ids[row.row]
            if enterprise is None:
                continue
            now = present.get(enterprise, Present())
            change = _change(row, enterprise, now, given)
            if isinstance(change, str):
                problems.append(
                    list_refusal(grid, row.row, "state", change, "分几次办理，或更正状态")
                )
            elif change is not None:
                why = refused(change, now, pools)
                if why is not None:
                    problems.append(list_refusal(grid, row.row, "state", why, "更正这一行"))
                wanted.append(change)
        if problems:
            raise ListRefused(sorted(problems, key=lambda one: (one.row, one.column)))
        changed = await make_changes(wanted, rules)
    return Taken(changed, len(rows) - changed)


def _change(
    row: ListRow, enterprise: int, present: Present, given: Importing
) -> Wanted | str | None:
    """Give the change a row asks for; None where it says what stands, a text where no single one leads there."""
    if present.state == row.state:
        same = present.last == row.since
        return None if same else f"现在已是{state_word(row.state)}，自{present.last}起，日期不同"
    event: Event
    if present.state is None and present.steps == 0:
        event = "enter"
    else:
        leading = [
            one.event
            for one in TRANSITIONS
            if one.before == present.state and one.after == row.state and one.event != "enter"
        ]
        if len(leading) != 1:
            return f"从“{state_word(present.state)}”不能一步到“{STATE_WORDS[row.state]}”"
        event = leading[0]
    default = "existing_register" if event == "enter" else None
    asked = Asked(
        event=event,
        by=given.by,
        on=row.since,
        now=given.now,
        reason=row.reason or default,
        note=row.note,
        batch=row.batch,
        document=row.document,
        officer=row.officer,
    )
    return Wanted(pool=given.pool, enterprise_id=enterprise, asked=asked, after=row.state)


async def _who(grid: Grid, rows: Sequence[ListRow]) -> tuple[dict[int, int | None], list[Refusal]]:
    """Give each row's enterprise, by its code or else its name, and a refusal for whoever is not found once."""
    by_code = await enterprises_by_code(pl.Series([row.uscc for row in rows], dtype=pl.String))
    keys = [name_key(row.name) for row in rows if row.uscc is None]
    by_name = await enterprises_by_name(pl.Series(keys, dtype=pl.String))
    codes: dict[str, int] = dict(by_code.iter_rows())
    named: dict[str, set[int]] = {}
    for key, enterprise in by_name.iter_rows():
        named.setdefault(key, set()).add(enterprise)
    found: dict[int, int | None] = {}
    problems: list[Refusal] = []
    for row in rows:
        field = "uscc" if row.uscc is not None else "name"
        if row.uscc is None:
            known = named.get(name_key(row.name), set())
        else:
            known = {codes[row.uscc]} if row.uscc in codes else set()
        found[row.row] = next(iter(known)) if len(known) == 1 else None
        if len(known) != 1:
            problem = "登记信息里没有这家企业" if not known else "有几家企业叫这个名称"
            problems.append(
                list_refusal(grid, row.row, field, problem, "核对代码，或先导入登记信息")
            )
    twice = Counter(one for one in found.values() if one is not None)
    problems += [
        list_refusal(grid, row.row, "uscc", "这家企业在名单里不止一行", "只留一行")
        for row in rows
        if (one := found[row.row]) is not None and twice[one] > 1
    ]
    return found, problems


async def _present(pool: str, enterprises: Sequence[int]) -> dict[int, Present]:
    changes = await changes_known(EVER, pool, enterprises)
    parts = changes.partition_by("enterprise_id", as_dict=True)
    return {int(key[0]): Present.of(part.to_dicts()) for key, part in parts.items()}
