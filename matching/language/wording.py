"""Conditions and amounts in plain Chinese, generated from the rule itself."""

from datetime import date

from matching.language.amounts import Amount
from matching.language.conditions import (
    AllOf,
    AnyOf,
    Branches,
    Compare,
    CompareTwo,
    Condition,
    CountOf,
    Dated,
    Defined,
    FirstOver,
    Flag,
    Growth,
    Judgement,
    Listed,
    Negate,
    OneOf,
    Operator,
    Paid,
    PersonWhereUnknown,
    RelatedHas,
    Score,
    Share,
    YearsSince,
)
from matching.language.periods import period_in_words
from matching.language.quantities import OverLedger, OverMonths, Quantity, absolute_period
from matching.language.score_wording import score_in_words
from matching.language.units import money_in_words, share_in_words
from matching.language.vocabulary import Vocabulary
from matching.language.wording_amounts import amount_in_words

SIGNS: dict[Operator, str] = {
    "at_least": "不低于",
    "at_most": "不高于",
    "more_than": "超过",
    "less_than": "低于",
}
NESTED = (AllOf, AnyOf, CountOf, Branches, Score)
"""Conditions whose sentence has parts of its own and stands in brackets within another."""
BASES = {"excluded": "（不含税）", "included": "（含税）", None: ""}
RELATED = {"parent": "母公司（控股方）", "any": "同一集团的其他企业"}
TAKEN = {"sum": "合计", "mean": "月均", "max": "最高月", "min": "最低月"}


class Words:
    """Says conditions and amounts as seen from an evidence day."""

    def __init__(self, vocabulary: Vocabulary, definitions: dict[str, Condition], on: date) -> None:
        self.vocabulary = vocabulary
        self.definitions = definitions
        self.on = on

    def condition(self, condition: Condition) -> str:
        """Say a condition in one sentence; its own label where it has one."""
        if condition.label is not None:
            return condition.label
        match condition:
            case AllOf() | AnyOf() | CountOf() | Negate() | Branches() | Score():
                return self._joined(condition)
            case PersonWhereUnknown(part=part):
                return f"{self._inner(part)}（数据没有给到或没有证明的，由人工核验）"
            case Defined(name=name):
                return self.condition(self.definitions[name])
            case Judgement(text=text):
                return f"{text}（需人工判断）"
            case Listed():
                return self._listed(condition)
            case Paid(family=family):
                return f"此前已获得过同类奖励（{family}）"
            case RelatedHas(role=role, condition=inner):
                return f"{RELATED[role]}{self.condition(inner)}"
            case _:
                return self._test(condition)

    def _joined(self, condition: AllOf | AnyOf | CountOf | Negate | Branches | Score) -> str:
        match condition:
            case AllOf(parts=parts):
                return "；并且".join(self._inner(part) for part in parts)
            case AnyOf(parts=parts):
                return "；或者".join(self._inner(part) for part in parts)
            case CountOf(at_least=least, parts=parts):
                return f"下列至少{least}项：" + "；".join(self._inner(part) for part in parts)
            case Negate(part=part):
                return f"不属于以下情形：{self.condition(part)}"
            case Branches():
                return self._branches(condition)
            case Score():
                return score_in_words(condition, self._inner)

    def _inner(self, part: Condition) -> str:
        said = self.condition(part)
        nested = isinstance(part, NESTED) and part.label is None
        return f"（{said}）" if nested else said

    def _branches(self, branches: Branches) -> str:
        said = [
            f"若{self._inner(case.when)}，则须{self._inner(case.then)}" for case in branches.cases
        ]
        last = branches.otherwise
        rest = f"其余须{self._inner(last)}" if last is not None else "其余不符合"
        return "；".join([*said, rest])

    def _test(self, leaf: Condition) -> str:
        match leaf:
            case Compare(quantity=quantity, operator=operator, limit=limit):
                return f"{self.quantity(quantity)}{SIGNS[operator]}{self.figure_of(quantity.fact, limit)}"
            case CompareTwo(quantity=quantity, operator=operator, other=other):
                return f"{self.quantity(quantity)}{SIGNS[operator]}{self.quantity(other)}"
            case Share(part=part, whole=whole, operator=operator, limit_bp=limit):
                said = f"{self.quantity(part)}占{self.quantity(whole)}的比例"
                return f"{said}{SIGNS[operator]}{share_in_words(limit)}"
            case Growth():
                return f"{self.growth(leaf)}{SIGNS[leaf.operator]}{share_in_words(leaf.limit_bp)}"
            case FirstOver(fact=fact, period=period, since=since, operator=operator, limit=limit):
                said = (
                    f"{self._fact(fact, period)}首次{'超过' if operator == 'more_than' else '达到'}"
                )
                return f"{said}{self.figure_of(fact, limit)}（自{since}年起算）"
            case Dated(fact=fact, period=period, operator=way, day=day):
                return f"{self._fact(fact, period)}在{day}{'及以前' if way == 'on_or_before' else '及以后'}"
            case YearsSince(fact=fact, at_least=years):
                until = "至上年末" if leaf.at_year_end else ""
                return f"自{self._fact(fact, None)}起{until}满{years}年"
            case OneOf(fact=fact, period=period, codes=codes):
                return f"{self._fact(fact, period)}属于{'、'.join(self.code(fact, code) for code in codes)}"
            case Flag(fact=fact, period=period, expected=expected):
                return f"{self._fact(fact, period)}：{'是' if expected else '否'}"
            case _:
                raise TypeError(f"{type(leaf).__name__} has no words")

    def _listed(self, condition: Listed) -> str:
        label = self.vocabulary.lists[condition.list].label
        which = "、".join((*condition.levels, *condition.batches))
        name = f"{label}（{which}）" if which else label
        if condition.first_in is not None:
            first, last = condition.first_in
            return f"首次列入{name}的日期在{first}至{last}"
        if condition.first_year is not None:
            return f"{self.on.year + condition.first_year}年首次列入{name}"
        if condition.within_years is not None:
            return f"{self._looked_back(condition)}{condition.within_years}年有{name}"
        if condition.within_months is not None:
            return f"{self._looked_back(condition)}{condition.within_months}个月有{name}"
        day = f"{condition.valid_on}" if condition.valid_on else "目前"
        if condition.since_by is not None:
            return f"{condition.since_by}及以前已列入{name}" + (
                f"且{day}仍在" if condition.still else ""
            )
        if not condition.still:
            return f"{condition.valid_on or self.on}及以前曾列入{name}"
        return f"{condition.valid_on}仍在{name}" if condition.valid_on else f"在{name}之内"

    def _looked_back(self, condition: Listed) -> str:
        return "近" if condition.valid_on is None else f"截至{condition.valid_on}近"

    def quantity(self, quantity: Quantity) -> str:
        """Say which figure is meant: 2025年营业收入, 2026年1月至3月月均用电量."""
        if isinstance(quantity, OverLedger):
            families = "、".join(quantity.unused_by)
            return f"{self._fact(quantity.fact, None)}（已用于{families}奖励的不计）"
        if isinstance(quantity, OverMonths):
            fact = self._fact(quantity.fact, None)
            first, last = (
                period_in_words(absolute_period(end, self.on) or "")
                for end in (quantity.first, quantity.last)
            )
            taken = TAKEN[quantity.take]
            yearly = quantity.first.startswith("-")
            return f"{first}至{last}{taken.replace('月', '年') if yearly else taken}{fact}"
        return self._fact(quantity.fact, quantity.period)

    def growth(self, growth: Growth) -> str:
        """Say which growth is meant."""
        if growth.through is not None:
            years = (self.quantity(each) for each in (growth.now, growth.through, growth.before))
            return f"{'、'.join(years)}的两年平均增长率"
        said = f"{self.quantity(growth.now)}比{self.quantity(growth.before)}的"
        return said + (f"{growth.years}年复合增长率" if growth.years > 1 else "增幅")

    def figure_of(self, fact: str, stored: int) -> str:
        """Say a stored whole number of a fact with its unit."""
        declared = self.vocabulary.facts[fact]
        if declared.kind == "money":
            return money_in_words(stored)
        return share_in_words(stored) if declared.kind == "share" else f"{stored:,}{declared.unit}"

    def _fact(self, fact: str, period: str | None) -> str:
        absolute = absolute_period(period, self.on)
        declared = self.vocabulary.facts[fact]
        label = (
            f"{declared.label.removesuffix(BASES[declared.tax_basis])}{BASES[declared.tax_basis]}"
        )
        return f"{period_in_words(absolute)}{label}" if absolute else label

    def code(self, fact: str, code: str) -> str:
        """Say a code word, place or industry in words."""
        declared = self.vocabulary.facts[fact]
        tree = self.vocabulary.tree_of(declared)
        return tree.name(code) if tree is not None else declared.values.get(code, code)

    def amount(self, amount: Amount) -> str:
        """Say what an item gives."""
        return amount_in_words(amount, self)
