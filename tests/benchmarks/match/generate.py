"""The match benchmark's input: a made-up city's columns and made-up items, the same on every machine.

720,000 enterprises with six text codes, forty numbers and twenty-four flags, each column unknown for 5 to
60 % of them; 573 items of 3 to 9 conditions out of about 1,500 distinct ones, with any_of and negate inside.
Numbers stay below 2^31, the largest OpenFisca can hold; a quarter of the columns have zeros.

Run by itself it only writes the input: python -m tests.benchmarks.match.generate FOLDER [FIRMS]
"""

import sys
from pathlib import Path
from random import Random
from typing import Literal

import msgspec
import polars as pl

from matching.catalogue.load_vocabulary import shipped_vocabulary
from matching.language.amounts import Fixed
from matching.language.conditions import (
    OPERATORS,
    AllOf,
    AnyOf,
    Compare,
    CompareTwo,
    Condition,
    Flag,
    Negate,
    OneOf,
    Share,
)
from matching.language.items import Days, Document, Item
from matching.language.quantities import Value
from matching.language.vocabulary import Fact, FactKind, Vocabulary
from tests.benchmarks.match.evidence_day import DAY

TreeName = Literal["places", "industries"]
FIRMS, ITEMS, TESTS = 720_000, 573, 1_500
NUMBERS = tuple(f"n{place:02d}" for place in range(40))
FLAGS = tuple(f"f{place:02d}" for place in range(24))
WORDS = {"c0": 4, "c1": 8, "c2": 20, "c3": 60}
CODES = ("place", "industry", *WORDS)


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be decided, and the words it is said in; the columns stand in a file beside it."""

    vocabulary_facts: dict[str, Fact]
    items: tuple[Item, ...]


def benchmark_vocabulary(facts: dict[str, Fact]) -> Vocabulary:
    """Give the benchmark's facts with the places and industries that are shipped."""
    shipped = shipped_vocabulary()
    return Vocabulary(
        facts=facts,
        lists={},
        departments={},
        places=shipped.places,
        industries=shipped.industries,
        digest="benchmark",
    )


def facts() -> dict[str, Fact]:
    """Declare the seventy columns."""

    def fact(key: str, kind: FactKind, tree: TreeName | None = None) -> Fact:
        words = {f"w{place}": f"词{place}" for place in range(WORDS.get(key, 0))}
        return Fact(
            key=key,
            label="基准",
            kind=kind,
            department="market",
            ask="基准",
            values=words,
            tree=tree,
        )

    declared = {key: fact(key, "money") for key in NUMBERS}
    declared |= {key: fact(key, "flag") for key in FLAGS}
    declared |= {key: fact(key, "code") for key in WORDS}
    trees: tuple[tuple[str, TreeName], ...] = (("place", "places"), ("industry", "industries"))
    return declared | {key: fact(key, "code", tree) for key, tree in trees}


def population_frame(firms: int) -> pl.DataFrame:
    """Give the columns; every value follows from its row and column by a hash."""
    words = {key: list(fact_words(key)) for key in CODES}
    columns = [pl.col("enterprise_id")]
    for place, key in enumerate((*NUMBERS, *FLAGS, *CODES)):
        drawn = _drawn(2 * place)
        if key in NUMBERS:
            value = pl.lit(10.0).pow(3 + drawn * 6.3).cast(pl.Int64)
            value = value if place % 4 else pl.when(drawn > 0.05).then(value).otherwise(0)
        elif key in FLAGS:
            value = drawn < 0.2 + (place % 7) / 10
        else:
            known = words[key]
            value = pl.lit(pl.Series(known)).gather((drawn * len(known)).cast(pl.UInt32))
        unknown = 0.05 + 0.55 * (place * 7 % 70) / 69
        columns.append(pl.when(_drawn(2 * place + 1) >= unknown).then(value).alias(key))
    rows = pl.DataFrame({"enterprise_id": pl.int_range(1, firms + 1, eager=True)})
    return rows.select(columns).rechunk()


def fact_words(key: str) -> tuple[str, ...]:
    """Give the words a code column takes: places and industries that contain no other."""
    shipped = shipped_vocabulary()
    if key in WORDS:
        return tuple(f"w{place}" for place in range(WORDS[key]))
    tree = shipped.places if key == "place" else shipped.industries
    outer = {node.within for node in tree.nodes.values()}
    return tuple(code for code in tree.nodes if code not in outer)


def asked_words(key: str) -> tuple[str, ...]:
    """Give the words a condition may ask for: of a tree, what lies in the middle too."""
    shipped = shipped_vocabulary()
    if key in WORDS:
        return fact_words(key)
    tree = shipped.places if key == "place" else shipped.industries
    return tuple(code for code, node in tree.nodes.items() if node.within is not None)


def completed(frame: pl.DataFrame) -> pl.DataFrame:
    """Fill what is unknown with 0, no or the first word, as engines without "unknown" must."""
    words = {key: fact_words(key)[0] for key in CODES}
    return frame.with_columns(
        *(pl.col(key).fill_null(0) for key in NUMBERS),
        *(pl.col(key).fill_null(value=False) for key in FLAGS),
        *(pl.col(key).fill_null(word) for key, word in words.items()),
    )


def items() -> tuple[Item, ...]:
    """Give 573 items; every distinct test is used by one at least."""
    random = Random(573)  # noqa: S311  repeatable, not secret
    tests: dict[Condition, None] = {}
    while len(tests) < TESTS:
        tests[_test(random)] = None
    waiting = list(tests)
    pool = list(tests)
    random.shuffle(waiting)
    made: list[Item] = []
    for place in range(ITEMS):
        count = random.randint(3, 9)
        chosen = [waiting.pop() if waiting else random.choice(pool) for _ in range(min(count, 3))]
        chosen += [random.choice(pool) for _ in range(count - len(chosen))]
        made.append(_item(place, _combined(chosen, random), random))
    return tuple(made)


def _drawn(seed: int) -> pl.Expr:
    """Give a number in [0, 1) for each row."""
    return (pl.col("enterprise_id").hash(seed) // 2**11).cast(pl.Float64) / 2.0**53


def _test(random: Random) -> Condition:
    one, two = random.sample(NUMBERS, 2)
    operator = random.choice(OPERATORS)
    match random.choices(("compare", "two", "share", "code", "flag"), weights=(58, 10, 10, 19, 3))[
        0
    ]:
        case "compare":
            limit = int(10 ** (3 + random.random() * 6.3))
            return Compare(quantity=Value(one), operator=operator, limit=limit)
        case "two":
            return CompareTwo(quantity=Value(one), operator=operator, other=Value(two))
        case "share":
            bp = random.randint(1, 100) * 50
            return Share(part=Value(one), whole=Value(two), operator=operator, limit_bp=bp)
        case "code":
            key = random.choice(CODES)
            words = asked_words(key)
            taken = random.sample(words, random.randint(1, min(len(words) - 1, 6)))
            return OneOf(fact=key, codes=tuple(sorted(taken)))
        case _:
            return Flag(fact=random.choice(FLAGS), expected=random.random() < 0.7)


def _combined(chosen: list[Condition], random: Random) -> Condition:
    """Put about a third of the tests into any_of and a fifth behind negate."""
    parts: list[Condition] = []
    left = list(chosen)
    while left:
        if len(left) >= 2 and random.random() < 0.25:
            taken = tuple(left.pop() for _ in range(min(len(left), random.randint(2, 3))))
            part: Condition = AnyOf(parts=taken)
        else:
            part = left.pop()
        parts.append(Negate(part=part) if random.random() < 0.2 else part)
    return AllOf(parts=tuple(parts))


def _item(place: int, condition: Condition, random: Random) -> Item:
    area = random.choice(("000000", "000000", "410000", "410100", "411000", "410104", "411002"))
    return Item(
        id=f"item-{place:03d}",
        policy=f"B{place:03d}",
        title="基准事项",
        version="1",
        mark="illustrative",
        status="published",
        document=Document(number="基准", issuer="基准", article="基准"),
        department="market",
        area=area,
        valid=Days(since=DAY.replace(month=1, day=1)),
        repeat="once",
        family=f"B{place:03d}",
        condition=condition,
        amount=Fixed(cents=100),
    )


def write_input(folder: Path, firms: int) -> None:
    """Write the columns and the items into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    population_frame(firms).write_parquet(folder / "population.parquet", compression="lz4")
    problem = Problem(vocabulary_facts=facts(), items=items())
    (folder / "problem.json").write_bytes(msgspec.json.encode(problem))


def read_input(folder: Path) -> tuple[pl.DataFrame, Problem]:
    """Read them back; nothing of a file stays mapped into memory."""
    frame = pl.read_parquet(folder / "population.parquet", memory_map=False).rechunk()
    return frame, msgspec.json.decode((folder / "problem.json").read_bytes(), type=Problem)


if __name__ == "__main__":
    write_input(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else FIRMS)
