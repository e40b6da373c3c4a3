"""What an item gives, in words: to one enterprise, and as its text says."""

from matching.engine.explain import Explanation
from matching.engine.pools import borne
from matching.engine.truth import UNMET
from matching.language.amounts import (
    Amount,
    FirmCap,
    Highest,
    LessPaid,
    Split,
    StackCap,
    Staged,
    Table,
    Total,
    Unstated,
    amounts_in,
    gives_money,
    is_pending,
    rows_of,
)
from matching.language.units import money_in_words
from matching.language.wording import Words
from matching.language.wording_amounts import proviso


def amount_for(amount: Amount, explanation: Explanation) -> str | None:
    """Say what an enterprise would get; None where it gets nothing because the item is not met."""
    if explanation.verdict == UNMET:
        return None
    if not gives_money(amount):
        return "非资金支持"
    unstated = any(isinstance(part, Unstated) for part in amounts_in(amount))
    if unstated and not explanation.low_cents and explanation.high_cents is None:
        return "文件未定金额"
    said = money_range(explanation.low_cents, explanation.high_cents)
    if is_pending(amount):
        return f"{said}（名单截止后确定）"
    certain = explanation.low_cents == explanation.high_cents
    return f"{said}{_borne_by(amount, explanation.low_cents)}" if certain else said


def _borne_by(amount: Amount, cents: int) -> str:
    if not isinstance(amount, Split):
        return ""
    parts = borne(amount, cents).items()
    return f"（{'、'.join(f'{level}{money_in_words(part)}' for level, part in parts)}）"


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
        case LessPaid() | Split() | StackCap() | FirmCap():
            head, lines = amount_lines(amount.amount, words)
            return f"{head}；{proviso(amount, words)}", lines
        case Highest() | Total() | Table() | Staged():
            always = "其余情形" if isinstance(amount, Table) else ""
            return _heading(amount, words), tuple(
                (
                    words.amount(row.amount),
                    always if row.when is None else words.condition(row.when),
                )
                for row in rows_of(amount)
            )
        case _:
            return words.amount(amount), ()


def _heading(amount: Highest | Total | Table | Staged, words: Words) -> str:
    match amount:
        case Highest():
            return "以下从高，不重复"
        case Total():
            return "以下相加"
        case Table():
            return "以下按最先符合的一行"
        case Staged():
            return f"以下按已到达的最远阶段累计；{proviso(amount, words)}"
