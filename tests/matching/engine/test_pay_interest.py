"""Interest borne by the public: principal × yearly points × years, rounded down once."""

import pytest

from matching.language.amounts import Interest, PartOf
from matching.language.quantities import OverMonths, Value
from tests.matching.engine.paid_out import given
from tests.matching.engine.small_world import Cell

BIG = 9 * 10**18
LOAN, RATE = Value("capital"), Value("layoff", "2025")
POINTS = Interest(LOAN, points_bp=150, years=2, principal_most_cents=500_000_000_000)
SHARE = Interest(LOAN, rate=RATE, share_bp=5_000, most_bp=200)
NO_LIMIT = Interest(LOAN, rate=RATE, share_bp=5_000)


@pytest.mark.parametrize(
    ("principal", "expected"),
    [
        pytest.param(100_000_000, 3_000_000, id="1.5 points for two years"),
        pytest.param(500_000_000_000, 15_000_000_000, id="exactly the principal that counts"),
        pytest.param(500_000_000_001, 15_000_000_000, id="more than counts"),
        pytest.param(33, 0, id="parts of a 分"),
        pytest.param(34, 1, id="one 分"),
        pytest.param(0, 0, id="no loan"),
        pytest.param(-100, 0, id="a negative loan"),
    ],
)
def test_points_are_paid_on_so_much_of_the_principal(principal: int, expected: int) -> None:
    assert given(POINTS, capital=principal) == (expected, expected)


@pytest.mark.parametrize(
    ("principal", "rate_bp", "expected"),
    [
        pytest.param(100_000, 300, 1_500, id="half of 3 %"),
        pytest.param(100_000, 400, 2_000, id="half of 4 % is the most"),
        pytest.param(100_000, 401, 2_000, id="beyond the most"),
        pytest.param(100_000, 399, 1_995, id="below the most"),
        pytest.param(100_000, 333, 1_665, id="half of an odd rate is not rounded first"),
        pytest.param(1_999, 1, 0, id="parts of a 分"),
        pytest.param(20_000, 1, 1, id="one 分"),
        pytest.param(100_000, -300, 0, id="a negative rate"),
        pytest.param(-100_000, -300, 0, id="both negative"),
    ],
)
def test_a_share_of_the_actual_rate_is_paid_up_to_its_most(
    principal: int, rate_bp: int, expected: int
) -> None:
    assert given(SHARE, capital=principal, layoff__2025=rate_bp) == (expected, expected)


@pytest.mark.parametrize(
    ("loan", "facts", "expected"),
    [
        pytest.param(POINTS, {}, (0, 15_000_000_000), id="the principal that counts is the most"),
        pytest.param(SHARE, {"capital": 100_000}, (0, 2_000), id="the rate's most"),
        pytest.param(SHARE, {"layoff__2025": 300}, (0, None), id="any principal"),
        pytest.param(NO_LIMIT, {"capital": 100_000}, (0, None), id="any rate"),
        pytest.param(
            Interest(LOAN, rate=RATE, share_bp=5_000, cap_cents=700),
            {"capital": 100_000},
            (0, 700),
            id="the cap",
        ),
        pytest.param(
            Interest(LOAN, points_bp=150, principal_most_cents=10_000, cap_cents=100),
            {},
            (0, 100),
            id="the cap below what the principal can give",
        ),
    ],
)
def test_an_unknown_input_gives_a_range(
    loan: Interest, facts: dict[str, Cell], expected: tuple[int, int | None]
) -> None:
    assert given(loan, **facts) == expected


def test_a_cap_is_the_most_a_known_loan_gives() -> None:
    capped = Interest(LOAN, points_bp=150, cap_cents=100)

    assert given(capped, capital=10_000) == (100, 100)
    assert given(capped, capital=1_000_000) == (100, 100)


def test_a_mean_principal_is_not_rounded_first() -> None:
    mean = OverMonths(fact="power", first="2026-01", last="2026-03", take="mean")
    facts: dict[str, Cell] = {f"power__2026_to_0{month}": 33 for month in (1, 2)}

    # (33 + 33 + 34) / 3 at 3 % is one 分, 33 at 3 % would be none.
    assert given(Interest(mean, points_bp=300), power__2026_to_03=34, **facts) == (1, 1)


@pytest.mark.parametrize("rate_bp", [0, 1, 400, 10_000, BIG])
def test_huge_loans_at_huge_rates_are_exact_or_beyond_any_column(rate_bp: int) -> None:
    exact = BIG * rate_bp * 5_000 // 10**8
    found = given(NO_LIMIT, capital=BIG, layoff__2025=rate_bp)

    assert found == ((exact, exact) if exact < 2**63 else (2**63 - 1, None))
    assert given(NO_LIMIT, capital=2, layoff__2025=BIG) == (9 * 10**14, 9 * 10**14)
    assert given(PartOf(10_000, NO_LIMIT), capital=BIG, layoff__2025=BIG) == (2**63 - 1, None)
