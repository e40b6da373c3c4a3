"""Change where enterprises stand in a pool: one, or a batch with its document; all of it or nothing."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

import msgspec

from matching.language.vocabulary import Vocabulary
from matching.storage.database import engine
from matching.storage.errors import UniqueViolation
from registry.pool.decide import Present, refused, row_of
from registry.pool.errors import PoolRefused
from registry.pool.evidence import evidence_of
from registry.pool.states import state_word
from registry.pool.store import add_changes, changes_known, names_of
from registry.pool.types import HELD, Asked, Pools, Wanted
from registry.profiles.knowledge import Knowledge

Rules = tuple[Pools, Vocabulary]
EVER = datetime.max.replace(tzinfo=UTC)


async def change_pool(pool: str, enterprises: Sequence[int], asked: Asked, rules: Rules) -> int:
    """Make the same change of every enterprise in one pool; gives their number.

    Raises PoolRefused with every enterprise the change is not lawful for; then none is changed.
    """
    wanted = [Wanted(pool=pool, enterprise_id=one, asked=asked) for one in enterprises]
    return await make_changes(wanted, rules)


async def promote(pool: str, enterprises: Sequence[int], asked: Asked, rules: Rules) -> int:
    """Admit enterprises recognised in a pool into the next one; where they are they stay, for their review.

    Raises PoolRefused where the pool has no next one or somebody is not recognised.
    """
    pools = rules[0]
    further = pools.pools[pool].next if pool in pools.pools else None
    if further is None:
        raise PoolRefused([f"“{pool}”之后没有下一级培育库；见 pools.yml 的 next"])
    present = _present(await _changes(enterprises), [(pool, one) for one in enterprises])
    stay = [one for one in enterprises if present[pool, one].state not in HELD]
    if stay:
        said = {one: state_word(present[pool, one].state) for one in stay}
        names = await _names(stay)
        raise PoolRefused(
            [f"{names[one]}：{said[one]}，还没有认定，不能晋级；先认定" for one in stay]
        )
    admitted = msgspec.structs.replace(asked, event="admit", reason=asked.reason or "moved_up")
    return await change_pool(further, enterprises, admitted, rules)


async def make_changes(wanted: Sequence[Wanted], rules: Rules) -> int:
    """Make changes, of several pools and kinds, in one transaction; raises PoolRefused, then none is made."""
    pools, vocabulary = rules
    pairs = [(one.pool, one.enterprise_id) for one in wanted]
    async with engine().transaction():
        names = await _names(one.enterprise_id for one in wanted)
        present = _present(await _changes(one for _, one in pairs), pairs)
        problems = [
            f"编号{one}：没有这家企业；先导入登记信息" for _, one in pairs if one not in names
        ]
        repeated = [pair for pair, times in Counter(pairs).items() if times > 1]
        problems += [f"{names.get(one, one)}：在一批里写了两次；留一行" for _, one in repeated]
        problems += [
            f"{names[one.enterprise_id]}：{why}"
            for one in wanted
            if one.enterprise_id in names
            and (why := refused(one, present[one.pool, one.enterprise_id], pools)) is not None
        ]
        if problems:
            raise PoolRefused(problems)
        rows = [
            row_of(
                one,
                present[one.pool, one.enterprise_id],
                await evidence_of(
                    one.enterprise_id,
                    Knowledge(one.asked.on, one.asked.now),
                    pools.evidence,
                    vocabulary,
                ),
            )
            for one in wanted
        ]
        try:
            await add_changes(rows)
        except UniqueViolation:
            raise PoolRefused(["同时有人改了其中的企业；请看过现状再办一次"]) from None
    return len(rows)


async def _changes(enterprises: Iterable[int]) -> dict[tuple[str, int], list[dict[str, object]]]:
    found = await changes_known(EVER, enterprises=enterprises)
    grouped: dict[tuple[str, int], list[dict[str, object]]] = {}
    for row in found.iter_rows(named=True):
        grouped.setdefault((row["pool"], row["enterprise_id"]), []).append(row)
    return grouped


def _present(
    changes: dict[tuple[str, int], list[dict[str, object]]], pairs: Iterable[tuple[str, int]]
) -> dict[tuple[str, int], Present]:
    return {pair: Present.of(changes.get(pair, [])) for pair in pairs}


async def _names(enterprises: Iterable[int]) -> dict[int, str]:
    found = await names_of(enterprises)
    return dict(found.select("enterprise_id", "name").iter_rows())
