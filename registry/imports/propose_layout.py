"""A proposal for a layout, from a sheet nobody knows yet: which header may be which column, for people to decide."""

import msgspec
import polars as pl
from rapidfuzz import fuzz, process

from matching.language.vocabulary import Vocabulary
from registry.imports.errors import whole_file
from registry.imports.guess import Meant, guess_headers, meant_by
from registry.imports.headers import Header, plain_header
from registry.imports.layout import Column, Layout, Role
from registry.imports.likeness import NEAR_ENOUGH
from registry.imports.meanings import IGNORE, can_be_a_column, meaning_of
from registry.imports.recognise import Candidate, candidates
from registry.imports.teach import taught_header
from registry.imports.title_lines import table_unit
from registry.imports.types import OUR_SHEETS, Grid

ROLES: tuple[Role, ...] = (
    *("uscc", "name", "email", "list", "level", "batch", "document"),
    *("from_on", "until_on", "left_on", "family", "amount", "paid_on"),
)
"""What a column of a proposed layout may be besides a fact. Evidence items are set up in the file: they
say of which ledger they are."""
_NEED = {
    **dict.fromkeys(("level", "batch", "document", "from_on", "until_on", "left_on"), "list"),
    **dict.fromkeys(("amount", "paid_on"), "family"),
}
CELLS_SHOWN = 3
FEWEST_HEADERS = 2


class ProposedColumn(msgspec.Struct, frozen=True, kw_only=True):
    """One header of the sheet and what it is proposed to mean.

    meaning  a word of registry.imports.meanings; "ignore" where nothing is near.
    score, why  of the proposal; 0 and the reason where it is to be ignored.
    others   further words it may mean.
    cells    the first cells below it that say anything.
    """

    letter: str
    header: Header
    meaning: str
    required: bool
    score: int
    why: str
    others: tuple[str, ...]
    cells: tuple[str, ...]

    @property
    def key(self) -> str:
        """What the layout file says for it: without unit and period."""
        return taught_header(self.header)


class ProposedLayout(msgspec.Struct, frozen=True, kw_only=True):
    """A sheet and what its columns may be.

    unit  of a line above the table (单位：万元); "" where there is none.
    """

    at: Candidate
    unit: str
    columns: tuple[ProposedColumn, ...]


def propose_layout(
    grids: tuple[Grid, ...], department: str, layouts: tuple[Layout, ...], vocabulary: Vocabulary
) -> ProposedLayout:
    """Propose what the columns of a sheet are; raises SheetRefused where it has no header.

    Names are those of all layouts known and of all facts, the department's own before others.
    """
    at = _header_row(grids, all_meant(department, layouts, vocabulary))
    return propose_columns(at, department, layouts, vocabulary)


def propose_columns(
    at: Candidate, department: str, layouts: tuple[Layout, ...], vocabulary: Vocabulary
) -> ProposedLayout:
    """Propose what the columns below these header rows are."""
    meant = all_meant(department, layouts, vocabulary)
    guesses = {one.letter: one for one in guess_headers(at, {}, meant, vocabulary)}
    chosen = _with_their_need({letter: guess.meaning for letter, guess in guesses.items()})
    required = required_letters(chosen)
    columns: list[ProposedColumn] = []
    for letter, header in at.headers.items():
        guess, meaning = guesses.get(letter), chosen.get(letter, IGNORE)
        known = guess is not None and meaning != IGNORE
        columns.append(
            ProposedColumn(
                letter=letter,
                header=header,
                meaning=meaning,
                required=letter in required,
                score=guess.score if guess and known else 0,
                why=guess.why if guess and known else "没有相近的指标或列名",
                others=guess.others if guess else (),
                cells=_first_cells(at, letter),
            )
        )
    titles = [cell for row in at.grid.frame.head(at.first - 1).rows() for cell in row if cell]
    return ProposedLayout(at=at, unit=table_unit(tuple(titles)), columns=tuple(columns))


def all_meant(
    department: str, layouts: tuple[Layout, ...], vocabulary: Vocabulary
) -> tuple[Meant, ...]:
    """Give all a header may mean, under every name some layout or the vocabulary has for it."""
    names: dict[str, dict[str, None]] = {}
    for layout in layouts:
        for column in layout.columns:
            names.setdefault(meaning_of(column), {}).update(dict.fromkeys(column.headers))
    roles = [Column(role=role, headers=tuple(names.get(role, {}))) for role in ROLES]
    own_first = sorted(
        (fact for fact in vocabulary.facts.values() if can_be_a_column(fact)),
        key=lambda fact: department not in (fact.department, *fact.sources),
    )
    facts = [
        Column(fact=fact.key, headers=tuple(names.get(f"fact/{fact.key}", {})))
        for fact in own_first
    ]
    return tuple(meant_by(column, vocabulary) for column in (*roles, *facts))


def required_letters(chosen: dict[str, str]) -> frozenset[str]:
    """Give the columns a sheet is told by: the code or else the name, and the first that says something of them."""
    by_meaning = {meaning: letter for letter, meaning in reversed([*chosen.items()])}
    who = by_meaning.get("uscc") or by_meaning.get("name")
    must = [by_meaning[one] for one in ("list", "family") if one in by_meaning]
    facts = [letter for letter, meaning in chosen.items() if meaning.startswith("fact/")]
    return frozenset(filter(None, (who, *must, *([] if must else facts[:1]))))


def _with_their_need(chosen: dict[str, str]) -> dict[str, str]:
    """Leave out what says nothing by itself: a level without a list, an amount without a policy."""
    there = set(chosen.values())
    return {
        letter: meaning if _NEED.get(meaning, meaning) in there else IGNORE
        for letter, meaning in chosen.items()
    }


def _header_row(grids: tuple[Grid, ...], meant: tuple[Meant, ...]) -> Candidate:
    """Give the row most like names we know; of equal ones the widest, and one row before two."""
    names = sorted({name for one in meant for name in map(plain_header, one.names)})
    found = [at for grid in grids if grid.sheet not in OUR_SHEETS for at in candidates(grid)]
    found = [at for at in found if at.last < at.grid.frame.height]
    if not found:
        raise whole_file(
            grids[0].file_name,
            f"前30行里没有一行有{FEWEST_HEADERS}个以上的表头，且下面有数据",
            "确认选对了文件；表头至少要有两列，下面至少一行数据",
        )
    return max(
        found,
        key=lambda at: (_like(at, names), len(at.headers), at.first - at.last, -at.first),
    )


def _like(at: Candidate, names: list[str]) -> int:
    """Give how much the headers of a row are like names we know, together."""
    near = (
        process.extractOne(
            header.bare_name, names, scorer=fuzz.ratio, score_cutoff=NEAR_ENOUGH, processor=None
        )
        for header in at.headers.values()
    )
    return sum(round(one[1]) for one in near if one is not None)


def _first_cells(at: Candidate, letter: str) -> tuple[str, ...]:
    cells = at.grid.frame[letter].slice(at.last).cast(pl.String).drop_nulls()
    return tuple(cells.head(CELLS_SHOWN))
