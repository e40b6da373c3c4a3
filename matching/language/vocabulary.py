"""The words everything else is said in: facts, lists, places, industries and departments."""

from typing import Literal

import msgspec

FactKind = Literal["money", "number", "share", "flag", "date", "code"]
PeriodKind = Literal["none", "year", "quarter", "month", "window"]
ListKindName = Literal["title", "register", "negative", "project"]


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of statement about an enterprise, declared in facts.yml, never in code.

    unit      of a number (人, 千瓦时); money is whole 分 and a share whole basis points.
    sources   departments in order of trust; the first that speaks is believed.
    values    code word to Chinese label, for codes without a tree.
    ask       what to ask whoever owns the datum when it is missing.
    """

    key: str
    label: str
    kind: FactKind
    department: str
    ask: str
    period: PeriodKind = "none"
    unit: str = ""
    sources: tuple[str, ...] = ()
    values: dict[str, str] = {}
    tree: Literal["places", "industries"] | None = None
    headers: tuple[str, ...] = ()


class ListKind(msgspec.Struct, frozen=True, kw_only=True):
    """One list (名录) an enterprise can be on.

    levels          lowest first.
    validity_years  how long an entry runs where the list gives no last day; None: until it is removed.
    fresh_days      how long after its day a complete list still answers "not on it".
    """

    key: str
    label: str
    kind: ListKindName
    department: str
    fresh_days: int
    levels: tuple[str, ...] = ()
    validity_years: int | None = None
    names: tuple[str, ...] = ()


class Node(msgspec.Struct, frozen=True, kw_only=True):
    """One place or industry and what it lies within; `within` is None at the root."""

    code: str
    name: str
    within: str | None = None
    aliases: tuple[str, ...] = ()


class Tree:
    """Places or industries: who contains whom, and who is meant by a name."""

    def __init__(self, nodes: tuple[Node, ...]) -> None:
        self.nodes = {node.code: node for node in nodes}
        self._by_name: dict[str, str] = {}
        for node in nodes:
            for name in (node.name, *node.aliases):
                self._by_name.setdefault(name, node.code)

    @property
    def root(self) -> str:
        """Give the code that contains all others; the first one declared without a parent."""
        return next(node.code for node in self.nodes.values() if node.within is None)

    def find(self, text: str) -> str | None:
        """Give the code meant by a code, a name or an alias; None where nothing is meant."""
        if text in self.nodes:
            return text
        return self._by_name.get(text)

    def name(self, code: str) -> str:
        """Say a code in words; a finer code than the tree knows is named by its nearest parent."""
        known = self.nearest(code)
        return self.nodes[known].name if known else code

    def nearest(self, code: str) -> str | None:
        """Give the code itself or the longest known code it starts with (C3489 → C34)."""
        for length in range(len(code), 0, -1):
            if code[:length] in self.nodes:
                return code[:length]
        return None

    def contains(self, outer: str, inner: str) -> bool:
        """Say whether the inner code lies in the outer one; a code contains itself."""
        if outer not in self.nodes:
            # Conditions may name a finer code than the tree knows (G599): what starts with it lies in it.
            return inner.startswith(outer)
        if inner.startswith(outer) and self.nearest(inner) == outer:
            return True
        at = inner if inner in self.nodes else self.nearest(inner)
        while at is not None:
            if at == outer:
                return True
            at = self.nodes[at].within
        return False

    def inside(self, outer: str) -> frozenset[str]:
        """Give every known code within the outer one, itself included."""
        return frozenset(code for code in self.nodes if self.contains(outer, code))


class Vocabulary(msgspec.Struct, frozen=True, kw_only=True):
    """All words of one catalogue.

    digest  sha256 of the files it was read from.
    files   their names and texts, so that a run can freeze them.
    """

    facts: dict[str, Fact]
    lists: dict[str, ListKind]
    departments: dict[str, str]
    places: Tree
    industries: Tree
    digest: str
    files: dict[str, str] = {}

    def tree_of(self, fact: Fact) -> Tree | None:
        """Give the tree a code fact takes its codes from; None for a closed set of words."""
        if fact.tree is None:
            return None
        return self.places if fact.tree == "places" else self.industries


def column_name(fact: str, period: str | None) -> str:
    """Name the column of a fact: annual_revenue@2025, or the bare key of a fact without period."""
    return f"{fact}@{period}" if period else fact


def fact_of_column(column: str) -> tuple[str, str | None]:
    """Split a column into its fact and its period."""
    fact, _, period = column.partition("@")
    return fact, period or None
