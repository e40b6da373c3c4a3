"""OpenFisca-core over the same items, its data completed (it has no unknown), and whether it agrees with us.

Each distinct condition is a variable, each item one that combines them: OpenFisca computes each once, on one
core. Text codes come to it as whole numbers made beforehand; that is not counted.

Run: python -m tests.benchmarks.match.measure_openfisca FOLDER   (needs pip install openfisca-core)
"""

import json
import sys
import time
from collections.abc import Callable
from functools import reduce
from pathlib import Path

import numpy as np
import polars as pl
from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import Simulation, SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

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
from matching.language.items import Item
from matching.language.quantities import Quantity
from matching.language.vocabulary import Vocabulary
from tests.benchmarks.match.evidence_day import DAY
from tests.benchmarks.match.generate import (
    CODES,
    FLAGS,
    NUMBERS,
    benchmark_vocabulary,
    completed,
    fact_words,
    read_input,
)

SIGNS = {
    "at_least": np.greater_equal,
    "at_most": np.less_equal,
    "more_than": np.greater,
    "less_than": np.less,
}
PERIOD = str(DAY.year)
ENTERPRISE = build_entity("enterprise", "enterprises", "An enterprise", is_person=True)
Formula = Callable[..., np.ndarray]


class Translation:
    """The items as OpenFisca variables."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.system = TaxBenefitSystem([ENTERPRISE])
        self._names: dict[Condition, str] = {}
        for key in (*NUMBERS, *CODES):
            self._add(key, int, None)
        for key in FLAGS:
            self._add(key, bool, None)

    def item(self, item: Item) -> str:
        """Add an item; gives its variable's name."""
        combined = self._combined(whole_condition(item, self.vocabulary.places.root))
        name = item.id.replace("-", "_")
        self._add(name, bool, combined)
        return name

    def _combined(self, condition: Condition) -> Formula:
        match condition:
            case AllOf(parts=parts):
                inner = [self._combined(part) for part in parts]
                return lambda p, t: reduce(np.logical_and, (part(p, t) for part in inner))
            case AnyOf(parts=parts):
                inner = [self._combined(part) for part in parts]
                return lambda p, t: reduce(np.logical_or, (part(p, t) for part in inner))
            case Negate(part=part):
                negated = self._combined(part)
                return lambda p, t: np.logical_not(negated(p, t))
            case _:
                name = self._test(condition)
                return lambda p, t: p(name, t)

    def _test(self, leaf: Condition) -> str:
        if leaf not in self._names:
            self._names[leaf] = f"test_{len(self._names)}"
            self._add(self._names[leaf], bool, self._formula(leaf))
        return self._names[leaf]

    def _formula(self, leaf: Condition) -> Formula:
        match leaf:
            case Compare(quantity=quantity, operator=operator, limit=limit):
                key, sign = _column(quantity), SIGNS[operator]
                return lambda p, t: sign(p(key, t), limit)
            case CompareTwo(quantity=one, operator=operator, other=two):
                first, second, sign = _column(one), _column(two), SIGNS[operator]
                return lambda p, t: sign(p(first, t), p(second, t))
            case Share(part=part, whole=whole, operator=operator, limit_bp=limit):
                over, base, sign = _column(part), _column(whole), SIGNS[operator]
                return lambda p, t: (
                    (p(base, t) > 0)
                    & sign(p(over, t) * np.int64(10_000), p(base, t) * np.int64(limit))
                )
            case OneOf(fact=fact, codes=codes):
                table = self._table(fact, codes)
                return lambda p, t: table[p(fact, t)]
            case Flag(fact=fact, expected=expected):
                return lambda p, t: p(fact, t) == expected
            case _:
                raise TypeError(leaf)

    def _table(self, fact: str, codes: tuple[str, ...]) -> np.ndarray:
        tree = self.vocabulary.tree_of(self.vocabulary.facts[fact])
        words = fact_words(fact)
        if tree is None:
            return np.array([word in codes for word in words])
        return np.array([any(tree.contains(code, word) for code in codes) for word in words])

    def _add(self, name: str, kind: type, formula: Formula | None) -> None:
        fields: dict[str, object] = {
            "value_type": kind,
            "entity": ENTERPRISE,
            "definition_period": DateUnit.YEAR,
        }
        if formula is not None:
            # OpenFisca looks at a formula's own parameters, so it must be a plain function of two.
            fields["formula"] = _formula_of(formula)
        self.system.add_variable(type(name, (Variable,), fields))


def measure(folder: Path) -> dict[str, float]:
    """Give the seconds for all items, and how many pairs we decide otherwise.

    A share of zero is unknown to us and false to it; where we decide in spite of that, both must agree.
    """
    frame, problem = read_input(folder)
    vocabulary = benchmark_vocabulary(problem.vocabulary_facts)
    frame = completed(frame)
    translation = Translation(vocabulary)
    names = [translation.item(item) for item in problem.items]
    simulation = SimulationBuilder().build_default_simulation(translation.system, frame.height)
    _give(simulation, frame)
    start = time.perf_counter()
    found = [simulation.calculate(name, PERIOD) for name in names]
    seconds = time.perf_counter() - start
    ours = truths(problem.items, Ground(Population(frame=frame), vocabulary, {}), DAY)
    unknown = differing = 0
    for item, truth in zip(problem.items, found, strict=True):
        decided = ours[item.id].is_not_null().to_numpy()
        unknown += int((~decided).sum())
        differing += int((ours[item.id].fill_null(value=False).to_numpy() != truth)[decided].sum())
    return {
        "total_s": seconds,
        "pairs": frame.height * len(names),
        "differing": differing,
        "ours_unknown": unknown,
    }


def _formula_of(formula: Formula) -> Formula:
    def answer(population: object, period: object) -> np.ndarray:
        return formula(population, period)

    return answer


def _column(quantity: Quantity) -> str:
    return quantity.fact


def _give(simulation: Simulation, frame: pl.DataFrame) -> None:
    for key in (*NUMBERS, *FLAGS):
        simulation.set_input(key, PERIOD, frame[key].to_numpy())
    for key in CODES:
        places = frame[key].cast(pl.Enum(fact_words(key))).to_physical()
        simulation.set_input(key, PERIOD, places.to_numpy().astype(np.int32))


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(Path(sys.argv[1]))) + "\n")
