"""The running balance of a ledger. Pure; the database holds every row to it as well."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from registry.funds.errors import FundRefused, FundShort
from registry.funds.types import KIND_WORDS, MOVES, Balance, Wanted


def entered(balance: Balance, wanted: Wanted, label: str) -> Balance:
    """Give the balance after one entry; raises FundShort or FundRefused where a sum would fall below zero."""
    if wanted.cents <= 0:
        raise FundRefused([f"“{label}”{KIND_WORDS[wanted.kind]} {wanted.cents} 分：金额要大于零"])
    free, reserved, paid = (sign * wanted.cents for sign in MOVES[wanted.kind])
    after = Balance(
        free_cents=balance.free_cents + free,
        reserved_cents=balance.reserved_cents + reserved,
        paid_cents=balance.paid_cents + paid,
        entries=balance.entries + 1,
    )
    if after.free_cents < 0:
        raise FundShort(label, balance.free_cents, wanted.cents)
    if after.reserved_cents < 0 or after.paid_cents < 0:
        raise FundRefused(
            [
                f"“{label}”{KIND_WORDS[wanted.kind]} {wanted.cents} 分：超过已预留或已支付的数；核对台账"
            ]
        )
    return after


def balances(
    first: Balance, wanted: Sequence[Wanted], label: str
) -> Iterator[tuple[Wanted, Balance]]:
    """Give every entry with the balance after it; raises where one cannot be made."""
    now = first
    for one in wanted:
        now = entered(now, one, label)
        yield one, now


def follows(before: Balance, wanted: Wanted, after: Balance) -> bool:
    """Say whether a recorded balance is what the entry makes of the one before."""
    try:
        return entered(before, wanted, "") == after
    except (FundShort, FundRefused):
        return False


def first_wrong(rows: Sequence[tuple[Wanted, Balance]]) -> int | None:
    """Give the place, from 1, of the first entry whose balance does not follow; None: all do."""
    before = [Balance(), *(balance for _, balance in rows)]
    for (was, now), (wanted, _) in zip(pairwise(before), rows, strict=True):
        if not follows(was, wanted, now):
            return now.entries
    return None


def moves_for_case(
    held_cents: int, wanted_cents: int | None, paid_cents: int | None
) -> tuple[tuple[str, int], ...]:
    """Give kind and sum of the entries that make a case's reserve what it should be.

    held_cents    reserved for it now. `wanted_cents`: what should be; None: not certain, so it stays.
    paid_cents    None: nothing was paid by this step; else what was, out of the reserve.
    """
    if paid_cents is not None:
        left = held_cents - paid_cents
        return (("pay", paid_cents), *((("release", left),) if left > 0 else ()))
    if wanted_cents is None or wanted_cents == held_cents:
        return ()
    more = wanted_cents - held_cents
    return (("reserve", more),) if more > 0 else (("release", -more),)
