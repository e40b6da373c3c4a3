"""The money that moves with a step of a case: in its fund, in the same transaction, or the step is not made."""

from collections.abc import Sequence

import msgspec

from registry.cases.states import Transition, transition
from registry.cases.step import reserved_cents
from registry.cases.types import Case, Happened
from registry.funds.errors import FundRefused
from registry.funds.ledger import moves_for_case
from registry.funds.store import enter, funds, held_for, wanted_of
from registry.funds.types import Wanted, Word


class Held(msgspec.Struct, frozen=True):
    """What a case has in which fund."""

    fund_id: int
    reserved_cents: int
    paid_cents: int


async def move_money(made: Sequence[tuple[Case, Happened]]) -> None:
    """Enter what these steps mean for the cases' funds, in the current transaction.

    Raises FundRefused where a payment is ordered for which nothing is reserved, FundShort where money given back
    is wanted again and is gone. A case no money was set aside for moves none.
    """
    found = await held_for(case.id for case, _ in made)
    held = {
        row["case_id"]: Held(row["fund_id"], row["reserved_cents"], row["paid_cents"])
        for row in found.iter_rows(named=True)
    }
    problems, wanted = [], dict[int, list[Wanted]]()
    for case, happened in made:
        mine = held.get(case.id)
        why = _not_covered(case, happened, mine)
        if why is not None:
            problems.append(f"案件 {case.id}（{case.name or case.holder}，{case.item_id}）：{why}")
        elif mine is not None:
            moves = _moves(case, happened, mine)
            wanted.setdefault(mine.fund_id, []).extend(wanted_of(moves, case.id, happened.step))
    if problems:
        raise FundRefused(problems)
    known = {fund.id: fund for fund in await funds()} if any(wanted.values()) else {}
    # Always in this order: two who take two funds must not wait for each other.
    for fund_id in sorted(fund_id for fund_id, moves in wanted.items() if moves):
        last = made[-1][1]
        word = Word(by=last.by_whom, now=last.happened_at, document=last.document)
        await enter(known[fund_id], wanted[fund_id], word)


def _not_covered(case: Case, happened: Happened, held: Held | None) -> str | None:
    """Say why a payment may not be ordered or noted: nothing, or less than its amount, is reserved for it."""
    if happened.event not in {"order", "pay"}:
        return None
    have = 0 if held is None else held.reserved_cents
    if have < (case.amount_cents or 0):
        return (
            f"只预留了 {have} 分，不足 {case.amount_cents} 分，不能支付；"
            "先建立资金（registry funds open）并预留（registry funds reserve）"
        )
    return None


def _moves(case: Case, happened: Happened, held: Held) -> tuple[tuple[str, int], ...]:
    after = msgspec.structs.replace(case, steps=(*case.steps, happened))
    row = transition(happened.before, happened.event)
    if happened.event == "repay":
        return (("repay", case.claim_cents),) if case.claim_cents else ()
    if isinstance(row, Transition) and row.effect == "pay":
        return moves_for_case(held.reserved_cents, None, after.amount_cents)
    if after.last("pay") is not None:
        return ()
    return moves_for_case(held.reserved_cents, reserved_cents(after), None)
