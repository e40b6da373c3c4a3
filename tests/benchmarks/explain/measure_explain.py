"""One enterprise × every item, as codes: reading it, deciding and explaining, and the smallest sets of changes.

The 573 items and the enterprises of the match benchmark, a third of whose data are unknown, then the shipped
catalogue over a well-known and an unknown enterprise. Each enterprise is a fresh one; nothing is kept between.

Run: python -m tests.benchmarks.explain.measure_explain [FIRMS]   (prints one JSON line)
"""

import json
import sys
import time
from collections.abc import Sequence
from datetime import date
from statistics import median

import msgspec

from matching.catalogue.load_catalogue import Catalogue, shipped_catalogue
from matching.engine.explain import in_words, traces
from matching.engine.gap import item_gaps
from matching.engine.gap_words import gap_in_words
from matching.engine.match import decided_items
from matching.engine.population import Population
from matching.engine.profile_text import population_of_texts
from matching.engine.single.single import Single
from matching.language.items import Item
from matching.language.vocabulary import Vocabulary
from matching.language.wording import Words
from tests.benchmarks.match.evidence_day import DAY
from tests.benchmarks.match.generate import (
    benchmark_vocabulary,
    facts,
    items,
    population_frame,
)

TARGET_MS = 50
Figures = dict[str, float]


def measure(firms: int) -> dict[str, Figures]:
    """Give milliseconds, the median over enterprises, for the generated and for the shipped items."""
    vocabulary = msgspec.structs.replace(
        benchmark_vocabulary(facts()), departments={"market": "基准"}
    )
    frame, asked = population_frame(firms), items()
    generated = [
        _one(asked, Population(frame=frame[row : row + 1]), vocabulary, DAY) for row in range(firms)
    ]
    shipped = shipped_catalogue()
    on = date(2026, 10, 31)
    decided = decided_items(shipped.items, on)
    rows = [*_backgrounds(shipped), {}]
    known = [
        _one(
            decided, population_of_texts([row], shipped.vocabulary), shipped.vocabulary, on, shipped
        )
        for row in rows
    ]
    return {"generated": _median(generated), "shipped": _median(known)}


def _backgrounds(catalogue: Catalogue) -> list[dict[str, str | None]]:
    """Give the made-up enterprises of the items' own examples as profiles."""
    return [
        {**item.background, **example.given}
        for item in catalogue.items
        for example in item.examples[:1]
    ]


def _one(
    asked: Sequence[Item],
    population: Population,
    vocabulary: Vocabulary,
    on: date,
    catalogue: Catalogue | None = None,
) -> Figures:
    """Give milliseconds for one enterprise.

    read_ms       a row of a population as plain values.
    explain_ms    every item decided and explained, as codes.
    gap_ms        the smallest sets of changes of every item that is not met.
    codes_ms      all three together: what the target is for.
    codes_cpu_ms  the same in processor time, which a busy machine lengthens less.
    words_ms      all of it in Chinese, afterwards.
    """
    definitions = catalogue.definitions if catalogue is not None else {}
    start, processor = time.perf_counter(), time.process_time()
    single = Single(population, vocabulary, definitions, on)
    read = time.perf_counter()
    told = traces(asked, single, on)
    explained = time.perf_counter()
    lacking = item_gaps(asked, single, on)
    found, busy = time.perf_counter(), time.process_time() - processor
    for item, traced, gaps in zip(asked, told, lacking, strict=True):
        in_words(item, traced, vocabulary, definitions, on)
        words = Words(vocabulary, definitions, item.evidence(on))
        for one in gaps.sets:
            gap_in_words(one, words)
    done = time.perf_counter()
    return {
        "items": len(asked),
        "read_ms": 1e3 * (read - start),
        "explain_ms": 1e3 * (explained - read),
        "gap_ms": 1e3 * (found - explained),
        "codes_ms": 1e3 * (found - start),
        "codes_cpu_ms": 1e3 * busy,
        "words_ms": 1e3 * (done - found),
        "sets": sum(len(gaps.sets) for gaps in lacking),
        "incomplete": sum(not gaps.complete for gaps in lacking),
    }


def _median(several: list[Figures]) -> Figures:
    figures = {key: round(median(one[key] for one in several), 2) for key in several[0]}
    return {**figures, "enterprises": len(several)}


if __name__ == "__main__":
    found = measure(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
    sys.stdout.write(json.dumps(found) + "\n")
    if found["generated"]["codes_cpu_ms"] > TARGET_MS:
        sys.exit(f"more than {TARGET_MS} ms of processor time")
