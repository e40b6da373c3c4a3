"""zen-engine over the same items for a sample of enterprises, its data completed (null cannot be compared in it).

The fastest way found to call it: one compiled expression that gives a list of all items' answers, so that an
enterprise's values are handed over once.

Run: python -m tests.benchmarks.match.measure_zen FOLDER [SAMPLE]   (needs pip install zen-engine)
"""

import json
import sys
import time
from pathlib import Path

import zen

from matching.engine.ground import Ground
from matching.engine.match import truths, whole_condition
from matching.engine.population import Population
from matching.language.conditions import (
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
from matching.language.vocabulary import Vocabulary
from tests.benchmarks.match.evidence_day import DAY
from tests.benchmarks.match.generate import (
    benchmark_vocabulary,
    completed,
    fact_words,
    read_input,
)

SAMPLE = 2_000
SIGNS = {"at_least": ">=", "at_most": "<=", "more_than": ">", "less_than": "<"}


def expression(condition: Condition, vocabulary: Vocabulary) -> str:
    """Say a condition in zen's language."""

    def joined(parts: tuple[Condition, ...], word: str) -> str:
        return f" {word} ".join(f"({expression(part, vocabulary)})" for part in parts)

    match condition:
        case AllOf(parts=parts):
            return joined(parts, "and")
        case AnyOf(parts=parts):
            return joined(parts, "or")
        case Negate(part=part):
            return f"not ({expression(part, vocabulary)})"
        case _:
            return leaf_expression(condition, vocabulary)


def leaf_expression(leaf: Condition, vocabulary: Vocabulary) -> str:
    """Say a test; a place or industry asked for becomes the words that lie in it."""
    match leaf:
        case Compare(quantity=quantity, operator=operator, limit=limit):
            return f"{quantity.fact} {SIGNS[operator]} {limit}"
        case CompareTwo(quantity=one, operator=operator, other=two):
            return f"{one.fact} {SIGNS[operator]} {two.fact}"
        case Share(part=part, whole=whole, operator=operator, limit_bp=limit):
            reached = f"{part.fact} * 10000 {SIGNS[operator]} {whole.fact} * {limit}"
            return f"{whole.fact} > 0 and {reached}"
        case OneOf(fact=fact, codes=codes):
            tree, words = vocabulary.tree_of(vocabulary.facts[fact]), fact_words(fact)
            if tree is None:
                return f"{fact} in {json.dumps(codes)}"
            within = [word for word in words if any(tree.contains(code, word) for code in codes)]
            return f"{fact} in {json.dumps(within)}"
        case Flag(fact=fact, expected=expected):
            return fact if expected else f"not {fact}"
        case _:
            raise TypeError(leaf)


def measure(folder: Path, sample: int) -> dict[str, float]:
    """Give the seconds for the sample, the same for all enterprises by proportion, and the disagreements."""
    frame, problem = read_input(folder)
    vocabulary = benchmark_vocabulary(problem.vocabulary_facts)
    part = completed(frame.head(sample))
    whole = [whole_condition(item, vocabulary.places.root) for item in problem.items]
    compiled = zen.compile_expression(
        "[" + ", ".join(expression(condition, vocabulary) for condition in whole) + "]"
    )
    rows = part.drop("enterprise_id").to_dicts()
    start = time.perf_counter()
    found = [compiled.evaluate(row) for row in rows]
    seconds = time.perf_counter() - start
    ours = truths(problem.items, Ground(Population(frame=part), vocabulary, {}), DAY)
    differing = sum(
        known is not None and known != said
        for item, answers in zip(problem.items, zip(*found, strict=True), strict=True)
        for known, said in zip(ours[item.id], answers, strict=True)
    )
    return {
        "sample": sample,
        "sample_s": seconds,
        "extrapolated_s": seconds * frame.height / sample,
        "differing": differing,
    }


if __name__ == "__main__":
    asked = int(sys.argv[2]) if len(sys.argv) > 2 else SAMPLE
    sys.stdout.write(json.dumps(measure(Path(sys.argv[1]), asked)) + "\n")
