"""Random conditions, amounts and enterprises over the small vocabulary, drawn to meet at their limits."""

from datetime import date, timedelta

import msgspec
from hypothesis import strategies as st

from matching.language.conditions import (
    OPERATORS,
    AllOf,
    AnyOf,
    Branches,
    Case,
    Compare,
    CompareTwo,
    Condition,
    CountOf,
    Dated,
    Defined,
    FirstOver,
    Flag,
    Growth,
    Indicator,
    Judgement,
    Listed,
    Negate,
    OneOf,
    Paid,
    PersonWhereUnknown,
    Points,
    RelatedHas,
    Score,
    ScorePart,
    Share,
    YearsSince,
    parts_of,
)
from matching.language.quantities import OverLedger, OverMonths, Quantity, Value
from tests.matching.engine.small_world import DAY

YEARS = ("2023", "2024", "2025", "2026")
MONTHS = ("2026-01", "2026-02", "2026-03")
WINDOW = "2023-07-01..2024-06-30"
BIG = 9 * 10**18

numbers = st.sampled_from((0, 1, 2, 3, 97, 99, 100, 101, 103, 10_000, -1, -100, BIG, BIG - 1, -BIG))
limits = st.sampled_from((0, 1, 2, 3, 100, 101, 10_000, -1, BIG))
limits_bp = st.sampled_from((0, 1, 100, 300, 2_599, 2_600, 5_000, 10_000, 15_000, -500))
operators = st.sampled_from(OPERATORS)
DAYS = tuple(
    sorted(
        {
            *(DAY + timedelta(days=shift) for shift in (-400, -1, 0, 1, 200)),
            *(date(year, month, day) for year in (2021, 2023, 2024, 2025, 2026)
              for month, day in ((1, 1), (2, 28), (6, 29), (6, 30), (7, 1), (12, 31))),
            date(2024, 2, 29),
        }
    )
)  # fmt: skip
days = st.sampled_from(DAYS)
spans = st.tuples(days, days).map(lambda pair: (min(pair), max(pair)))
families = st.sampled_from(("P1", "P2"))
codes = {
    "status": ("active", "cancelled", "revoked"),
    "grade": ("A", "B"),
    "place": ("000000", "410000", "410100", "410102", "410103", "411000", "419001"),
    "industry": ("C", "C34", "C3411", "C3489", "C35", "I", "I65"),
}
levels = {"giant": ("省级", "国家级"), "register": (), "blacklist": ()}
BATCHES = ("第一批", "第二批")
MOST_JUDGED = 4
"""Rows of one table a person may answer: the language takes no more."""
periods = st.sampled_from((*YEARS, "-0", "-1", "-2"))


def quantities(unit: str) -> st.SearchStrategy[Quantity]:
    """Draw quantities of one unit, so that any two may be compared."""
    if unit == "月":
        spans = st.tuples(st.sampled_from(MONTHS), st.sampled_from(MONTHS)).map(sorted)
        return st.builds(
            lambda span, take: OverMonths(fact="power", first=span[0], last=span[1], take=take),
            spans,
            st.sampled_from(("sum", "mean", "max", "min")),
        )
    if unit == "分":
        yearly = st.builds(Value, st.sampled_from(("revenue", "profit")), periods)
        return yearly | st.just(Value("capital")) | _over_ledger("loans") | _over_years()
    if unit == "人":
        return st.just(Value("staff")) | _over_ledger("hires")
    return st.builds(Value, st.just("layoff"), periods)


def _over_years() -> st.SearchStrategy[OverMonths]:
    return st.builds(
        OverMonths,
        fact=st.sampled_from(("revenue", "profit")),
        first=st.sampled_from(("-2", "-3")),
        last=st.sampled_from(("-1", "-2")),
        take=st.sampled_from(("sum", "mean", "max", "min")),
    )


def _over_ledger(fact: str) -> st.SearchStrategy[OverLedger]:
    used = st.lists(families, min_size=1, max_size=2, unique=True).map(tuple)
    return st.builds(OverLedger, st.just(fact), used)


units = st.sampled_from(("分", "分", "月", "人", "%"))


@st.composite
def _pairs(draw: st.DrawFn) -> tuple[Quantity, Quantity]:
    drawn = quantities(draw(units))
    return draw(drawn), draw(drawn)


def growth() -> st.SearchStrategy[Growth]:
    return st.builds(
        lambda pair, operator, limit, years: Growth(
            now=pair[0], before=pair[1], operator=operator, limit_bp=limit, years=years
        ),
        _pairs(), operators, limits_bp, st.integers(1, 5),
    )  # fmt: skip


def mean_growth() -> st.SearchStrategy[Growth]:
    """Draw limits on the mean of two yearly growths of one fact."""
    values = st.sampled_from(("revenue", "profit")).flatmap(
        lambda fact: st.tuples(*(st.builds(Value, st.just(fact), periods) for _ in range(3)))
    )
    return st.builds(
        lambda three, operator, limit: Growth(
            now=three[0], through=three[1], before=three[2], operator=operator, limit_bp=limit
        ),
        values, operators, limits_bp,
    )  # fmt: skip


@st.composite
def _one_of(draw: st.DrawFn) -> OneOf:
    fact = draw(st.sampled_from(sorted(codes)))
    chosen = draw(st.lists(st.sampled_from(codes[fact]), min_size=1, max_size=3, unique=True))
    period = draw(periods) if fact == "grade" else None
    return OneOf(fact=fact, period=period, codes=tuple(chosen))


@st.composite
def listed(draw: st.DrawFn) -> Listed:
    key = draw(st.sampled_from(sorted(levels)))
    chosen = st.lists(st.sampled_from(levels[key] or ("",)), max_size=2, unique=True)
    bare = Listed(
        list=key,
        levels=tuple(draw(chosen)) if levels[key] else (),
        batches=tuple(draw(st.lists(st.sampled_from(BATCHES), max_size=1))),
    )
    begun = msgspec.structs.replace(bare, still=False)
    match draw(st.sampled_from(("stands", "stands", "begun", "first", "year", "within", "within"))):
        case "stands":
            valid_on, since_by = draw(st.none() | days), draw(st.none() | days)
            return msgspec.structs.replace(bare, valid_on=valid_on, since_by=since_by)
        case "begun":
            return msgspec.structs.replace(begun, since_by=draw(st.none() | days))
        case "first":
            return msgspec.structs.replace(begun, first_in=draw(spans))
        case "year":
            return msgspec.structs.replace(begun, first_year=draw(st.integers(-3, 0)))
        case "within":
            valid_on = draw(st.none() | days)
            if draw(st.booleans()):
                return msgspec.structs.replace(
                    begun, within_years=draw(st.integers(1, 3)), valid_on=valid_on
                )
            return msgspec.structs.replace(
                begun, within_months=draw(st.integers(1, 30)), valid_on=valid_on
            )


leaves: st.SearchStrategy[Condition] = st.one_of(
    st.builds(
        lambda quantity, operator, limit: Compare(
            quantity=quantity, operator=operator, limit=limit
        ),
        units.flatmap(quantities), operators, limits,
    ),
    st.builds(
        lambda pair, operator: CompareTwo(quantity=pair[0], operator=operator, other=pair[1]),
        _pairs(), operators,
    ),
    st.builds(
        lambda pair, operator, limit: Share(
            part=pair[0], whole=pair[1], operator=operator, limit_bp=limit
        ),
        _pairs(), operators, limits_bp,
    ),
    growth(),
    st.builds(
        FirstOver,
        fact=st.just("revenue"), period=periods, since=st.integers(2021, 2026),
        operator=st.sampled_from(("at_least", "more_than")), limit=limits,
    ),
    st.builds(
        Dated,
        fact=st.just("registered_on"), operator=st.sampled_from(("on_or_before", "on_or_after")),
        day=days,
    ),
    st.builds(
        Dated,
        fact=st.just("loaded_on"), period=periods,
        operator=st.sampled_from(("on_or_before", "on_or_after")), day=days,
    ),
    st.builds(
        YearsSince,
        fact=st.just("registered_on"),
        at_least=st.integers(0, 4),
        at_year_end=st.booleans(),
    ),
    mean_growth(),
    _one_of(),
    st.builds(Flag, fact=st.just("direct"), expected=st.booleans()),
    st.builds(Flag, fact=st.just("closed"), period=st.just(WINDOW), expected=st.booleans()),
    listed(),
    st.builds(Paid, family=families),
    st.builds(
        RelatedHas,
        role=st.sampled_from(("parent", "any")),
        condition=listed() | st.builds(Paid, family=families),
    ),
    st.builds(Judgement, text=st.sampled_from(("突出贡献", "较为靠前"))),
    st.builds(Defined, name=st.sampled_from(("good", "again"))),
)  # fmt: skip


def _branches(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[Branches]:
    cases = st.lists(st.builds(Case, when=inner, then=inner), min_size=1, max_size=3)
    return st.builds(Branches, cases=cases.map(tuple), otherwise=st.none() | inner)


def _scores(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[Score]:
    rows = st.lists(
        st.builds(Points, when=st.none() | inner, points=st.integers(0, 30)), min_size=1, max_size=3
    )
    indicator = st.builds(
        Indicator,
        name=st.just("指标"),
        rows=rows.map(tuple),
    ) | st.builds(
        Indicator,
        name=st.just("指标"),
        rows=rows.map(tuple),
        take=st.just("sum"),
        most=st.none() | st.integers(0, 40),
    )
    part = st.builds(
        ScorePart,
        name=st.just("部分"),
        indicators=st.lists(indicator, min_size=1, max_size=2).map(tuple),
        at_least=st.none() | st.integers(0, 30),
        most=st.none() | st.integers(0, 40),
    )
    return st.builds(
        Score,
        parts=st.lists(part, min_size=1, max_size=2).map(tuple),
        operator=st.sampled_from(("at_least", "more_than")),
        limit=st.integers(0, 60),
        most=st.none() | st.integers(0, 60),
    ).filter(lambda score: sum(_asks(row) for row in parts_of(score)) <= MOST_JUDGED)


def _asks(condition: Condition) -> bool:
    """Say whether a person may be asked; what a name stands for may always ask one."""
    inner = parts_of(condition)
    return isinstance(condition, Judgement | Defined | PersonWhereUnknown) or any(
        _asks(part) for part in inner
    )


def composite(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    """Draw a condition made of these."""
    parts = st.lists(inner, min_size=1, max_size=4).map(tuple)
    counted = parts.flatmap(
        lambda drawn: st.builds(CountOf, at_least=st.integers(1, len(drawn)), parts=st.just(drawn))
    )
    return st.one_of(
        st.builds(AllOf, parts=parts),
        st.builds(AllOf, parts=parts),
        st.builds(AnyOf, parts=parts),
        st.builds(Negate, part=inner),
        st.builds(PersonWhereUnknown, part=inner),
        counted,
        _branches(inner),
        _scores(inner),
    )


conditions = st.recursive(leaves, composite, max_leaves=8)
scores = _scores(st.recursive(leaves, composite, max_leaves=2))
definitions = st.builds(
    lambda good: {"good": good, "again": Defined(name="good")},
    st.recursive(leaves, composite, max_leaves=3).filter(lambda drawn: not _names(drawn)),
)


def _names(condition: Condition) -> bool:
    return isinstance(condition, Defined) or any(_names(part) for part in parts_of(condition))
