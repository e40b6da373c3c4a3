"""What is wrong with a file: where, what, why it matters, and the way out."""

from collections.abc import Sequence

import msgspec


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


class LanguageError(Exception):
    """A file of the catalogue cannot be used; carries every problem found in it, not only the first."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))
