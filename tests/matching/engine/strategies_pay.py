"""Random amounts over the small vocabulary."""

from hypothesis import strategies as st

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
    Payer,
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
from matching.language.conditions import Growth
from matching.language.quantities import Value
from tests.matching.engine.strategies import conditions, families, growth, periods, quantities

cents = st.sampled_from((0, 1, 100, 33, 10**15))
caps = st.none() | st.sampled_from((0, 50, 10_000))
bases = st.sampled_from(("分", "月")).flatmap(quantities)
costs = quantities("分")
shares_bp = st.sampled_from((0, 1, 3_333, 5_000, 10_000))
interests = st.builds(
    Interest, principal=costs, points_bp=st.sampled_from((0, 1, 150, 200)),
    principal_most_cents=caps, years=st.integers(1, 3), cap_cents=caps,
) | st.builds(
    Interest, principal=costs, rate=st.builds(Value, st.just("layoff"), periods),
    share_bp=shares_bp, most_bp=st.none() | st.sampled_from((0, 100, 300)),
    principal_most_cents=caps, years=st.integers(1, 3), cap_cents=caps,
)  # fmt: skip
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
    st.builds(AsPaid, families),
    interests,
)  # fmt: skip


def _rows(inner: st.SearchStrategy[Amount]) -> st.SearchStrategy[Amount]:
    row = st.builds(Row, st.none() | conditions, inner)
    rows = st.lists(row, min_size=1, max_size=3).map(tuple)
    payers = st.just((Payer("省级", 1), Payer("县级", 3)))
    several = st.lists(families, min_size=1, max_size=2, unique=True).map(tuple)
    return st.one_of(
        st.builds(Highest, rows),
        st.builds(Total, rows),
        st.builds(LessPaid, families, inner),
        st.builds(Table, rows),
        st.builds(Staged, families, rows),
        st.builds(PartOf, st.sampled_from((0, 1, 3_333, 5_000, 10_000)), inner),
        st.builds(Split, inner, payers),
        st.builds(Pool, cents, st.sampled_from(("pro_rata", "first_come")), st.none() | inner),
        st.builds(
            StackCap, inner, costs, st.sampled_from((3_333, 5_000, 10_000)),
            st.just(()) | several, st.none() | costs,
        ),
        st.builds(FirmCap, inner, cents, several, st.sampled_from(("year", "life"))),
    )  # fmt: skip


amounts = st.recursive(plain_amounts, _rows, max_leaves=4)
