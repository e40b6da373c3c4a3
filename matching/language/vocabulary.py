"""The words everything else is said in: facts, lists, places, industries and departments."""

import re
from typing import Annotated, Literal

import msgspec

from matching.language.periods import kind_of_period
from matching.language.records import Derived, RecordLedger

FactKind = Literal["money", "number", "share", "flag", "date", "code"]
PeriodKind = Literal["none", "year", "quarter", "month", "window"]
PERIOD_WORDS: dict[PeriodKind, str] = {
    "none": "无期间（直接写名字）",
    "year": "年（@2025）",
    "quarter": "季（@2026-Q1）",
    "month": "月（@2026-03）",
    "window": "时段（@2023-07-01..2024-06-30）",
}
ListKindName = Literal["title", "register", "negative", "project"]
Feed = Literal["sheet", "pull", "ask"]
"""How a datum reaches us: a department sends it by itself, it can be had from one on request, or the firm is asked."""
Change = Literal["firm", "time", "fixed"]
"""Who or what can change it: the enterprise by what it does, the calendar alone, or nobody."""
Ledger = Literal["person", "loan", "contract", "project"]
WHOLE_LEDGERS = ("relations", "uses")
"""Data of all enterprises besides facts, lists and awards: who controls whom, which evidence is used up."""


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of statement about an enterprise, declared in facts.yml, never in code.

    unit      of a number (人, 千瓦时); money is whole 分 and a share whole basis points.
    sources   departments in order of trust; the first that speaks is believed.
    values    code word to Chinese label, for codes without a tree.
    ask       what to ask whoever owns the datum when it is missing.
    tax_basis whether an amount is with or without tax; None: the question does not arise.
    ledger    counted or summed over evidence items of this kind, each of which may be used once.
    derived   counted or summed over the rows of a ledger of records where the figure itself is not told.
    feed      None: "ask" where the enterprise itself owns the datum, else "sheet".
    change    None: "fixed" for dates and for places, industries and other codes, else "firm".
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
    tax_basis: Literal["excluded", "included"] | None = None
    ledger: Ledger | None = None
    derived: Derived | None = None
    feed: Feed | None = None
    change: Change | None = None


class ListKind(msgspec.Struct, frozen=True, kw_only=True):
    """One list (名录) an enterprise can be on.

    levels          lowest first.
    validity_years  how long an entry runs where the list gives no last day; None: until it is removed.
    fresh_days      how long after its day a complete list still answers "not on it".
    change          None: "time" for negative lists (an entry runs out), else "firm".
    """

    key: str
    label: str
    kind: ListKindName
    department: str
    fresh_days: Annotated[int, msgspec.Meta(ge=0, le=10_000)]
    levels: tuple[str, ...] = ()
    validity_years: Annotated[int, msgspec.Meta(ge=1, le=100)] | None = None
    names: tuple[str, ...] = ()
    feed: Feed = "sheet"
    change: Change | None = None


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
        self._lineages: dict[str, frozenset[str]] = {}
        named: dict[str, list[str]] = {}
        for node in nodes:
            for name in (node.name, *node.aliases):
                named.setdefault(name, []).append(node.code)
        meant = {name: self._meant(codes) for name, codes in named.items()}
        self._by_name = {name: code for name, code in meant.items() if code is not None}

    @property
    def root(self) -> str:
        """Give the code that contains all others; the first one declared without a parent."""
        return next(node.code for node in self.nodes.values() if node.within is None)

    def _meant(self, codes: list[str]) -> str | None:
        """Give the code of a name; of several that bear it the one that contains the others, else nothing."""
        if len(codes) == 1:
            return codes[0]
        return next((c for c in codes if all(self.contains(c, other) for other in codes)), None)

    def find(self, text: str) -> str | None:
        """Give the code meant by a code, a name or an alias; None where nothing or several are meant.

        Where a class bears the name of what it lies in (房地产业), the wider is meant.
        """
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
        return outer in self.lineage(inner)

    def lineage(self, code: str) -> frozenset[str]:
        """Give the code and every code it lies within.

        Conditions may name a finer code than the tree knows (G599): what starts with it lies in it.
        """
        found = self._lineages.get(code)
        if found is None:
            starts = (code[:length] for length in range(1, len(code) + 1))
            within = {start for start in starts if start not in self.nodes}
            at = self.nearest(code)
            while at is not None and at not in within:
                within.add(at)
                at = self.nodes[at].within
            found = self._lineages[code] = frozenset(within)
        return found

    def inside(self, outer: str) -> frozenset[str]:
        """Give every known code within the outer one, itself included."""
        return frozenset(code for code in self.nodes if self.contains(outer, code))


class Vocabulary(msgspec.Struct, frozen=True, kw_only=True):
    """All words of one catalogue.

    records  ledgers of records.
    families  ledger families that stand in the ledger without an item of ours, and what they are.
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
    families: dict[str, str] = {}
    records: dict[str, RecordLedger] = {}

    def wrong_with(self, name: str) -> str | None:
        """Say what is wrong with the name of a datum.

        That is a fact's column, a list key, a ledger of records, "paid:FAMILY", "relations" or "uses"; and, where what others
        have or claim is told in a profile, "parent:KEY", "member:KEY" (a list or paid:FAMILY),
        "used:FAMILY" and "claimed:FACT".
        """
        said, colon, rest = name.partition(":")
        if colon:
            return self._wrong_with_special(said, rest)
        if name in self.lists or name in self.records or name in WHOLE_LEDGERS:
            return None
        key, period = fact_of_column(name)
        if key not in self.facts:
            return f"没有事实或名录“{key}”"
        wanted = self.facts[key].period
        given = "none" if period is None else kind_of_period(period)
        if given != wanted:
            return f"“{name}”的期间不对：{self.facts[key].label}按{PERIOD_WORDS[wanted]}计"
        return None

    def _wrong_with_special(self, said: str, rest: str) -> str | None:
        if said in ("paid", "used"):
            return None if rest else f"“{said}:”后面要写系列，如 {said}:P12"
        if said in ("parent", "member"):
            listed = rest in self.lists or (rest.startswith("paid:") and rest != "paid:")
            return None if listed else f"“{said}:”后面要写名录或 paid:系列，没有“{rest}”"
        if said == "claimed":
            fact = self.facts.get(rest)
            if fact is not None and fact.ledger is not None:
                return None
            return f"“claimed:”后面要写逐笔登记的事实，没有“{rest}”"
        return f"不认识“{said}:”；可用 paid:、used:、parent:、member:、claimed:"

    def code_of(self, fact: Fact, said: str) -> str | None:
        """Give the code meant by a code, a label or a name of a code fact; None where nothing is.

        A code of the right form that is finer than its tree knows stands as it is.
        """
        tree = self.tree_of(fact)
        if tree is None:
            labels = {label: code for code, label in fact.values.items()}
            return said if said in fact.values else labels.get(said)
        is_finer = is_industry_code if fact.tree == "industries" else is_township_code
        return tree.find(said) or (said if is_finer(said) and tree.nearest(said) else None)

    def tree_of(self, fact: Fact) -> Tree | None:
        """Give the tree a code fact takes its codes from; None for a closed set of words."""
        if fact.tree is None:
            return None
        return self.places if fact.tree == "places" else self.industries


def is_township_code(text: str) -> bool:
    """Say whether a text has the form of a statistical code below the county: nine or twelve digits."""
    return re.fullmatch(r"[0-9]{9}([0-9]{3})?", text) is not None


def is_industry_code(text: str) -> bool:
    """Say whether a text has the form of a GB/T 4754 code: a section's letter, then two to four digits."""
    return re.fullmatch(r"[A-T][0-9]{2,4}", text) is not None


def column_name(fact: str, period: str | None) -> str:
    """Name the column of a fact: annual_revenue@2025, or the bare key of a fact without period."""
    return f"{fact}@{period}" if period else fact


def fact_of_column(column: str) -> tuple[str, str | None]:
    """Split a column into its fact and its period."""
    fact, _, period = column.partition("@")
    return fact, period or None
