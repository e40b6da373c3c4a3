"""A sum that grows in steps is the same whether its cap is asked of the sum or of the figure."""

import polars as pl
from hypothesis import example, given
from hypothesis import strategies as st

from matching.engine.ranges import HUGE
from matching.engine.slopes import Slope, bounded_slope
from matching.engine.whole import Whole

MOST = 2**63 - 1
figures = st.integers(-3, 9) | st.integers(-200, 200) | st.sampled_from((MOST, -(2**63), 10**18))
slopes = st.builds(
    Slope,
    factor=st.sampled_from((0, 1, 3, 3_333)),
    less=st.sampled_from((0, 1, 7, 100, 150)),
    divisor=st.sampled_from((1, 2, 7, 10_000)),
    each=st.sampled_from((0, 1, 7, 10**6)),
)


def plain(figure: int | None, slope: Slope, cap: int | None) -> tuple[int, int | None]:
    """Give both ends as the text says them."""
    if figure is None:
        return 0, cap
    given = (figure * slope.factor - slope.less) // slope.divisor * slope.each
    # Beyond what any column or sum can hold it is cut off.
    held = max(min(given, HUGE if cap is None else cap), 0)
    return held, held


@example([None, 150, MOST], Slope(less=100, divisor=50, each=7), None)
@example([None], Slope(factor=3), 9)
@example([-1, 0, 1, 9, None], Slope(), None)
@example([-1, 0, 1, 3, 4, None], Slope(factor=3), 9)
@example([99, 100, 149, 150, 200], Slope(less=100, divisor=50, each=7), 9)
@given(
    st.lists(figures | st.none(), min_size=1, max_size=6),
    slopes,
    st.none() | st.sampled_from((0, 1, 50, 10_000, MOST)),
)
def test_both_ends_are_what_the_text_says(
    cells: list[int | None], slope: Slope, cap: int | None
) -> None:
    known = [cell for cell in cells if cell is not None] or [0]
    frame = pl.DataFrame({"figure": pl.Series(cells, dtype=pl.Int64)})
    found = bounded_slope(Whole(pl.col("figure"), min(known), max(known)), slope, cap)
    given = frame.select(
        "figure", low=found.low.expr.cast(pl.Int128), high=found.high.expr.cast(pl.Int128)
    ).select("low", "high")

    assert given.rows() == [plain(cell, slope, cap) for cell in cells]
    assert found.endless == (cap is None)
    for low, high in given.rows():
        assert found.low.least <= low <= found.low.most
        assert high is None or found.high.least <= high <= found.high.most
