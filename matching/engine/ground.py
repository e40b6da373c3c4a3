"""A population made ready: text codes as whole numbers, list entries as columns, equal tests once.

Every distinct test (a leaf of a condition) is computed once as a Boolean column; conditions then only
combine such columns. That is what makes 573 items over 720,000 enterprises one short select.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from operator import itemgetter

import polars as pl

from matching.engine.columns import Columns
from matching.engine.hands import answers
from matching.engine.leaves import leaf_truth
from matching.engine.paid_in_year import paid_in_year
from matching.engine.population import Population
from matching.engine.related import related_truth
from matching.engine.scores import (
    Bounds,
    apart,
    beside_tables,
    part_sums,
    score_outcomes,
    score_truth,
)
from matching.engine.spells import listed_truth, paid_sum, paid_truth
from matching.engine.staged import Staged, at, where, with_staged
from matching.engine.truth import (
    NEVER,
    Outcomes,
    all_of,
    any_of,
    chosen,
    count_of,
    outcomes_asked,
    outcomes_chosen,
    outcomes_negated,
    outcomes_of_all,
    outcomes_of_any,
    outcomes_of_count,
    outcomes_of_judgement,
    outcomes_of_truth,
    verdict,
)
from matching.language.conditions import (
    AllOf,
    AnyOf,
    Branches,
    Condition,
    CountOf,
    Defined,
    Judgement,
    Listed,
    Negate,
    Paid,
    PersonWhereUnknown,
    RelatedHas,
    Score,
    asks_a_person,
    opened,
    parts_of,
)
from matching.language.needs import columns_of
from matching.language.vocabulary import Vocabulary

Key = tuple[Condition, date]
UNASKED = "judgement:unasked"
"""The column of a judgement nobody has made yet."""


class Ground:
    """What conditions are judged on. Not thread-safe: it remembers the tests it has computed."""

    def __init__(
        self,
        population: Population,
        vocabulary: Vocabulary,
        definitions: dict[str, Condition],
        run_day: date | None = None,
    ) -> None:
        """Make a population ready.

        run_day  the day negative lists are judged on, whatever the evidence day of an item: who has become
                 dishonest since must not be paid. None: the evidence day.
        """
        self.run_day = run_day
        self.population = population
        self.vocabulary = vocabulary
        self.definitions = definitions
        self.columns = Columns(population, vocabulary)
        self._names: dict[Key, str] = {}
        self._truths: dict[Key, pl.Expr] = {}
        self._ready = population.frame.select(
            "enterprise_id", pl.lit(None, dtype=pl.Boolean).alias(UNASKED)
        )
        self._pending: list[tuple[tuple[str, ...], pl.Expr]] = []
        self._series: list[pl.Series] = []
        self._staged: list[Staged] = []
        self._count = 0
        self._tables: dict[Key, Outcomes] = {}
        self._guarded: dict[Key, pl.Expr] = {}

    def truth(self, condition: Condition, on: date) -> pl.Expr:
        """Give the three-valued truth of a condition on an evidence day, over `collect`'s frame.

        Judgements are left open.
        """
        truth = self._truths.get((condition, on))
        if truth is None:
            truth = self._truths[condition, on] = self._truth(condition, on)
        return truth

    def _truth(self, condition: Condition, on: date) -> pl.Expr:
        match condition:
            case AllOf(parts=parts):
                return all_of(self.truth(part, on) for part in parts)
            case AnyOf(parts=parts):
                return any_of(self.truth(part, on) for part in parts)
            case Negate(part=part):
                return ~self.truth(part, on)
            case PersonWhereUnknown(part=part):
                return self.truth(part, on)
            case CountOf(at_least=at_least, parts=parts):
                return count_of((self.truth(part, on) for part in parts), at_least)
            case Branches():
                return self._chosen(condition, on)
            case Score():
                holds = [self.truth(row, on) for row in parts_of(condition)]
                return score_truth(condition, part_sums(condition, holds))
            case Defined(name=name):
                return self.truth(self.definitions[name], on)
            case Judgement():
                return pl.col(UNASKED)
            case _:
                return pl.col(self._test(condition, on))

    def guarded_truth(self, condition: Condition, on: date) -> pl.Expr:
        """Give the same truth over what `settled` gives, score tables computed only where all else leaves it open.

        Unlike `truth` it cannot be asked again after tests were answered otherwise.
        """
        guards, tables = beside_tables(condition, self.definitions)
        if not tables or not guards:
            return self.truth(condition, on)
        if (condition, on) not in self._guarded:
            parts = ([self.truth(one, on) for one in some] for some in (tables, guards))
            name = f"guarded:{len(self._guarded)}"
            self._guarded[condition, on] = self._stage(Staged(name, *map(all_of, parts)))
        return self._guarded[condition, on]

    def _stage(self, column: Staged) -> pl.Expr:
        self._staged.append(column)
        return pl.col(column.name)

    def _chosen(self, branches: Branches, on: date) -> pl.Expr:
        said = NEVER if branches.otherwise is None else self.truth(branches.otherwise, on)
        for case in reversed(branches.cases):
            said = chosen(self.truth(case.when, on), self.truth(case.then, on), said)
        return said

    def verdict(self, condition: Condition, on: date) -> pl.Expr:
        """Give the verdict code of a condition on an evidence day, over `collect`'s frame."""
        return verdict(self.truth(condition, on), self.may_be_open(condition, on))

    def may_be_open(self, condition: Condition, on: date) -> pl.Expr | None:
        """Say where a datum is missing under some answers to its judgements; None: it has none."""
        return self._outcomes(condition, on).open if self.needs_judgement(condition) else None

    def needs_judgement(self, condition: Condition) -> bool:
        """Say whether a person's answer stands somewhere in the condition."""
        return asks_a_person(condition, self.definitions)

    def paid(self, family: str) -> str:
        """Give the name of the column with the 分 paid so far under a family."""
        name = f"paid:{family}"
        if name not in self._ready.columns and all(s.name != name for s in self._series):
            self._series.append(paid_sum(family, self.population).alias(name))
        return name

    def paid_in_year(self, family: str, year: int) -> tuple[str, str]:
        """Give the names of the columns with the least and most 分 paid under a family in a year."""
        low, high = f"paid:{family}@{year}:low", f"paid:{family}@{year}:high"
        if low not in self._ready.columns and all(s.name != low for s in self._series):
            paid = paid_in_year(family, year, self.population)
            self._series += [paid["low"].alias(low), paid["high"].alias(high)]
        return low, high

    def collect(self, *wanted: pl.Expr) -> pl.DataFrame:
        """Compute expressions, one row an enterprise in the population's order."""
        return self.settled().select("enterprise_id", *wanted)

    def settled(self) -> pl.DataFrame:
        """Give the frame of facts and tests, every test asked for so far computed."""
        if self._pending or self._series:
            # Tests of one column stand together: its values are then read from the processor's cache.
            self._pending.sort(key=itemgetter(0))
            tests = (test for _, test in self._pending)
            fresh = self.columns.frame.select("enterprise_id", *tests).drop("enterprise_id")
            self._ready = self._ready.hstack([*fresh.get_columns(), *self._series])
            self._pending, self._series = [], []
        if self._staged:
            self._ready = with_staged(self._ready, self._staged)
            self._staged = []
        return self._ready

    def facts_and_tests(self) -> pl.DataFrame:
        """Give the tests beside the fact columns, for amounts."""
        return self.columns.frame.hstack(self.settled().drop("enterprise_id").get_columns())

    def collect_at(self, rows: pl.Series, *wanted: pl.Expr) -> pl.DataFrame:
        """Compute row by row expressions over facts and tests for some rows only, given by their places."""
        return at(self._read(wanted), rows).select("enterprise_id", *wanted)

    def collect_each(
        self, asked: Iterable[tuple[pl.Series, Sequence[pl.Expr]]]
    ) -> list[pl.DataFrame]:
        """Do the same many times over, where a mask is true: so few rows that planning would cost more."""
        self.settled()

        def at_mask(one: tuple[pl.Series, Sequence[pl.Expr]]) -> pl.DataFrame:
            return where(self._read(one[1]), one[0]).select_seq("enterprise_id", *one[1])

        return answers(at_mask, list(asked))

    def _read(self, wanted: Sequence[pl.Expr]) -> pl.DataFrame:
        """Give the facts and tests some expressions read, behind "enterprise_id"."""
        tests, facts = self.settled(), self.columns.frame
        columns = [facts["enterprise_id"]]
        for name in dict.fromkeys(name for expr in wanted for name in expr.meta.root_names()):
            test = tests.get_column(name, default=None)
            columns.append(facts[name] if test is None else test)
        return pl.DataFrame(columns)

    def _outcomes(self, condition: Condition, on: date) -> Outcomes:
        meant = opened(condition, self.definitions)
        if not self.needs_judgement(meant):
            return outcomes_of_truth(self.truth(meant, on))
        if isinstance(meant, Score):
            if (meant, on) not in self._tables:
                self._tables[meant, on] = self._score_outcomes(meant, on)
            return self._tables[meant, on]
        parts = [self._outcomes(part, on) for part in parts_of(meant)]
        match meant:
            case AllOf():
                return outcomes_of_all(parts)
            case AnyOf():
                return outcomes_of_any(parts)
            case Negate() | PersonWhereUnknown():
                return (outcomes_negated if isinstance(meant, Negate) else outcomes_asked)(parts[0])
            case CountOf(at_least=at_least):
                return outcomes_of_count(parts, at_least)
            case Branches(otherwise=otherwise):
                last = parts.pop() if otherwise is not None else outcomes_of_truth(NEVER)
                for when, then in reversed([*zip(parts[::2], parts[1::2], strict=True)]):
                    last = outcomes_chosen(when, then, last)
                return last
            case _:
                return outcomes_of_judgement()

    def _score_outcomes(self, score: Score, on: date) -> Outcomes:
        sure, judged = apart(score, self.needs_judgement)
        rows = [
            self._outcomes(row, on) if self.needs_judgement(row) else self.truth(row, on)
            for row in parts_of(judged)
        ]
        sums = part_sums(sure, [self.truth(row, on) for row in parts_of(sure)])
        had = [Bounds(self._kept(one.low), self._kept(one.high), one.most) for one in sums]
        return score_outcomes(judged, had, rows, self._kept)

    def _kept(self, read_often: pl.Expr) -> pl.Expr:
        """Put what is looked at for every combination of answers into a column of its own."""
        self._count += 1
        return self._stage(Staged(f"kept:{self._count}", read_often))

    def _test(self, leaf: Condition, on: date) -> str:
        bare = leaf if leaf.label is None else _without_label(leaf)
        name = self._names.get((bare, on))
        if name is not None:
            return name
        name = f"test:{len(self._names)}"
        self._names[bare, on] = name
        if isinstance(bare, Listed):
            truth = listed_truth(bare, self.population, self.vocabulary, on, self.run_day)
            self._series.append(truth.alias(name))
        elif isinstance(bare, Paid):
            self._series.append(paid_truth(bare.family, self.population).alias(name))
        elif isinstance(bare, RelatedHas):
            truth = related_truth(bare, self.population, self.vocabulary, on, self.run_day)
            self._series.append(truth.alias(name))
        else:
            read = columns_of(bare, on, self.definitions)
            self._pending.append((read, leaf_truth(bare, on, self.columns).alias(name)))
        return name


def _without_label(leaf: Condition) -> Condition:
    fields = {name: getattr(leaf, name) for name in leaf.__struct_fields__ if name != "label"}
    return type(leaf)(**fields)
