"""What an item gives, in words: to one enterprise, and as its text says."""

from matching.engine.explain import Explanation
from matching.engine.truth import UNMET
from matching.language.amounts import (
    Amount,
    Highest,
    LessPaid,
    NonCash,
    Total,
    Unstated,
    amounts_in,
)
from matching.language.units import money_in_words
from matching.language.wording import Words


def amount_for(amount: Amount, explanation: Explanation) -> str | None:
    """Say what an enterprise would get; None where it gets nothing because the item is not met."""
    if explanation.verdict == UNMET:
        return None
    kinds = {type(part) for part in amounts_in(amount)}
    if kinds == {NonCash}:
        return "非资金支持"
    if Unstated in kinds and not explanation.low_cents and explanation.high_cents is None:
        return "文件未定金额"
    return money_range(explanation.low_cents, explanation.high_cents)


def money_range(low: int, high: int | None) -> str:
    """Say a range of 分; high None: no upper end known."""
    if high is None:
        return f"至少{money_in_words(low)}" if low else "金额待定"
    if low == high:
        return money_in_words(low)
    if low == 0:
        return f"至多{money_in_words(high)}"
    return f"{money_in_words(low)}至{money_in_words(high)}"


def amount_lines(amount: Amount, words: Words) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Say an amount as its text does: a heading, and lines of what and when."""
    match amount:
        case Highest(rows=rows):
            head = "以下从高，不重复"
        case Total(rows=rows):
            head = "以下相加"
        case LessPaid(family=family, amount=inner):
            head, lines = amount_lines(inner, words)
            return f"{head}；减去此前已获{family}类奖励（补级差）", lines
        case _:
            return words.amount(amount), ()
    lines = tuple(
        (words.amount(row.amount), words.condition(row.when) if row.when is not None else "")
        for row in rows
    )
    return head, lines
