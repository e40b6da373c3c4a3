"""What can go wrong in a pool.

PoolProblem
├── PoolsBroken   pools.yml cannot be used; carries every problem
├── PoolRefused   changes asked for cannot be made; none was, carries every reason
└── ListRefused   a pool list or target file cannot be taken in; nothing of it was, carries every cell
"""

from collections.abc import Sequence

from registry.imports.types import Refusal


class PoolProblem(Exception):
    """Anything a pool refuses."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


class PoolsBroken(PoolProblem):
    """The declaration of the pools cannot be used."""


class PoolRefused(PoolProblem):
    """Changes cannot be made; nothing was changed."""


class ListRefused(PoolProblem):
    """A file cannot be taken in; nothing of it was."""

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        self.refusals = tuple(refusals)
        super().__init__([str(refusal) for refusal in self.refusals])
