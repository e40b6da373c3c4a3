"""One amount of each kind that is made of others or of a loan, over the small vocabulary."""

from matching.language.amounts import (
    Amount,
    AsPaid,
    FirmCap,
    Fixed,
    Interest,
    PartOf,
    Payer,
    Pool,
    Row,
    Split,
    StackCap,
    Staged,
    Table,
)
from matching.language.conditions import Flag
from matching.language.quantities import Value

DIRECT = Flag(fact="direct", expected=True)
CAPITAL, RATE = Value("capital"), Value("layoff", "2025")
SPLIT = Split(Fixed(300), (Payer("省", 1), Payer("县", 1)))
ONE_OF_EACH: tuple[Amount, ...] = (
    Table((Row(DIRECT, Fixed(300)), Row(None, Fixed(100)))),
    Interest(CAPITAL, points_bp=150, years=2, principal_most_cents=5_000, cap_cents=900),
    Interest(CAPITAL, rate=RATE, share_bp=5_000, most_bp=200),
    Staged("P1", (Row(None, Fixed(100)), Row(DIRECT, Fixed(800)))),
    PartOf(5_000, Fixed(301)),
    AsPaid("P2"),
    Pool(5_000, "pro_rata"),
    Pool(5_000, "first_come", Fixed(700)),
    SPLIT,
    StackCap(Fixed(300), cost=CAPITAL, besides=("P1", "P2")),
    StackCap(Fixed(300), cost=CAPITAL, share_bp=5_000, aid=Value("revenue", "2025")),
    FirmCap(Fixed(300), cents=500, families=("P1",), per="year"),
    FirmCap(SPLIT, cents=500, families=("P1", "P2"), per="life"),
)
