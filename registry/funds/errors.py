"""What can go wrong with funds.

FundProblem
├── FundRefused  something asked for cannot be done; nothing was
└── FundShort    there is not enough free money; nothing was done
"""

from collections.abc import Sequence


class FundProblem(Exception):
    """Anything a fund refuses."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


class FundRefused(FundProblem):
    """Something asked for cannot be done; nothing was."""


class FundShort(FundProblem):
    """There is not enough free money; nothing was done."""

    def __init__(self, label: str, free_cents: int, wanted_cents: int) -> None:
        self.free_cents, self.wanted_cents = free_cents, wanted_cents
        said = (
            f"资金“{label}”可用 {free_cents / 100:,.2f} 元，要 {wanted_cents / 100:,.2f} 元，"
            f"还差 {(wanted_cents - free_cents) / 100:,.2f} 元；先追加（registry funds refill），再办"
        )
        super().__init__([said])
