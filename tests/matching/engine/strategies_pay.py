"""Random amounts over the small vocabulary."""

from hypothesis import strategies as st

from matching.language.amounts import (
    Amount,
    Fixed,
    Highest,
    LessPaid,
    NonCash,
    PerPoint,
    PerStep,
    PerUnit,
    Row,
    ShareOf,
    Total,
    Unstated,
)
from matching.language.conditions import Growth
from tests.matching.engine.strategies import conditions, families, growth, quantities

cents = st.sampled_from((0, 1, 100, 33, 10**15))
caps = st.none() | st.sampled_from((0, 50, 10_000))
bases = st.sampled_from(("分", "月")).flatmap(quantities)
plain_amounts: st.SearchStrategy[Amount] = st.one_of(
    st.builds(Fixed, cents),
    st.builds(ShareOf, st.sampled_from((0, 1, 3_000, 3_333, 100_000)), bases, caps),
    st.builds(PerUnit, cents, bases, caps),
    st.builds(
        PerPoint,
        cents,
        growth().map(lambda grown: Growth(now=grown.now, before=grown.before,
                                           operator="at_least", limit_bp=0)),
        caps,
    ),
    st.builds(PerStep, cents, bases, st.sampled_from((0, 1, 100)), st.sampled_from((1, 7, 100))),
    st.builds(Unstated, st.just("比例另定"), caps),
    st.builds(NonCash, st.just("优先")),
)  # fmt: skip


def _rows(inner: st.SearchStrategy[Amount]) -> st.SearchStrategy[Amount]:
    row = st.builds(Row, st.none() | conditions, inner)
    rows = st.lists(row, min_size=1, max_size=3).map(tuple)
    return st.one_of(
        st.builds(Highest, rows), st.builds(Total, rows), st.builds(LessPaid, families, inner)
    )


amounts = st.recursive(plain_amounts, _rows, max_leaves=4)
