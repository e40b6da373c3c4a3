"""Loading the titles and the standards they are given by, overlays laid over what they sharpen."""

from collections import Counter
from collections.abc import Iterable

from matching.language.conditions import Condition
from matching.language.problems import LanguageError, Problem
from matching.language.read_standard import Said, read_standard
from matching.language.read_tiers import read_tiers
from matching.language.reading import Reader
from matching.language.size import MOST_MEANT, conditions_in, sizes_of
from matching.language.standards import Overlay, Standard, Tier, laid_over
from matching.language.vocabulary import Vocabulary
from matching.language.yaml_tree import read_tree

TIERS = "tiers.yml"
STANDARDS = "standards/"


def load_tiers(
    text: str | None, vocabulary: Vocabulary, problems: list[Problem]
) -> dict[str, Tier]:
    """Read tiers.yml; no titles where there is none. Notes its problems."""
    if text is None:
        return {}
    tree = read_tree(text, TIERS)
    if isinstance(tree, Problem):
        problems.append(tree)
        return {}
    reader = Reader(TIERS, vocabulary, frozenset())
    read = read_tiers(reader, tree)
    problems += reader.problems
    return read


def load_standards(
    files: dict[str, str], said: Said, problems: list[Problem]
) -> tuple[Standard, ...]:
    """Read every standard, sorted by id; what is wrong with one does not hide the others."""
    whole: list[Standard] = []
    overlays: list[Overlay] = []
    before = len(problems)
    for name, text in sorted(files.items()):
        if not name.startswith(STANDARDS):
            continue
        try:
            read = read_standard(text, name, said)
        except LanguageError as broken:
            problems += broken.problems
            continue
        if isinstance(read, Overlay):
            overlays.append(read)
        else:
            whole.append(read)
    # What a file that cannot be read would be the base of has no problem of its own.
    unread = len(problems) > before
    found, lost = _resolved(whole, overlays, said.vocabulary)
    problems += [one for one in lost if not (unread and one.where == "overlay_of")]
    found += whole
    problems += _double_ids([*whole, *overlays])
    problems += _strange_examples(found)
    return tuple(sorted(found, key=lambda one: one.id))


def too_large(
    standards: Iterable[Standard], definitions: dict[str, Condition]
) -> tuple[Problem, ...]:
    """Name standards that ask too much, once the definitions they name are opened."""
    sizes = sizes_of(definitions)
    return tuple(
        _problem(one, "criteria", f"定义展开后超过{MOST_MEANT}项条件", "少引用几次定义")
        for one in standards
        if sum(conditions_in(each.condition, sizes) for each in one.criteria) > MOST_MEANT
    )


def _resolved(
    whole: list[Standard],
    overlays: list[Overlay],
    vocabulary: Vocabulary,
) -> tuple[list[Standard], list[Problem]]:
    """Lay every overlay over its base, which may be an overlay itself."""
    bases = {one.id: one for one in whole}
    found: list[Standard] = []
    problems: list[Problem] = []
    waiting = overlays
    while ready := [one for one in waiting if one.overlay_of in bases]:
        for overlay in ready:
            base = bases[overlay.overlay_of]
            standard = laid_over(overlay, base)
            problems += _misplaced(standard, base, vocabulary)
            bases.setdefault(standard.id, standard)
            found.append(standard)
        waiting = [one for one in waiting if one not in ready]
    for lost in waiting:
        what = f"没有读到标准“{lost.overlay_of}”"
        way = "核对编号；它自己有问题的先改正它；不能绕成一圈"
        problems.append(_problem(lost, "overlay_of", what, way, lost.line))
    return found, problems


def _misplaced(standard: Standard, base: Standard, vocabulary: Vocabulary) -> list[Problem]:
    places = vocabulary.places
    if standard.area == base.area or not places.contains(base.area, standard.area):
        what = f"适用范围不在“{base.id}”的范围之内，或与它相同"
        return [_problem(standard, "area", what, "写细则所在的省、市")]
    return []


def _double_ids(read: list[Standard | Overlay]) -> list[Problem]:
    times = Counter(one.id for one in read)
    return [
        _problem(one, "id", f"编号“{one.id}”用了{times[one.id]}次", "换一个编号")
        for one in read
        if times[one.id] > 1
    ]


def _strange_examples(standards: list[Standard]) -> list[Problem]:
    problems: list[Problem] = []
    for standard in standards:
        named = {one.id for one in standard.criteria}
        for told in standard.examples:
            where, line = f"examples “{told.example.name}”", told.example.line
            if told.kind not in standard.valid:
                what, way = f"这一标准不判定{told.kind}", "写 kind: 它判定的类别"
                problems.append(_problem(standard, where, what, way, line))
            elif told.example.on is not None and not standard.judges(told.kind, told.example.on):
                what, way = f"{told.example.on}的{told.kind}不由这一版判定", "核对 on 与 valid"
                problems.append(_problem(standard, where, what, way, line))
            for lost in sorted(told.criteria.keys() - named):
                what, way = f"没有编号为“{lost}”的条件", f"可用：{'、'.join(sorted(named))}"
                problems.append(_problem(standard, where, what, way, line))
        problems += [
            _problem(standard, "kinds", f"没有一条适用于{kind}", "核对各条的 kinds")
            for kind in standard.kinds
            if not standard.asked(kind)
        ]
    return problems


def _problem(of: Standard | Overlay, where: str, what: str, way_out: str, line: int = 1) -> Problem:
    return Problem(file=of.file, line=line, where=where, what=what, way_out=way_out)
