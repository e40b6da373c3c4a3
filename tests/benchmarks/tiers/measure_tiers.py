"""How long it takes to judge every title for a whole city in one pass, and to give one enterprise's ladder.

    python -m tests.benchmarks.tiers.measure_tiers [FIRMS]

Drawn at random for every datum the shipped standards read, one in twenty of them unknown. Targets: 2 s for 720,000
enterprises and all titles; 50 ms for one enterprise's ladder with the road and what the next title brings.
"""

import json
import resource
import statistics
import sys
import time
from datetime import date, timedelta

import polars as pl

from matching.catalogue.load_catalogue import Catalogue, shipped_catalogue
from matching.engine.assess import assess
from matching.engine.ground import Ground
from matching.engine.ladder import Rules, ladder_of
from matching.engine.population import MEMBERSHIP_COLUMNS, Population
from matching.engine.single.single import Single
from matching.language.needs import columns_of
from matching.language.records import RecordLedger
from matching.language.standards import KINDS
from matching.language.vocabulary import Fact, FactKind, fact_of_column
from tests.matching.small_ladder import small_ladder

DAY = date(2026, 10, 31)
FIRMS = 720_000
LADDERS = 200
ONE_UNKNOWN_IN = 20


def drawn(catalogue: Catalogue, firms: int) -> Population:
    """Give so many enterprises with a value for everything the standards of the day read."""
    read = {
        name
        for standard in catalogue.standards
        for kind in KINDS
        if standard.judges(kind, DAY)
        for criterion in standard.criteria
        for name in columns_of(criterion.condition, DAY, catalogue.definitions)
    }
    words = catalogue.vocabulary
    columns = [pl.int_range(1, firms + 1, eager=True).alias("enterprise_id")]
    for name in sorted({*read, "place"}):
        fact = words.facts.get(fact_of_column(name)[0])
        if fact is not None and fact.ledger is None and fact.derived is None:
            columns.append(_column(name, fact, catalogue, firms))
    lists = sorted({*(read & words.lists.keys()), *(t.list for t in catalogue.tiers.values())})
    return Population(
        frame=pl.DataFrame(columns),
        memberships=_entries(lists, firms),
        records={key: _records(ledger, firms) for key, ledger in words.records.items()},
        coverage=dict.fromkeys((*words.lists, *words.records, "awards"), DAY),
    )


def _rolled(name: str, firms: int, sides: int) -> pl.Series:
    """Give one roll a firm from 0 on, always the same for a name."""
    rows = pl.int_range(firms, eager=True)
    return (rows.hash(sum(map(ord, name)) * 7919 + len(name)) % sides).cast(pl.Int64)


def _records(ledger: RecordLedger, firms: int) -> pl.DataFrame:
    """Give a row for every second enterprise, on average."""
    rows = firms // 2
    owners = (_rolled(ledger.key, rows, firms) + 1).alias("enterprise_id")
    fields = [
        _values(f"{ledger.key} {name}", field.kind, list(field.values), rows).alias(name)
        for name, field in ledger.fields.items()
    ]
    return pl.DataFrame([owners, *fields])


def _column(name: str, fact: Fact, catalogue: Catalogue, firms: int) -> pl.Series:
    tree = getattr(catalogue.vocabulary, fact.tree or "", None)
    return _values(name, fact.kind, list(fact.values if tree is None else tree.nodes), firms)


def _values(name: str, kind: FactKind, codes: list[str], firms: int) -> pl.Series:
    known = _rolled(f"known {name}", firms, ONE_UNKNOWN_IN) > 0
    match kind:
        case "money":
            values = (_rolled(name, firms, 10**6) / 10**6 * 15 + 13).exp().cast(pl.Int64)
        case "number":
            values = _rolled(name, firms, 100)
        case "share":
            values = _rolled(name, firms, 10_001)
        case "flag":
            values = _rolled(name, firms, 2) > 0
        case "date":
            first = (DAY - timedelta(days=7_000) - date(1970, 1, 1)).days
            values = (_rolled(name, firms, 7_000) + first).cast(pl.Int32).cast(pl.Date)
        case "code":
            values = pl.Series(codes).gather(_rolled(name, firms, len(codes)))
    frame = pl.DataFrame([values.alias(name), known.alias("known")])
    return frame.select(pl.when("known").then(name).alias(name))[name]


def _entries(lists: list[str], firms: int) -> pl.DataFrame:
    parts = [
        pl.DataFrame(
            {
                "enterprise_id": _rolled(key, firms // 50 + 1, firms) + 1,
                "list": key,
                "from_on": DAY - timedelta(days=400),
            }
        )
        for key in lists
    ]
    empty = pl.DataFrame(schema=MEMBERSHIP_COLUMNS)
    return pl.concat([empty, *parts], how="diagonal_relaxed").cast(dict(MEMBERSHIP_COLUMNS))


def measure(firms: int) -> dict[str, float]:
    """Give seconds of the preparation and of each kind's pass, and milliseconds of a ladder."""
    shipped = shipped_catalogue()
    catalogue = shipped if shipped.standards else small_ladder()
    population = drawn(catalogue, firms)
    told: dict[str, float] = {
        "enterprises": firms,
        "standards": len(catalogue.standards),
        "criteria": sum(len(one.criteria) for one in catalogue.standards),
    }
    for kind in KINDS:
        start = time.perf_counter()
        ground = Ground(population, catalogue.vocabulary, catalogue.definitions, DAY)
        ready = time.perf_counter()
        found = assess(catalogue.standards, ground, DAY, kind)
        told[f"{kind}_prepared_s"] = ready - start
        told[f"{kind}_s"] = time.perf_counter() - ready
        told[f"{kind}_columns"] = found.codes.width
    told["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rules = Rules(catalogue.tiers, catalogue.standards, shipped.items)
    taken: list[float] = []
    for number in range(LADDERS):
        own = population.only(pl.Series([1 + number * (firms // LADDERS)]))
        start = time.perf_counter()
        single = Single(own, catalogue.vocabulary, shipped.definitions, DAY)
        ladder_of(own, single, rules, DAY)
        taken.append((time.perf_counter() - start) * 1_000)
    return told | {"ladder_middle_ms": statistics.median(taken), "ladder_longest_ms": max(taken)}


if __name__ == "__main__":
    told = measure(int(sys.argv[1]) if len(sys.argv) > 1 else FIRMS)
    sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=2) + "\n")
