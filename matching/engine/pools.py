"""Settling what was pending: a pool once its list of takers is closed, and who bears a sum.

Whole 分 only. What cannot be divided goes, one 分 each, to the largest remainders: nothing is lost, and
never more than the pool is given.
"""

import polars as pl

from matching.language.amounts import Pool, Split

CLAIM, ARRIVED, SHARE = "claim_cents", "arrived", "share_cents"


class PoolRefused(ValueError):
    """A list that cannot be settled: a taker twice, or a claim or its place in the order not known."""


def shares(pool: Pool, takers: pl.DataFrame) -> pl.DataFrame:
    """Give the takers of a closed list with their "share_cents", in the order given.

    takers  one row an enterprise: "enterprise_id"; "claim_cents" where the pool knows claims; for first
            come "arrived", anything that sorts, the earlier first. Among equals the lower id is the earlier.

    Raises PoolRefused where a row is double or lacks what the sharing needs.
    """
    needed = ["enterprise_id", *([CLAIM] if pool.claim is not None else [])]
    needed += [ARRIVED] if pool.sharing == "first_come" else []
    _settleable(takers, needed)
    if pool.sharing == "first_come":
        given = _first_come(pool.cents, takers.select(needed))
    elif pool.claim is None:
        given = _pro_rata(pool.cents, takers.select("enterprise_id", weight=pl.lit(1)))
    else:
        claims = takers.select("enterprise_id", weight=pl.col(CLAIM))
        total = int(takers[CLAIM].cast(pl.Int128).sum())
        # Where the pool suffices each gets its claim, and what is left over stays in the pool.
        given = _pro_rata(min(pool.cents, total), claims)
    return takers.join(given, on="enterprise_id", how="left", maintain_order="left")


def borne(split: Split, cents: int) -> dict[str, int]:
    """Give the 分 each level bears; an odd 分 goes to the largest remainder, among equals to the first named."""
    whole = sum(payer.parts for payer in split.payers)
    parts = {payer.level: divmod(cents * payer.parts, whole) for payer in split.payers}
    left = cents - sum(full for full, _ in parts.values())
    by_remainder = sorted(parts, key=lambda level: -parts[level][1])
    return {level: parts[level][0] + (level in by_remainder[:left]) for level in parts}


def _settleable(takers: pl.DataFrame, needed: list[str]) -> None:
    """Raise where the list is no list of takers: an unknown claim is not a claim of nothing."""
    for name in needed:
        if name not in takers.columns:
            raise PoolRefused(f"缺少 {name} 列：名单要写明每家的{name}")
        if takers[name].null_count():
            raise PoolRefused(f"{name} 有空值：补齐后才能分配，未知不按零计")
    if takers["enterprise_id"].is_duplicated().any():
        raise PoolRefused("有企业在名单上出现两次：只留一行，否则会重复分配")
    if CLAIM in needed and not takers[CLAIM].dtype.is_integer():
        raise PoolRefused(f"{CLAIM} 列类型是{takers[CLAIM].dtype}：请转为整数分")
    if CLAIM in needed and (takers[CLAIM] < 0).any():
        raise PoolRefused(f"{CLAIM} 有负数：核对应得额")


def _pro_rata(cents: int, weighed: pl.DataFrame) -> pl.DataFrame:
    """Divide all of a sum by weight; what is over goes to the largest remainders, one 分 each."""
    weight, total = pl.col("weight").cast(pl.Int128), int(weighed["weight"].cast(pl.Int128).sum())
    if not total:
        return weighed.select("enterprise_id", pl.lit(0, dtype=pl.Int64).alias(SHARE))
    product = weight * pl.lit(cents, dtype=pl.Int128)
    divided = weighed.select(
        "enterprise_id",
        full=(product // pl.lit(total, dtype=pl.Int128)).cast(pl.Int64),
        over=product % pl.lit(total, dtype=pl.Int128),
    ).sort("over", "enterprise_id", descending=[True, False])
    left = cents - int(divided["full"].sum())
    extra = (pl.int_range(pl.len()) < left).cast(pl.Int64)
    return divided.select("enterprise_id", (pl.col("full") + extra).alias(SHARE))


def _first_come(cents: int, takers: pl.DataFrame) -> pl.DataFrame:
    """Give each claim in full in the order of arrival; the one that passes the pool gets what is left.

    Leaving it out instead would leave money lying, or let a later, smaller claim overtake it.
    """
    claim = pl.col(CLAIM).cast(pl.Int128)
    before = claim.cum_sum() - claim
    left = (pl.lit(cents, dtype=pl.Int128) - before).clip(lower_bound=0)
    return takers.sort(ARRIVED, "enterprise_id").select(
        "enterprise_id", pl.min_horizontal(claim, left).cast(pl.Int64).alias(SHARE)
    )
