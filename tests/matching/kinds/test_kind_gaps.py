"""Every kind of condition shows how far it is missed and what would make it hold, as its example file says.

`lacks` names one example of the file: its first distance where the kind has one, how hard the nearest set of
changes is, and its lines.
"""

from pathlib import Path

import pytest

from matching.catalogue.load_catalogue import shipped_catalogue
from matching.engine.explain import Reason, reason_of
from matching.engine.gap import gaps
from matching.engine.gap_words import gap_in_words
from matching.engine.profile_text import population_of_texts
from matching.engine.single.single import Single
from matching.engine.truth import UNMET
from matching.language.problems import Problem
from matching.language.reading import Reader
from matching.language.wording import Words
from matching.language.yaml_tree import read_tree
from tests.matching.kinds.test_kinds import FILES, read_kind

CATALOGUE = shipped_catalogue()


def distances(reason: Reason) -> list[str]:
    own = [reason.distance] if reason.distance is not None and reason.verdict == UNMET else []
    return own + [inner for part in reason.parts for inner in distances(part)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_kind_lacks_what_its_file_says(path: Path) -> None:
    tree = read_tree(path.read_text(encoding="utf-8"), path.name)
    assert not isinstance(tree, Problem), tree
    reader = Reader(path.name, CATALOGUE.vocabulary, frozenset(CATALOGUE.definitions))
    lacks = reader.block(reader.block(tree, "").entries["lacks"], "lacks")
    said = {
        key: reader.text(lacks.entries[key], key)
        for key in ("example", "distance", "hardest")
        if key in lacks.entries
    }
    lines = reader.texts(lacks.entries["gap"], "gap")
    assert not reader.problems

    kind = read_kind(path)
    example = next(one for one in kind.examples if one.name == said["example"])
    population = population_of_texts([example.given], CATALOGUE.vocabulary)
    single = Single(population, CATALOGUE.vocabulary, CATALOGUE.definitions, kind.on)
    words = Words(CATALOGUE.vocabulary, CATALOGUE.definitions, kind.on)
    nearest = gaps(kind.condition, single, kind.on).sets[0]
    trace = single.node(kind.condition, kind.on).trace
    found = distances(reason_of(kind.condition, trace, words))

    assert found[:1] == ([said["distance"]] if "distance" in said else [])
    assert nearest.kind == said["hardest"]
    assert gap_in_words(nearest, words) == tuple(lines)
