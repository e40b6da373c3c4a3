"""What is wrong with a file: where, what, why it matters, and the way out."""

from collections.abc import Sequence
from typing import Literal

import msgspec

Rule = Literal["judgement_word", "jurisdiction", "no_phone", "no_guide", "unknown_family"]
RULES: dict[Rule, str] = {
    "judgement_word": "判断性用语",
    "jurisdiction": "与迁入、纳税地或统计地挂钩",
    "no_phone": "没有联系电话",
    "no_guide": "没有办事指南",
    "unknown_family": "奖补系列无对应事项",
}
FOR_PUBLISHING: frozenset[Rule] = frozenset({"no_phone", "no_guide", "unknown_family"})
"""What a shipped or draft item may lack for a while, but not one that is published."""


class Problem(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """One thing wrong in one place of one file.

    file     path as the reader was given it.
    line     1-based; 0 where the whole file is meant.
    where    path inside the file, such as "condition.all_of[2].at_least".
    what     what stands there and why it cannot stay.
    way_out  what to write instead.
    """

    file: str
    line: int
    where: str
    what: str
    way_out: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        inside = f" {self.where}" if self.where else ""
        return f"{place}{inside}: {self.what} → {self.way_out}"


class Finding(Problem, frozen=True, kw_only=True, order=True):
    """Something a person should know of an item, with the reason; by itself it blocks nothing.

    item  id of the item.
    rule  what kind of thing it is.
    """

    item: str
    rule: Rule


class LanguageError(Exception):
    """A file of the catalogue cannot be used; carries every problem found in it, not only the first."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))
