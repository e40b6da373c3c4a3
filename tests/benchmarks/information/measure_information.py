"""How long it takes to rank the missing data of a whole population for the shipped catalogue.

    python -m tests.benchmarks.simulate.city FOLDER
    python -m tests.benchmarks.information.measure_information FOLDER

Target: 10 s and 2 GB for 720,000 enterprises.
"""

import json
import resource
import sys
import time
from pathlib import Path

from matching.catalogue.load_catalogue import shipped_catalogue
from matching.engine.ground import Ground
from matching.engine.groups import groups
from matching.engine.information import Information
from matching.engine.match import decided_items
from tests.benchmarks.simulate.city import DAY, read_city


def measure(folder: Path) -> dict[str, float]:
    """Give seconds: finding what settles what, then each ranking; and the peak after each."""
    rules, population = shipped_catalogue(), read_city(folder)
    items = decided_items(rules.items, DAY)
    start = time.perf_counter()
    ground = Ground(population, rules.vocabulary, rules.definitions, DAY)
    found = Information(items, ground, DAY)
    judged = time.perf_counter()
    ranked = found.ranked()
    whole = time.perf_counter()
    found.ranked(groups("place", ground, DAY))
    by_place = time.perf_counter()
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    each = found.next_questions()
    done = time.perf_counter()
    return {
        "enterprises": population.frame.height,
        "items": len(items),
        "open_pairs": found.open_pairs,
        "data": ranked.height,
        "asked": each.height,
        "judged_s": judged - start,
        "whole_s": whole - judged,
        "by_place_s": by_place - whole,
        "by_enterprise_s": done - by_place,
        "peak_mb": peak_mb,
        "peak_by_enterprise_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(Path(sys.argv[1]))) + "\n")
