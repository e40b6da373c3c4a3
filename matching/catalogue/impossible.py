"""Conditions no enterprise can meet, and parts of them that are never reached.

Sound, not complete: what is named here can surely never hold; some things that cannot hold are not named.
"""

from collections.abc import Hashable, Iterable
from datetime import date

import msgspec

from matching.catalogue.claims import Claim, both, claims_of
from matching.catalogue.normal_form import Asked, Every, Node, NormalForm, Some
from matching.catalogue.walk import all_at
from matching.language.conditions import AnyOf, Condition, Judgement, opened, parts_of
from matching.language.vocabulary import Vocabulary

MOST_COMPARED = 200
"""Each alternative is held against each other; longer lists are left alone."""


class Clash(msgspec.Struct, frozen=True):
    """Two tests that cannot both come out as wanted; `other` None: the test cannot by itself."""

    asked: Asked
    other: Asked | None


class Covered(msgspec.Struct, frozen=True):
    """Whoever passes the part at `where` passes the one at `by` anyway."""

    where: str
    by: str


class Never(msgspec.Struct, frozen=True):
    """A place of a file that no enterprise ever reaches, and the tests that keep it from it.

    whole  the condition itself, rather than one way among others.
    """

    where: str
    clashes: tuple[Clash, ...]
    whole: bool


class _Held:
    """The claims made so far, and by which tests."""

    def __init__(
        self, claims: dict[Hashable, tuple[Claim, tuple[Asked, ...]]] | None = None
    ) -> None:
        self.claims = claims or {}


class Reach:
    """Says what can be reached, under the words of one catalogue and as seen from one evidence day."""

    def __init__(
        self, vocabulary: Vocabulary, definitions: dict[str, Condition], on: date | None
    ) -> None:
        self.vocabulary = vocabulary
        self.definitions = definitions
        self.on = on
        self.form = NormalForm(definitions)

    def never(
        self, condition: Condition, where: str = "condition", given: tuple[Node, ...] = ()
    ) -> tuple[Never, ...]:
        """Give every part of a condition that never holds; the whole alone where it is the whole.

        given  what holds anyway; parts of it are not looked at.
        """
        found: list[Never] = []
        node = self.form.of(condition, where)
        clashes = self._walk(Every((*given, node), where), _Held(), found)
        if clashes:
            return (Never(where, clashes, whole=True),)
        return tuple(never for never in dict.fromkeys(found) if never.where.startswith(where))

    def apart(self, *nodes: Node) -> bool:
        """Say whether these can never come out as wanted together."""
        return bool(self._walk(Every(nodes, ""), _Held(), []))

    def covered(self, condition: Condition, where: str = "condition") -> tuple[Covered, ...]:
        """Give the parts of every alternative that another one beside them covers."""
        return tuple(
            found
            for placed in all_at(condition, where)
            if isinstance(placed.condition, AnyOf)
            for found in self._covered_parts(placed.condition.parts, f"{placed.where}.any_of")
        )

    def _covered_parts(self, parts: tuple[Condition, ...], where: str) -> Iterable[Covered]:
        if len(parts) > MOST_COMPARED:
            return
        gone: set[int] = set()
        for place, part in enumerate(parts):
            for other, wider in enumerate(parts):
                if other == place or other in gone or self._has_judgement(wider):
                    continue
                if self.implies(part, wider):
                    gone.add(place)
                    yield Covered(f"{where}[{place}]", f"{where}[{other}]")
                    break

    def implies(self, one: Condition, other: Condition) -> bool:
        """Say whether, all being known, whoever meets the one surely meets the other."""
        return self.apart(self.form.of(one, ""), self.form.of(other, "", "not_true"))

    def _has_judgement(self, condition: Condition) -> bool:
        meant = opened(condition, self.definitions)
        return isinstance(meant, Judgement) or any(map(self._has_judgement, parts_of(meant)))

    def _walk(self, node: Node, held: _Held, found: list[Never]) -> tuple[Clash, ...]:
        """Give what keeps a node from being reached; nothing where it may be.

        found  takes up the parts that cannot be reached though the node can.
        """
        tests, choices = _flat(node)
        for test in tests:
            clash, held = self._plus(held, test)
            if clash is not None:
                return (clash,)
        for choice in choices:
            reached, closed = 0, list[Never]()
            for part in choice.parts:
                clashes = self._walk(part, held, closed)
                if clashes:
                    closed.append(Never(part.where, clashes, whole=False))
                else:
                    reached += 1
            if reached < choice.at_least:
                return tuple(clash for never in closed for clash in never.clashes)
            found += closed if choice.written else []
        return ()

    def _plus(self, held: _Held, asked: Asked) -> tuple[Clash | None, _Held]:
        claims = dict(held.claims)
        for key, claim in claims_of(asked, self.vocabulary, self.on):
            before, by = claims.get(key, (None, ()))
            together = claim if before is None else both(before, claim)
            if together.empty:
                partner = next((one for one in by if self._cannot(one, asked, key)), None)
                return Clash(asked, partner or (by[-1] if by else None)), held
            claims[key] = together, (*by, asked)
        return None, _Held(claims)

    def _cannot(self, one: Asked, other: Asked, key: Hashable) -> bool:
        """Say whether two tests of one datum already exclude each other."""
        first, second = (
            dict(claims_of(asked, self.vocabulary, self.on))[key] for asked in (one, other)
        )
        return both(first, second).empty


def _flat(node: Node) -> tuple[list[Asked], list[Some]]:
    """Give the tests that must all hold, and the choices beside them."""
    if isinstance(node, Asked):
        return [node], []
    if isinstance(node, Some):
        return [], [node]
    inner = [_flat(part) for part in node.parts]
    return [t for tests, _ in inner for t in tests], [c for _, choices in inner for c in choices]
