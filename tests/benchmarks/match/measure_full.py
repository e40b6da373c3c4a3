"""The plain match beside the whole one: score tables, amounts of those who meet, exclusive groups settled.

Run: python -m tests.benchmarks.match.measure_full FOLDER plain|full   (FOLDER from generate.py; one JSON line)
compare.py runs both in turn. Target: at most 1.5 times the plain match.
"""

import json
import resource
import sys
import time
from pathlib import Path

import polars as pl

from matching.engine.ground import Ground
from matching.engine.match import truths
from matching.engine.owed import owed_now
from matching.engine.population import Population
from matching.language.items import Item
from tests.benchmarks.match.evidence_day import DAY
from tests.benchmarks.match.generate import benchmark_vocabulary, read_input
from tests.benchmarks.match.generate_full import full_items


def measure(folder: Path, what: str) -> dict[str, float]:
    """Give seconds, processor seconds, megabytes, and what came out.

    what  "plain": the truths of the plain items. "full": the truths of the full ones and what is owed.
    """
    frame, problem = read_input(folder)
    vocabulary = benchmark_vocabulary(problem.vocabulary_facts)
    population = Population(frame=frame, coverage={"awards": DAY})
    items: tuple[Item, ...] = problem.items if what == "plain" else full_items()
    start, processor = time.perf_counter(), time.process_time()
    ground = Ground(population, vocabulary, {})
    decided = truths(items, ground, DAY)
    matched, busy_matching = time.perf_counter(), time.process_time() - processor
    owed = owed_now(items, decided, ground, DAY) if what == "full" else {}
    done, busy = time.perf_counter(), time.process_time() - processor
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "total_s": done - start,
        "match_s": matched - start,
        "owed_s": done - matched,
        "cpu_s": busy,
        "match_cpu_s": busy_matching,
        "peak_mb": peak_mb,
        "met": float(sum(int(decided[item.id].sum()) for item in items)),
        "owed": float(sum(frame.height for frame in owed.values())),
        "certain_cents": float(
            sum(int(frame["low_cents"].cast(pl.Int128).sum()) for frame in owed.values())
        ),
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(Path(sys.argv[1]), sys.argv[2])) + "\n")
