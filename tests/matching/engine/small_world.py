"""A small vocabulary with every kind of word, and enterprises as plain values beside their columns."""

from collections.abc import Mapping
from datetime import date

import msgspec
import polars as pl

from matching.engine.ground import Ground
from matching.engine.population import (
    AWARD_COLUMNS,
    EVIDENCE_COLUMNS,
    FACT_TYPES,
    KNOWN_COLUMNS,
    MEMBERSHIP_COLUMNS,
    RELATION_COLUMNS,
    USE_COLUMNS,
    Population,
)
from matching.language.amounts import Amount, NonCash
from matching.language.conditions import Condition
from matching.language.items import Days, Document, Item
from matching.language.vocabulary import Fact, ListKind, Node, Tree, Vocabulary, fact_of_column

DAY = date(2026, 6, 30)
OTHERS = 10**6
"""What an enterprise's number is multiplied by to number those it is tied to."""
SOMEBODY = 10**12
"""The number of whoever claims what others claim too."""
Cell = int | str | bool | date


def _fact(key: str, kind: str, period: str = "none", **more: object) -> Fact:
    said = {"key": key, "label": f"指标{key}", "kind": kind, "period": period}
    return msgspec.convert({**said, "department": "market", "ask": "问", **more}, Fact)


FACTS = (
    _fact("revenue", "money", "year"),
    _fact("profit", "money", "year"),
    _fact("capital", "money"),
    _fact("staff", "number", unit="人"),
    _fact("power", "number", "month", unit="千瓦时"),
    _fact("layoff", "share", "year"),
    _fact("direct", "flag"),
    _fact("closed", "flag", "window"),
    _fact("registered_on", "date"),
    _fact("loaded_on", "date", "year"),
    _fact("status", "code", values={"active": "存续", "cancelled": "注销", "revoked": "吊销"}),
    _fact("grade", "code", "year", values={"A": "A类", "B": "B类"}),
    _fact("place", "code", tree="places"),
    _fact("industry", "code", tree="industries"),
    _fact("hires", "number", unit="人", ledger="person"),
    _fact("loans", "money", ledger="loan"),
)
LISTS = (
    ListKind(key="giant", label="小巨人", kind="title", department="market", fresh_days=400,
             levels=("省级", "国家级"), validity_years=3),
    ListKind(key="register", label="名录", kind="register", department="market", fresh_days=62),
    ListKind(key="blacklist", label="失信名单", kind="negative", department="market", fresh_days=40),
)  # fmt: skip
PLACES = (
    Node(code="000000", name="中国"),
    Node(code="410000", name="河南省", within="000000"),
    Node(code="410100", name="郑州市", within="410000"),
    Node(code="410102", name="中原区", within="410100"),
    Node(code="410103", name="二七区", within="410100"),
    Node(code="411000", name="许昌市", within="410000"),
    Node(code="419001", name="济源市", within="410000"),
)
INDUSTRIES = (
    Node(code="C", name="制造业"),
    Node(code="C34", name="通用设备", within="C"),
    Node(code="C3411", name="锅炉", within="C34"),
    Node(code="C35", name="专用设备", within="C"),
    Node(code="I", name="信息业"),
    Node(code="I65", name="软件", within="I"),
)
VOCABULARY = Vocabulary(
    facts={fact.key: fact for fact in FACTS},
    lists={listed.key: listed for listed in LISTS},
    departments={"market": "市场监管局"},
    places=Tree(PLACES),
    industries=Tree(INDUSTRIES),
    digest="small",
)


class Entry(msgspec.Struct, frozen=True):
    """One list entry of one enterprise, as in `Population.memberships`."""

    list: str
    level: str | None = None
    batch: str | None = None
    from_on: date | None = None
    until_on: date | None = None
    left_on: date | None = None


class Award(msgspec.Struct, frozen=True):
    """One payment; without a day it is not known when."""

    family: str
    cents: int | None
    paid_on: date | None = None


class Tie(msgspec.Struct, frozen=True):
    """Another enterprise bound to this one, and what is known of it.

    role  "parent" or "member".
    """

    role: str
    entries: tuple[Entry, ...] = ()
    awards: tuple[Award, ...] = ()
    known: frozenset[str] = frozenset()


class Claim(msgspec.Struct, frozen=True):
    """An evidence item this enterprise claims.

    used_by  families whose awards have used it up, for whomever.
    shared   another enterprise claims it too.
    """

    fact: str
    cents: int | None = None
    used_by: tuple[str, ...] = ()
    shared: bool = False


class Firm(msgspec.Struct, frozen=True):
    """What is known of one enterprise; a fact that is not here is unknown.

    known  lists and "paid:FAMILY" whose entries are completely known for this one.
    """

    facts: Mapping[str, Cell] = {}
    entries: tuple[Entry, ...] = ()
    awards: tuple[Award, ...] = ()
    known: frozenset[str] = frozenset()
    ties: tuple[Tie, ...] = ()
    claims: tuple[Claim, ...] = ()


def population_of(
    firms: list[Firm], coverage: dict[str, date] | None = None, vocabulary: Vocabulary = VOCABULARY
) -> Population:
    """Give enterprises as columns, numbered from 1 in the order given."""
    numbered = list(enumerate(firms, start=1))
    names = sorted({name for firm in firms for name in firm.facts})
    columns = [
        pl.Series(
            name,
            [firm.facts.get(name) for firm in firms],
            dtype=FACT_TYPES[vocabulary.facts[fact_of_column(name)[0]].kind],
        )
        for name in names
    ]
    tied = [
        (number, OTHERS * number + place, tie)
        for number, firm in numbered
        for place, tie in enumerate(firm.ties)
    ]
    holders: list[tuple[int, Firm | Tie]] = [*numbered, *((other, tie) for _, other, tie in tied)]
    entries = [
        {"enterprise_id": number, **msgspec.structs.asdict(entry)}
        for number, holder in holders
        for entry in holder.entries
    ]
    awards = [
        (number, award.family, award.cents, award.paid_on)
        for number, holder in holders
        for award in holder.awards
    ]
    known = [(number, name) for number, holder in holders for name in sorted(holder.known)]
    ids = pl.Series("enterprise_id", range(1, len(firms) + 1), dtype=pl.Int64)
    return Population(
        frame=pl.DataFrame([ids, *columns]),
        memberships=pl.DataFrame(entries, schema=MEMBERSHIP_COLUMNS),
        awards=pl.DataFrame(awards, schema=AWARD_COLUMNS, orient="row"),
        coverage=coverage or {},
        known=pl.DataFrame(known, schema=KNOWN_COLUMNS, orient="row"),
        relations=pl.DataFrame(
            [(number, other, tie.role) for number, other, tie in tied],
            schema=RELATION_COLUMNS,
            orient="row",
        ),
        evidence=pl.DataFrame(_claimed(numbered), schema=EVIDENCE_COLUMNS, orient="row"),
        uses=pl.DataFrame(_used(numbered, vocabulary), schema=USE_COLUMNS, orient="row"),
    )


def _claimed(numbered: list[tuple[int, Firm]]) -> list[tuple[int, str, str, int | None]]:
    """Give the rows of claims: each item has a key of its own, and some a second claimant."""
    return [
        (claimant, claim.fact, f"{number}/{place}", claim.cents)
        for number, firm in numbered
        for place, claim in enumerate(firm.claims)
        for claimant in ((number, SOMEBODY) if claim.shared else (number,))
    ]


def _used(numbered: list[tuple[int, Firm]], vocabulary: Vocabulary) -> list[tuple[str, str, str]]:
    return [
        (str(vocabulary.facts[claim.fact].ledger), f"{number}/{place}", family)
        for number, firm in numbered
        for place, claim in enumerate(firm.claims)
        for family in claim.used_by
    ]


def ground_of(
    firms: list[Firm],
    coverage: dict[str, date] | None = None,
    definitions: dict[str, Condition] | None = None,
    run_day: date | None = None,
) -> Ground:
    """Give what conditions are judged on."""
    return Ground(population_of(firms, coverage), VOCABULARY, definitions or {}, run_day)


def item_of(condition: Condition, amount: Amount | None = None, item_id: str = "made") -> Item:
    """Give a published, verified item of the whole country that is in force on DAY."""
    return Item(
        id=item_id,
        policy="P00",
        title="测试事项",
        version="1",
        mark="verified",
        status="published",
        document=Document(number="〔2026〕1号", issuer="市政府", article="一", source="原文"),
        department="market",
        area="000000",
        valid=Days(since=date(2026, 1, 1), until=date(2026, 12, 31)),
        repeat="once",
        family="P00",
        condition=condition,
        amount=amount or NonCash(benefit="优先"),
    )


def truths_of(
    condition: Condition,
    firms: list[Firm],
    *,
    coverage: dict[str, date] | None = None,
    on: date = DAY,
) -> list[bool | None]:
    """Give the engine's truth of a condition for each enterprise."""
    ground = ground_of(firms, coverage)
    asked = ground.truth(condition, on).alias("truth")
    return ground.collect(asked)["truth"].to_list()
