"""The examples definitions and derived figures carry must come out as they say."""

from pathlib import Path

from matching.catalogue.derived_gate import figure_problems, load_figure_examples
from matching.catalogue.load_catalogue import DEFINITION_EXAMPLES, Catalogue
from matching.catalogue.load_definition_examples import load_definition_examples
from matching.catalogue.mutation_gate import wrong_examples
from matching.engine.match import EXPECTED_CODES, VERDICT_WORDS
from matching.engine.profile_text import ProfileTextError
from matching.language.items import Example
from matching.language.problems import LanguageError, Problem


def definition_problems(folder: Path, catalogue: Catalogue) -> tuple[Problem, ...]:
    """Give what is wrong with the file of examples, or with single examples in it."""
    try:
        every = load_definition_examples(folder, catalogue)
        figures = load_figure_examples(folder, catalogue)
    except LanguageError as broken:
        return broken.problems
    problems = list(figure_problems(figures, catalogue))
    for examples in every:
        try:
            found = wrong_examples(examples, catalogue)
        except ProfileTextError as wrong:
            problems.append(_problem(0, examples.name, str(wrong), "按事实的单位和词书写"))
            continue
        problems += [_unlike(example) for example in found]
    return tuple(problems)


def _unlike(example: Example) -> Problem:
    what = f"例子不是{VERDICT_WORDS[EXPECTED_CODES[example.expect]]}"
    return _problem(example.line, example.name, what, "核对定义与例子哪个写错了")


def _problem(line: int, where: str, what: str, way_out: str) -> Problem:
    return Problem(file=DEFINITION_EXAMPLES, line=line, where=where, what=what, way_out=way_out)
