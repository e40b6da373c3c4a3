"""Learn what departments' sheets look like: whole layouts set up here, and headers people confirmed."""

import re
from datetime import date, datetime
from pathlib import Path

import msgspec

from matching.language.problems import Problem
from matching.language.vocabulary import Vocabulary
from registry.imports.check_samples import lacks, sample_problems
from registry.imports.errors import LayoutError
from registry.imports.layout import Layout
from registry.imports.learned import (
    KnownLayouts,
    LearnedLayout,
    add_learned_headers,
    add_learned_layout,
    known_layouts,
)
from registry.imports.load_layouts import load_layouts, read_layout
from registry.imports.meanings import meaning_problem
from registry.imports.sample_sheets import layouts_fitting
from registry.imports.teach import Confirmed, HeadersDecided, LearnedHeader
from registry.imports.template import template_workbook

NAME = re.compile(r"[a-z][a-z0-9-]{2,59}")
RESERVED = frozenset({"new", "text"})
"""Addresses of the console's own pages."""
LONGEST_HEADER, LONGEST_WHO = 200, 100


class CheckedLayout(msgspec.Struct, frozen=True, kw_only=True):
    """A layout file as checked.

    layout    None where it cannot be read.
    problems  all that is wrong with it; none means sheets can be taken in by it.
    lacks     which kind of sample it has none of; None where it has both.
    """

    layout: Layout | None
    problems: tuple[Problem, ...]
    lacks: str | None


def check_layout(
    text: str, path: Path, vocabulary: Vocabulary, beside: tuple[Layout, ...] = ()
) -> CheckedLayout:
    """Read a layout file and try its sample rows.

    beside  further layouts known: a sheet that also fits one of them would be refused.
    """
    try:
        layout = read_layout(text, path, vocabulary)
    except LayoutError as wrong:
        return CheckedLayout(layout=None, problems=wrong.problems, lacks=None)
    others = tuple(one for one in beside if one.name != layout.name)
    problems = [*sample_problems(layout, path, vocabulary)]
    for number, sample in enumerate(layout.samples):
        fits = [one.label for one in layouts_fitting(others, sample, vocabulary)]
        if fits:
            what = f"这样的表头也符合“{'”“'.join(fits)}”，导入时会因分不清而拒绝"
            way_out = "用那个版式；或改用不同的必备列，使表头只符合一种"
            problems.append(_problem(path, f"samples[{number}]", what, way_out))
    return CheckedLayout(layout=layout, problems=tuple(problems), lacks=lacks(layout))


def path_of(text: str) -> Path:
    """Give the file name a layout's text asks for, as far as one can see it before it is read."""
    found = re.search(r"^name:\s*([^\s#/]+)", text, re.MULTILINE)
    return Path(f"{found[1] if found else 'layout'}.yml")


async def learn_layout(text: str, by: str, now: datetime, vocabulary: Vocabulary) -> Layout:
    """Keep a layout, from now on; raises LayoutError with all that is wrong with it.

    One of the same name set up here before is replaced from now on, never one that is shipped.
    """
    path = path_of(text)
    known = await known_layouts(vocabulary, now)
    checked = check_layout(text, path, vocabulary, known.layouts)
    problems = [*checked.problems]
    if checked.lacks:
        way_out = "在 samples 中写一行照样取用的和一行应当拒绝的，说明各得出什么"
        problems.append(_problem(path, "samples", checked.lacks, way_out))
    layout = checked.layout
    if layout is not None:
        problems += _name_problems(layout, path, vocabulary, known)
    problems += _who_problems(by, path)
    if problems or layout is None:
        raise LayoutError(problems)
    await add_learned_layout(
        LearnedLayout(
            department=layout.department,
            name=layout.name,
            text=text,
            decided_by=by.strip(),
            recorded_at=now,
        )
    )
    return layout


async def withdraw_layout(name: str, by: str, now: datetime, vocabulary: Vocabulary) -> None:
    """Recognise no sheet by a layout set up here any more; what was taken in by it stays. Raises LayoutError."""
    path = Path(f"{name}.yml")
    known = {one.name: one for one in (await known_layouts(vocabulary, now)).own}
    problems = _who_problems(by, path)
    if name not in known:
        what = "没有在本系统中设立过这个版式，随附的版式不能撤回"
        problems.append(_problem(path, "", what, "用 registry layouts list 查看"))
    if problems:
        raise LayoutError(problems)
    await add_learned_layout(
        msgspec.structs.replace(known[name], text=None, decided_by=by.strip(), recorded_at=now)
    )


async def learn_headers(
    name: str, confirmed: Confirmed, by: str, now: datetime, vocabulary: Vocabulary
) -> tuple[LearnedHeader, ...]:
    """Keep what headers of a layout mean, from now on; raises LayoutError with all that cannot be."""
    decided = HeadersDecided(layout=name, meanings=dict(confirmed), by=by)
    learned = await checked_headers(decided, now, vocabulary)
    await add_learned_headers(learned)
    return learned


async def checked_headers(
    decided: HeadersDecided, now: datetime, vocabulary: Vocabulary
) -> tuple[LearnedHeader, ...]:
    """Give what would be learned of headers, and keep nothing; raises LayoutError with all that cannot be."""
    layout = await _layout_named(decided.layout, now, vocabulary)
    path = Path(f"{layout.name}.yml")
    problems = _who_problems(decided.by, path)
    for header, meaning in decided.meanings.items():
        wrong = meaning_problem(meaning, layout, vocabulary)
        if wrong is None and not 0 < len(header) <= LONGEST_HEADER:
            wrong = f"表头应有1至{LONGEST_HEADER}个字"
        if wrong is not None:
            problems.append(_problem(path, header, wrong, "另选一项，或选“不取用”"))
    if problems:
        raise LayoutError(problems)
    return tuple(
        LearnedHeader(
            department=layout.department,
            layout=layout.name,
            header=header,
            meaning=meaning,
            decided_by=decided.by.strip(),
            recorded_at=now,
        )
        for header, meaning in decided.meanings.items()
    )


async def forget_header(
    name: str, header: str, by: str, now: datetime, vocabulary: Vocabulary
) -> None:
    """Withdraw what was learned of a header: it is unknown again from now on. Raises LayoutError."""
    path = Path(f"{name}.yml")
    known = (await known_layouts(vocabulary, now)).headers
    found = next((one for one in known if (one.layout, one.header) == (name, header)), None)
    problems = _who_problems(by, path)
    if found is None:
        problems.append(
            _problem(path, header, "没有学过这个表头", "用 registry layouts headers 查看")
        )
    if problems or found is None:
        raise LayoutError(problems)
    await add_learned_headers(
        [msgspec.structs.replace(found, meaning=None, decided_by=by.strip(), recorded_at=now)]
    )


async def layout_template(name: str, on: date, now: datetime, vocabulary: Vocabulary) -> bytes:
    """Give the template of a layout as .xlsx, with the periods that are over on a day; raises LayoutError."""
    return template_workbook(await _layout_named(name, now, vocabulary), vocabulary, on)


async def _layout_named(name: str, now: datetime, vocabulary: Vocabulary) -> Layout:
    layouts = {one.name: one for one in (await known_layouts(vocabulary, now)).layouts}
    if name not in layouts:
        way_out = f"可用：{'、'.join(layouts)}"
        raise LayoutError([_problem(Path(f"{name}.yml"), "", "没有这个版式", way_out)])
    return layouts[name]


def _name_problems(
    layout: Layout, path: Path, vocabulary: Vocabulary, known: KnownLayouts
) -> list[Problem]:
    found: list[Problem] = []
    if not NAME.fullmatch(layout.name) or layout.name in RESERVED:
        what = f"“{layout.name}”不能作版式名"
        found.append(_problem(path, "name", what, "用小写英文、数字和连字符，3至60个字"))
    if layout.name in {one.name for one in load_layouts(vocabulary)}:
        what = f"“{layout.name}”是随附的版式"
        found.append(_problem(path, "name", what, "换一个名字；随附的版式只能再学表头"))
    before = next((one for one in known.own if one.name == layout.name), None)
    if before is not None and before.department != layout.department:
        said = vocabulary.departments.get(before.department, before.department)
        found.append(_problem(path, "name", f"这个名字已用于{said}的版式", "换一个名字"))
    return found


def _who_problems(by: str, path: Path) -> list[Problem]:
    if 0 < len(by.strip()) <= LONGEST_WHO:
        return []
    what = f"没有写是谁决定的，或超过{LONGEST_WHO}个字"
    return [_problem(path, "by", what, "写明姓名或岗位，留作依据")]


def _problem(path: Path, where: str, what: str, way_out: str) -> Problem:
    return Problem(file=str(path), line=0, where=where, what=what, way_out=way_out)
