"""The fact columns of a population: numbers with their reach, text codes as whole numbers."""

from datetime import date

import polars as pl

from matching.engine.evidence import ledger_figures
from matching.engine.population import Population
from matching.engine.records import derived_figures
from matching.engine.whole import Whole
from matching.language.quantities import OverLedger
from matching.language.vocabulary import Fact, Vocabulary, fact_of_column


class Columns:
    """The fact columns of a population, their text codes turned into whole numbers once.

    frame  the columns as given, but with the place of its word in `_words` for each text code, and a
           column of nulls for each that was asked for and is not known.
    """

    def __init__(self, population: Population, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._population = population
        frame = population.frame
        self._words = {name: words.to_list() for name, words in _words_of(frame).items()}
        self.frame = frame.with_columns(
            pl.col(name).cast(pl.Enum(words)).to_physical() for name, words in self._words.items()
        )
        self._schema = self.frame.schema
        self._numbers: dict[str, Whole] = {}

    def number(self, column: str) -> Whole:
        """Give a number column; unknown for all where the frame has none."""
        if column not in self._numbers:
            known = self._known(column, pl.Int64())
            values = self.frame[column]
            least, most = values.min(), values.max()
            self._numbers[column] = Whole(
                known,
                least if isinstance(least, int) else 0,
                most if isinstance(most, int) else 0,
            )
        return self._numbers[column]

    def number_on(self, column: str, on: date) -> Whole:
        """Give a number column as seen from an evidence day.

        A derived fact is what was told of the figure itself, else what the rows of its ledger give.
        """
        derived = self.vocabulary.facts[fact_of_column(column)[0]].derived
        if derived is None:
            return self.number(column)
        name = f"derived:{column}:{on}"
        if name not in self._schema:
            figures = derived_figures(derived, self._population, on)
            if column in self._schema:
                figures = self.frame[column].zip_with(self.frame[column].is_not_null(), figures)
            self.frame = self.frame.with_columns(figures.alias(name))
            self._schema = self.frame.schema
        return self.number(name)

    def ledger(self, quantity: OverLedger) -> Whole:
        """Give the figure of a fact that is counted or summed over evidence items."""
        name = f"ledger:{quantity.fact}:{','.join(quantity.unused_by)}"
        if name not in self._schema:
            fact = self.vocabulary.facts[quantity.fact]
            figures = ledger_figures(quantity, fact, self._population)
            self.frame = self.frame.with_columns(figures.alias(name))
            self._schema = self.frame.schema
        return self.number(name)

    def flag(self, column: str) -> pl.Expr:
        """Give a Boolean column; unknown for all where the frame has none."""
        return self._known(column, pl.Boolean())

    def day(self, column: str) -> pl.Expr:
        """Give a date column; unknown for all where the frame has none."""
        return self._known(column, pl.Date())

    def words(self, column: str) -> list[str]:
        """Give the words a code column stands for, each at the place its rows hold; empty: known of nobody."""
        return self._words.get(column, [])

    def word(self, column: str) -> pl.Expr:
        """Give a code column in words again, for reading; unknown for all where the frame has none."""
        if column not in self._words:
            return self._known(column, pl.String())
        return pl.lit(pl.Series(self._words[column], dtype=pl.String)).gather(pl.col(column))

    def among(self, column: str, fact: Fact, codes: tuple[str, ...]) -> pl.Expr:
        """Say where a code is one of these, or lies within one of them in its tree.

        A code coarser than one asked for (an industry known as C, asked whether it is C34) leaves it open.
        """
        words = self._words.get(column)
        if not words:
            return self._known(column, pl.Boolean()).cast(pl.Boolean)
        tree = self.vocabulary.tree_of(fact)
        if tree is None:
            return self._is_one_of(column, [word in codes for word in words])
        asked = frozenset(codes)
        over_asked = frozenset().union(*(tree.lineage(code) for code in codes))
        within = [not asked.isdisjoint(tree.lineage(word)) for word in words]
        coarse = [
            word in over_asked and not inside for word, inside in zip(words, within, strict=True)
        ]
        hit = self._is_one_of(column, within)
        return pl.when(~self._is_one_of(column, coarse)).then(hit) if any(coarse) else hit

    def _known(self, column: str, kind: pl.DataType) -> pl.Expr:
        if column not in self._schema:
            self.frame = self.frame.with_columns(pl.lit(None, dtype=kind).alias(column))
            self._schema = self.frame.schema
        return pl.col(column)

    def _is_one_of(self, column: str, hits: list[bool]) -> pl.Expr:
        places = [place for place, hit in enumerate(hits) if hit]
        wanted = pl.Series(places, dtype=self._schema[column])
        return pl.col(column).is_in(pl.lit(wanted).implode())


def _words_of(frame: pl.DataFrame) -> dict[str, pl.Series]:
    """Give the distinct words of each text column, all columns at once."""
    enums = {
        name: kind.categories for name, kind in frame.schema.items() if isinstance(kind, pl.Enum)
    }
    texts = [name for name, kind in frame.schema.items() if kind in (pl.String, pl.Categorical)]
    if not texts:
        return enums
    found = frame.select(
        pl.col(name).cast(pl.String).unique().drop_nulls().sort().implode() for name in texts
    )
    return enums | {name: found[name][0] for name in texts}
