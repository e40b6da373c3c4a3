"""The gate an item passes before it is published: nothing missing, and every limit held by an example."""

from collections.abc import Sequence

from matching.catalogue.load_catalogue import Catalogue
from matching.catalogue.mutation_gate import survivors
from matching.language.problems import FOR_PUBLISHING, Finding, Problem


def publishing_problems(catalogue: Catalogue, findings: Sequence[Finding]) -> tuple[Problem, ...]:
    """Give what keeps the items of a catalogue from being published, its problems aside.

    findings  of the check; some of them are problems here.
    """
    problems: list[Problem] = [found for found in findings if found.rule in FOR_PUBLISHING]
    for item in catalogue.items:
        problems += [
            Problem(
                file=item.file,
                line=0,
                where=survivor.part,
                what=str(survivor),
                way_out="加一个例子，让它在这处改错后不再通过",
            )
            for survivor in survivors(item, catalogue)
        ]
    return tuple(sorted(problems, key=lambda one: (one.file, one.line, one.where, one.what)))
