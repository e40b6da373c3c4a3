"""What can go wrong with a file as a whole.

ImportProblem
├── LayoutError    layout files of ours cannot be used; carries every problem found
└── SheetRefused   a file of theirs cannot be taken in; carries every refusal found
"""

from collections.abc import Sequence

from matching.language.problems import Problem
from registry.imports.types import Refusal


class ImportProblem(Exception):
    """Anything that keeps a whole file from being taken in."""


class LayoutError(ImportProblem):
    """Layout files cannot be used."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class SheetRefused(ImportProblem):
    """The file cannot be taken in, and nothing of it was."""

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        self.refusals = tuple(refusals)
        super().__init__("\n".join(str(refusal) for refusal in self.refusals))


def whole_file(file_name: str, problem: str, way_out: str, sheet: str = "") -> SheetRefused:
    """Refuse a file or a worksheet as a whole."""
    return SheetRefused(
        [
            Refusal(
                file_name=file_name,
                sheet=sheet,
                row=0,
                column="",
                header="",
                value=None,
                problem=problem,
                way_out=way_out,
            )
        ]
    )
