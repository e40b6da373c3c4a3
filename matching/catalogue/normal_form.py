"""Conditions with every negation pushed down to the single tests, definitions opened."""

from typing import Literal

import msgspec

from matching.language.conditions import (
    AllOf,
    AnyOf,
    Branches,
    Condition,
    CountOf,
    Defined,
    Negate,
    PersonWhereUnknown,
    opened,
)

Wanted = Literal["true", "false", "not_true", "not_false"]
"""What is asked of a test. A share of nothing is neither true nor false, so these are four, not two."""
TURNED: dict[Wanted, Wanted] = {
    "true": "false",
    "false": "true",
    "not_true": "not_false",
    "not_false": "not_true",
}
HOLDING: tuple[Wanted, ...] = ("true", "not_false")


class Asked(msgspec.Struct, frozen=True):
    """One test and what is asked of it; `where` is its place in the file."""

    leaf: Condition
    wanted: Wanted
    where: str


class Every(msgspec.Struct, frozen=True):
    """All of these."""

    parts: tuple["Node", ...]
    where: str


class Some(msgspec.Struct, frozen=True):
    """At least so many of these.

    written  they stand in this file as ways to choose from, and not turned round by a negation.
    """

    at_least: int
    parts: tuple["Node", ...]
    where: str
    written: bool = False


Node = Asked | Every | Some


class NormalForm:
    """Says what must hold for a condition to come out as wanted."""

    def __init__(self, definitions: dict[str, Condition]) -> None:
        self.definitions = definitions

    def of(self, condition: Condition, where: str, wanted: Wanted = "true") -> Node:
        """Give the normal form of a condition that stands at this place of a file."""
        if isinstance(condition, Defined):
            meant = opened(condition, self.definitions)
            return _all_at(self.of(meant, where, wanted), where)
        match condition:
            case Negate(part=part):
                return self.of(part, f"{where}.negate", TURNED[wanted])
            case PersonWhereUnknown(part=part):
                return self.of(part, f"{where}.person_where_unknown", wanted)
            case AllOf(parts=parts):
                return self._junction(parts, len(parts), f"{where}.all_of", wanted)
            case AnyOf(parts=parts):
                return self._junction(parts, 1, f"{where}.any_of", wanted)
            case CountOf(at_least=least, parts=parts):
                return self._junction(parts, least, f"{where}.of", wanted)
            case Branches():
                return self._branches(condition, where, wanted)
            case _:
                return Asked(condition, wanted, where)

    def _junction(
        self, parts: tuple[Condition, ...], least: int, where: str, wanted: Wanted
    ) -> Node:
        """Turn "at least n of m hold" into "at least m - n + 1 do not" where the opposite is wanted."""
        inner = tuple(self.of(part, f"{where}[{n}]", wanted) for n, part in enumerate(parts))
        needed = least if wanted in HOLDING else len(parts) - least + 1
        if needed == len(inner):
            return Every(inner, where)
        return Some(needed, inner, where, written=wanted in HOLDING)

    def _branches(self, branches: Branches, where: str, wanted: Wanted) -> Node:
        """Give one alternative a case that may apply: it does, none before it did, and it decides so."""
        earlier: list[Node] = []
        ways: list[Node] = []
        for place, case in enumerate(branches.cases):
            at = f"{where}.branches[{place}]"
            applies = self.of(case.when, f"{at}.when", "not_false")
            decides = self.of(case.then, f"{at}.then", wanted)
            ways.append(Every((*earlier, applies, decides), at))
            earlier.append(self.of(case.when, f"{at}.when", "not_true"))
        if branches.otherwise is not None:
            decides = self.of(branches.otherwise, f"{where}.otherwise", wanted)
            ways.append(Every((*earlier, decides), f"{where}.otherwise"))
        elif wanted not in HOLDING:
            ways.append(Every(tuple(earlier), where))
        return Some(1, tuple(ways), where, written=wanted in HOLDING)


def _all_at(node: Node, where: str) -> Node:
    """Give the normal form of a definition, all of it at the place where the definition is used."""
    if isinstance(node, Asked):
        return Asked(node.leaf, node.wanted, where)
    parts = tuple(_all_at(part, where) for part in node.parts)
    return Every(parts, where) if isinstance(node, Every) else Some(node.at_least, parts, where)
