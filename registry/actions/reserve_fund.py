"""Set money aside for the cases that draw on a fund, in the way it is shared."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

import msgspec
import polars as pl

from matching.engine.pools import PoolRefused, shares
from matching.language.amounts import Fixed, Pool
from matching.storage.database import engine
from matching.storage.lock import database_lock
from registry.actions.open_cases import LOCK
from registry.actions.step_cases import make_steps
from registry.cases.guards import Ground
from registry.cases.states import OPEN
from registry.cases.store import cases, present
from registry.cases.types import Asked
from registry.funds.errors import FundRefused, FundShort
from registry.funds.store import enter, held_for, locked, the_fund
from registry.funds.types import SHARING_WORDS, Balance, Fund, Wanted, Word


class Shared(msgspec.Struct, frozen=True, kw_only=True):
    """What came of it.

    reserved   cases that have money set aside now, `cents` together. `reduced`: of them, with less than their claim.
    waiting    cases for which nothing is left. `uncertain`: cases whose amount is not certain yet.
    """

    reserved: int
    cents: int
    reduced: int
    waiting: int
    uncertain: int
    balance: Balance


async def reserve_fund(
    programme: str, year: int, word: Word, bound: tuple[Ground, ZoneInfo]
) -> Shared:
    """Set money aside for every case of the fund that has none yet; again at once: nothing.

    full        every case its amount; raises FundShort where they do not all fit, and sets nothing aside.
    first_come  in the order the cases were opened; the one that passes the fund gets what is left.
    pro_rata    the list is closed by this: each gets its share of the fund, never more than its amount.

    A case gets less by a step "settle"; so the list must not be under review any more where amounts change.
    """
    ground, zone = bound
    fund = await the_fund(programme, year)
    async with database_lock(LOCK), engine().transaction():
        free = (await locked(fund.id)).free_cents
        takers = await _takers(fund, zone)
        certain = takers.filter(pl.col("claim_cents") > 0)
        uncertain = takers["claim_cents"].null_count()
        if fund.sharing == "pro_rata" and uncertain:
            raise FundRefused(
                [
                    f"“{fund.label}”有 {uncertain} 件金额未核定，不能按比例分配：未知不按零计；先核定金额"
                ]
            )
        shared = _shared(fund, free, certain)
        given = shared.filter(pl.col("share_cents") > 0)
        less = given.filter(pl.col("share_cents") < pl.col("claim_cents"))
        await _settle(fund, less, word, ground)
        steps = {case.id: len(case.steps) for case in await cases(given["enterprise_id"])}
        after = await enter(fund, _reserves(given, steps), word)
    return Shared(
        reserved=given.height,
        cents=int(given["share_cents"].sum()),
        reduced=less.height,
        waiting=certain.height - given.height,
        uncertain=uncertain,
        balance=after,
    )


async def _takers(fund: Fund, zone: ZoneInfo) -> pl.DataFrame:
    """Give the cases opened in the fund's year that have no entry in any ledger, in the columns `shares` wants.

    A case stands where `shares` speaks of an enterprise: one enterprise may draw on a fund for two items.
    """
    found = (await present(OPEN)).filter(
        pl.col("item_id").is_in(fund.items),
        pl.col("opened_at").dt.convert_time_zone(str(zone)).dt.year() == fund.year,
    )
    held = (await held_for(found["id"])).select(id="case_id")
    return found.join(held, on="id", how="anti").select(
        enterprise_id="id", claim_cents="amount_cents", arrived="opened_at", state="state"
    )


def _shared(fund: Fund, free: int, takers: pl.DataFrame) -> pl.DataFrame:
    if fund.sharing == "full":
        total = int(takers["claim_cents"].sum())
        if total > free:
            raise FundShort(fund.label, free, total)
        return takers.with_columns(share_cents=pl.col("claim_cents"))
    if fund.sharing == "pro_rata":
        _refuse_under_review(fund, takers)
    try:
        found = shares(Pool(free, fund.sharing, Fixed(0)), takers)
    except PoolRefused as wrong:
        raise FundRefused([f"“{fund.label}”{SHARING_WORDS[fund.sharing]}：{wrong}"]) from None
    # Who is under review cannot be given less any more; he waits for the next refill instead.
    cut = (pl.col("share_cents") < pl.col("claim_cents")) & (pl.col("state") != "matched")
    return found.with_columns(share_cents=pl.when(cut).then(0).otherwise("share_cents"))


def _refuse_under_review(fund: Fund, takers: pl.DataFrame) -> None:
    under = takers.filter(pl.col("state") != "matched")["enterprise_id"].to_list()
    if under:
        said = "、".join(map(str, under[:20]))
        raise FundRefused(
            [
                f"“{fund.label}”按比例分配，名单要在受理之前定：案件 {said} 已在审核中；先退回（return）"
            ]
        )


async def _settle(fund: Fund, less: pl.DataFrame, word: Word, ground: Ground) -> None:
    wanted = [
        (
            case_id,
            Asked(
                event="settle",
                role="department",
                by=word.by,
                now=word.now,
                reason="shared_out",
                evidence=f"{fund.label} {fund.year} 年，{SHARING_WORDS[fund.sharing]}，应得 {claim} 分",
                amount_cents=share,
            ),
        )
        for case_id, claim, share in less.select(
            "enterprise_id", "claim_cents", "share_cents"
        ).iter_rows()
    ]
    await make_steps(wanted, ground)


def _reserves(given: pl.DataFrame, steps: dict[int, int]) -> Sequence[Wanted]:
    return [
        Wanted(kind="reserve", cents=share, case_id=case_id, case_step=steps[case_id])
        for case_id, share in given.select("enterprise_id", "share_cents").iter_rows()
    ]
