"""What can go wrong with cases.

CaseProblem
├── CasesBroken    cases.yml cannot be used; carries every problem
├── CaseRefused    steps asked for cannot be made; none was, carries every reason
└── YearUnknown    nobody has told which days of a year are worked
"""

from collections.abc import Sequence


class CaseProblem(Exception):
    """Anything a case refuses."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


class CasesBroken(CaseProblem):
    """The declaration of clocks and reasons cannot be used."""


class CaseRefused(CaseProblem):
    """Steps cannot be made; nothing was changed."""


class YearUnknown(CaseProblem):
    """Which days of a year are worked is not known yet: a date would be a guess."""

    def __init__(self, year: int, known: Sequence[int]) -> None:
        self.year = year
        said = (
            f"{year} 年的放假调休安排还没有录入（已有 {min(known)}–{max(known)} 年），"
            "算不出涉及该年的工作日期限；国务院办公厅的通知公布后，升级 chinesecalendar，"
            "或在 registry/cases/cases.yml 的 years 中按通知录入"
        )
        super().__init__([said])
