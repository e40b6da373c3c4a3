"""Our engine over the benchmark's input in this process: from a Population to every truth, and the peak memory.

Run: python -m tests.benchmarks.match.measure_ours FOLDER   (FOLDER from generate.py; prints one JSON line)
"""

import json
import resource
import sys
import time
from pathlib import Path

from matching.engine.ground import Ground
from matching.engine.match import truths, verdicts
from matching.engine.population import Population
from tests.benchmarks.match.evidence_day import DAY
from tests.benchmarks.match.generate import benchmark_vocabulary, read_input


def measure(folder: Path) -> dict[str, float]:
    """Give seconds and megabytes.

    ground_s    text codes turned into whole numbers.
    match_s     every distinct test and every item's truth.
    cpu_s       processor time of all cores together.
    verdicts_s  the same a second time as verdict codes, the tests being there already.
    """
    frame, problem = read_input(folder)
    vocabulary = benchmark_vocabulary(problem.vocabulary_facts)
    population = Population(frame=frame)
    start, processor = time.perf_counter(), time.process_time()
    ground = Ground(population, vocabulary, {})
    prepared = time.perf_counter()
    decided = truths(problem.items, ground, DAY).drop("enterprise_id")
    done, busy = time.perf_counter(), time.process_time() - processor
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    verdicts(problem.items, ground, DAY)
    return {
        "ground_s": prepared - start,
        "match_s": done - prepared,
        "total_s": done - start,
        "cpu_s": busy,
        "verdicts_s": time.perf_counter() - done,
        "peak_mb": peak_mb,
        "pairs": decided.height * decided.width,
        "tests": len(ground.settled().columns) - 2,
        "met": sum(int(column.sum()) for column in decided),
        "unknown": sum(column.null_count() for column in decided),
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(Path(sys.argv[1]))) + "\n")
