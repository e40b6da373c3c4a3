"""Groups settled together come out as each does alone, under their own names and with their own reasons."""

from hypothesis import given
from hypothesis import strategies as st

from matching.engine.settle import settle
from matching.engine.settle_alike import settle_all
from tests.matching.engine.test_settle import NAMES, RULES, Case, cases, columns

CALLED = (NAMES, ("p", "q", "r", "s"), ("z", "y", "x", "w"))
"""Names in and against the order of their items: equal sums are decided by name."""
several = st.lists(
    st.sampled_from(CALLED).flatmap(
        lambda called: cases((*RULES, "difference"), known=False, most=called[:2])
    ),
    max_size=5,
)


@given(several)
def test_groups_settled_together_come_out_as_each_alone(found: list[Case]) -> None:
    standing = [(one.group, columns(one.group, one.cells, one.paid, one.shared)) for one in found]

    for together, (group, frame) in zip(settle_all(standing), standing, strict=True):
        alone = settle(group, frame)
        assert together.keys() == alone.keys()
        for key, settled in together.items():
            assert settled.frame.rows(named=True) == alone[key].frame.rows(named=True)
            assert settled.reasons == alone[key].reasons
