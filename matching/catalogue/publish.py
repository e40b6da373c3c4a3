"""The gate an item passes before it is published: nothing missing, and every limit held by an example."""

from collections.abc import Sequence
from pathlib import Path

from matching.catalogue.derived_gate import figure_score, load_figure_examples
from matching.catalogue.load_catalogue import DEFINITION_EXAMPLES, Catalogue
from matching.catalogue.load_definition_examples import load_definition_examples
from matching.catalogue.mutation_gate import Survivor, definition_score, survivors
from matching.catalogue.standard_gate import standard_score
from matching.language.problems import FOR_PUBLISHING, Finding, Problem

WAY_OUT = "加一个例子，让它在这处改错后不再通过"


def publishing_problems(
    folder: Path, catalogue: Catalogue, findings: Sequence[Finding]
) -> tuple[Problem, ...]:
    """Give what keeps the items of a folder from being published, its problems aside.

    findings  of the check; some of them are problems here.
    """
    problems: list[Problem] = [found for found in findings if found.rule in FOR_PUBLISHING]
    for item in catalogue.items:
        problems += [_problem(item.file, one.part, one) for one in survivors(item, catalogue)]
    for standard in catalogue.standards:
        problems += [
            _problem(standard.file, "criteria", one)
            for one in standard_score(standard, catalogue).survivors
        ]
    for examples in load_definition_examples(folder, catalogue):
        problems += [
            _problem(DEFINITION_EXAMPLES, examples.name, one)
            for one in definition_score(examples, catalogue).survivors
        ]
    for figures in load_figure_examples(folder, catalogue):
        problems += [
            _problem(DEFINITION_EXAMPLES, figures.fact.key, one)
            for one in figure_score(figures, catalogue).survivors
        ]
    return tuple(sorted(problems, key=lambda one: (one.file, one.line, one.where, one.what)))


def _problem(file: str, where: str, survivor: Survivor) -> Problem:
    return Problem(file=file, line=0, where=where, what=str(survivor), way_out=WAY_OUT)
