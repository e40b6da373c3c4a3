"""Amounts in plain Chinese, generated from the rule itself."""

from typing import Protocol

from matching.language.amounts import (
    Amount,
    AsPaid,
    FirmCap,
    Fixed,
    Highest,
    Interest,
    LessPaid,
    NonCash,
    PartOf,
    PerPoint,
    PerStep,
    PerUnit,
    Pool,
    Row,
    ShareOf,
    Split,
    StackCap,
    Staged,
    Table,
    Total,
    Unstated,
)
from matching.language.conditions import Condition, Growth
from matching.language.quantities import Quantity
from matching.language.units import money_in_words, share_in_words
from matching.language.vocabulary import Vocabulary


class Saying(Protocol):
    """What the words of an amount take from the words of conditions and quantities."""

    vocabulary: Vocabulary

    def condition(self, condition: Condition) -> str:
        """Say a condition."""

    def quantity(self, quantity: Quantity) -> str:
        """Say which figure is meant."""

    def growth(self, growth: Growth) -> str:
        """Say which growth is meant."""


def amount_in_words(amount: Amount, words: Saying) -> str:
    """Say what an item gives, in one sentence."""
    match amount:
        case Highest() | Total() | Table() | Staged():
            rows = amount.stages if isinstance(amount, Staged) else amount.rows
            rest = "其余：" if isinstance(amount, Table) else ""
            said = f"{_heading(amount)}：" + "；".join(_row(row, rest, words) for row in rows)
            return f"{said}；{proviso(amount, words)}" if isinstance(amount, Staged) else said
        case LessPaid() | Split() | StackCap() | FirmCap():
            return f"{amount_in_words(amount.amount, words)}；{proviso(amount, words)}"
        case PartOf(share_bp=share, amount=inner):
            return f"以下金额的{share_in_words(share)}：{amount_in_words(inner, words)}"
        case Pool():
            return _pool(amount, words)
        case _:
            return _plain(amount, words)


def _heading(amount: Highest | Total | Table | Staged) -> str:
    """Say how the rows of an amount go together."""
    match amount:
        case Highest():
            return "从高"
        case Total():
            return "合计"
        case Table():
            return "按最先符合的一行"
        case Staged():
            return "按已到达的最远阶段累计"


def proviso(amount: LessPaid | Staged | Split | StackCap | FirmCap, words: Saying) -> str:
    """Say what is done with the amount inside."""
    match amount:
        case LessPaid(family=family):
            return f"减去此前已获{family}系列奖励（补级差）"
        case Staged(family=family):
            return f"减去此前已获{family}系列奖励"
        case Split(payers=payers):
            levels = "、".join(payer.level for payer in payers)
            return f"{levels}按{':'.join(str(payer.parts) for payer in payers)}分担"
        case StackCap(cost=cost, share_bp=share, besides=besides, aid=aid):
            others = [f"{'、'.join(besides)}系列奖励"] if besides else []
            others += [words.quantity(aid)] if aid is not None else []
            of_cost = "" if share == 10_000 else f"的{share_in_words(share)}"
            return f"与{'、'.join(others)}合计不超过{words.quantity(cost)}{of_cost}"
        case FirmCap(cents=cents, families=families, per=per):
            span = "当年" if per == "year" else "历年"
            said = f"与{span}已获{'、'.join(families)}系列奖励合计"
            return f"{said}，每家企业不超过{money_in_words(cents)}"


def _pool(pool: Pool, words: Saying) -> str:
    claim = "" if pool.claim is None else amount_in_words(pool.claim, words)
    if pool.sharing == "first_come":
        way = f"先到先得，用完为止；每家{claim}"
    else:
        way = f"按各家应得额的比例分配；应得额：{claim}" if claim else "由名单内的企业平均分配"
    return f"资金总额{money_in_words(pool.cents)}，{way}（名单截止前金额待定）"


def _plain(amount: Amount, words: Saying) -> str:
    match amount:
        case Fixed(cents=cents):
            return money_in_words(cents)
        case ShareOf(share_bp=share, base=base, cap_cents=cap):
            return f"{words.quantity(base)}的{share_in_words(share)}{_capped(cap)}"
        case PerUnit(cents=cents, base=base, cap_cents=cap):
            unit = words.vocabulary.facts[base.fact].unit
            return f"每{unit}{money_in_words(cents)}（{words.quantity(base)}）{_capped(cap)}"
        case PerPoint(cents=cents, growth=growth, cap_cents=cap):
            return f"{words.growth(growth)}每1个百分点{money_in_words(cents)}{_capped(cap)}"
        case PerStep(cents=cents, base=base, beyond=beyond, step=step):
            over = f"{words.quantity(base)}超过{money_in_words(beyond)}后"
            return f"{over}每增加{money_in_words(step)}再给{money_in_words(cents)}"
        case Interest():
            return _interest(amount, words)
        case AsPaid(family=family):
            return f"与已获{family}系列奖励相同的金额"
        case Unstated(reason=reason, cap_cents=cap):
            return f"金额未定：{reason}{_capped(cap)}"
        case NonCash(benefit=benefit):
            return benefit
        case _:
            raise TypeError(f"{type(amount).__name__} has no words")


def _interest(interest: Interest, words: Saying) -> str:
    most = interest.principal_most_cents
    limit = f"（最高计{money_in_words(most)}）" if most is not None else ""
    loan = f"{words.quantity(interest.principal)}{limit}"
    if interest.rate is None:
        way = f"每年贴息{_points(interest.points_bp or 0)}"
    else:
        way = f"按{words.quantity(interest.rate)}的{share_in_words(interest.share_bp or 0)}贴息"
        if interest.most_bp is not None:
            way += f"、每年不超过{_points(interest.most_bp)}"
    return f"{loan}{way}，计{interest.years}年{_capped(interest.cap_cents)}"


def _points(basis_points: int) -> str:
    return f"{share_in_words(basis_points).removesuffix('%')}个百分点"


def _row(row: Row, rest: str, words: Saying) -> str:
    said = amount_in_words(row.amount, words)
    return f"{rest}{said}" if row.when is None else f"{said}（{words.condition(row.when)}）"


def _capped(cap_cents: int | None) -> str:
    return f"，最高{money_in_words(cap_cents)}" if cap_cents is not None else ""
