"""Our engine over the benchmark's input, in this process: time from a Population to all truths, peak memory.

Run: python -m tests.benchmarks.match.measure_ours FOLDER   (FOLDER from generate.py; prints one JSON line)
"""

import json
import resource
import sys
import time
from pathlib import Path

from matching.engine.ground import Ground
from matching.engine.match import truths
from matching.engine.population import Population
from tests.benchmarks.match.evidence_day import DAY
from tests.benchmarks.match.generate import benchmark_vocabulary, read_input


def measure(folder: Path) -> dict[str, float]:
    """Give seconds and megabytes; "ground" is turning text codes into numbers, "match" all the rest."""
    frame, problem = read_input(folder)
    vocabulary = benchmark_vocabulary(problem.vocabulary_facts)
    population = Population(frame=frame)
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    start = time.perf_counter()
    ground = Ground(population, vocabulary, {})
    prepared = time.perf_counter()
    result = truths(problem.items, ground, DAY)
    done = time.perf_counter()
    decided = result.drop("enterprise_id")
    return {
        "ground_s": prepared - start,
        "match_s": done - prepared,
        "total_s": done - start,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "input_mb": held,
        "pairs": decided.height * decided.width,
        "tests": len(ground._names),
        "met": sum(column.sum() for column in decided),
        "unknown": sum(column.null_count() for column in decided),
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(Path(sys.argv[1]))) + "\n")
