"""How long one item takes to simulate over a loaded population, beside the version in force, with all splits.

    python -m tests.benchmarks.simulate.city FOLDER
    python -m tests.benchmarks.simulate.measure_simulate FOLDER

"prepared": text codes and groups, once for a population. Then every shipped item, against itself with its amount
and condition edited a little: the first time (its tests are computed), and again. Target: 0.3 s.
"""

import json
import resource
import statistics
import sys
import time
from pathlib import Path

import msgspec

from matching.catalogue.load_catalogue import shipped_catalogue
from matching.engine.ground import Ground
from matching.engine.simulate import Simulator
from matching.language.amounts import Row, Total
from matching.language.conditions import AllOf, Compare
from matching.language.items import Item
from matching.language.quantities import Value
from tests.benchmarks.simulate.city import DAY, read_city


def edited(item: Item, limit: int) -> Item:
    """Give the item with one more condition nobody has asked yet, and twice its amount."""
    more = Compare(quantity=Value("registered_capital"), operator="at_least", limit=limit)
    twice = Total((Row(None, item.amount), Row(None, item.amount)))
    condition = AllOf(parts=(item.condition, more))
    return msgspec.structs.replace(item, condition=condition, amount=twice)


def measure(folder: Path) -> dict[str, float]:
    """Give seconds: of the preparation, and the middle and the longest of all items."""
    rules, population = shipped_catalogue(), read_city(folder)
    start = time.perf_counter()
    ground = Ground(population, rules.vocabulary, rules.definitions, DAY)
    simulator = Simulator(ground, DAY)
    prepared = time.perf_counter() - start
    first: list[float] = []
    again: list[float] = []
    for place, item in enumerate(rules.items):
        for limit, taken in ((place, first), (place + 10**6, again)):
            start = time.perf_counter()
            simulator.simulate(edited(item, limit), item)
            taken.append(time.perf_counter() - start)
    return {
        "enterprises": population.frame.height,
        "items": len(rules.items),
        "prepared_s": prepared,
        "first_middle_s": statistics.median(first),
        "first_longest_s": max(first),
        "edited_middle_s": statistics.median(again),
        "edited_longest_s": max(again),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(Path(sys.argv[1]))) + "\n")
