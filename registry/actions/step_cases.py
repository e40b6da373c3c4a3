"""Take cases a step further, one or a batch: all of it or nothing."""

from collections import Counter
from collections.abc import Sequence

from matching.storage.database import engine
from matching.storage.errors import UniqueViolation
from registry.actions.case_money import move_money
from registry.cases.errors import CaseRefused
from registry.cases.guards import Ground
from registry.cases.step import Refused, step
from registry.cases.store import add_steps, cases
from registry.cases.types import Asked, Case, Happened

UNKNOWN = Refused("没有这个案件；用 registry cases list 查编号")


async def step_cases(ids: Sequence[int], asked: Asked, ground: Ground) -> int:
    """Make the same step of every case; gives their number.

    Raises CaseRefused with every case it is not lawful for, and why; then none is changed.
    """
    return await make_steps([(one, asked) for one in ids], ground)


async def make_steps(wanted: Sequence[tuple[int, Asked]], ground: Ground) -> int:
    """Make a step of each case, and what it means for its money, in one transaction.

    Raises CaseRefused, FundRefused or FundShort; then none is made.
    """
    repeated = [one for one, times in Counter(one for one, _ in wanted).items() if times > 1]
    problems = [f"案件 {one}：在一批里写了两次；只写一次" for one in repeated]
    made: list[tuple[int, Happened]] = []
    try:
        async with engine().transaction():
            found = {case.id: case for case in await cases([one for one, _ in wanted])}
            for one, asked in wanted:
                said = step(found[one], asked, ground) if one in found else UNKNOWN
                if isinstance(said, Refused):
                    problems.append(_said(one, found.get(one), said))
                else:
                    made.append((one, said))
            if problems:
                raise CaseRefused(problems)
            await add_steps(made)
            await move_money([(found[one], said) for one, said in made])
    except UniqueViolation:
        raise CaseRefused(["同时有人办了其中的案件；请看过现状再办一次"]) from None
    return len(made)


def _said(number: int, case: Case | None, refused: Refused) -> str:
    who = "" if case is None else f"（{case.name or case.holder}，{case.item_id}）"
    return f"案件 {number}{who}：{refused.why}"
