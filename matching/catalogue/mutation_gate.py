"""The mutation gate: every slightly wrong version of an item must break one of its own examples.

All examples of an item are one population, and all its versions are judged over it at once.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal

import msgspec
import polars as pl

from matching.catalogue.equivalence import Equivalence
from matching.catalogue.impossible import Reach
from matching.catalogue.load_catalogue import Catalogue
from matching.catalogue.load_definition_examples import DefinitionExamples
from matching.catalogue.mutants import wrong_conditions
from matching.catalogue.mutate_amounts import wrong_amounts
from matching.catalogue.mutate_tests import Telling
from matching.engine.ground import Ground
from matching.engine.match import EXPECTED_CODES, whole_condition
from matching.engine.pay import amount_range
from matching.engine.profile_text import population_of_texts
from matching.engine.try_example import example_day
from matching.language.conditions import Condition
from matching.language.items import Example, Item
from matching.language.wording import Words

TRUTHS = {"met": True, "unmet": False}
changed = msgspec.structs.replace


class Survivor(msgspec.Struct, frozen=True, kw_only=True):
    """A wrong version of an item under which all its examples still come out as expected.

    item   its id, or the name of a definition.
    words  what was done to it.
    """

    item: str
    part: Literal["condition", "amount"]
    words: str

    def __str__(self) -> str:
        return f"{self.words}后，所有例子仍然通过"


class MutationScore(msgspec.Struct, frozen=True, kw_only=True):
    """How many wrong versions of an item there are, and which of them no example refutes.

    all  without those proven to give everybody the same verdict.
    """

    item: str
    all: int
    survivors: tuple[Survivor, ...]

    @property
    def killed(self) -> int:
        """Give the number of versions an example refutes."""
        return self.all - len(self.survivors)


class _Group(msgspec.Struct, frozen=True):
    """The examples of one run day, made ready."""

    ground: Ground
    examples: list[Example]
    on: date


def survivors(item: Item, catalogue: Catalogue) -> tuple[Survivor, ...]:
    """Give the wrong versions of an item that its own examples do not refute."""
    return mutation_score(item, catalogue).survivors


def mutation_score(item: Item, catalogue: Catalogue) -> MutationScore:
    """Hold every wrong version of an item against its examples, which must be right by themselves."""
    conditions, sums = (
        list(_wrong_wholes(item, catalogue)),
        list(wrong_amounts(item.amount, item.evidence_day)),
    )
    groups = list(_examples_by_day(item, catalogue))
    words = Words(catalogue.vocabulary, catalogue.definitions, item.evidence(item.valid.since))
    standing = _standing_conditions([wrong for _, wrong in conditions], groups)
    paying = _standing_amounts(item, [wrong for _, wrong in sums], groups)
    same = Equivalence(Reach(catalogue.vocabulary, catalogue.definitions, item.evidence_day))
    right = whole_condition(item, catalogue.vocabulary.places.root)
    differing = [place for place in standing if not same.holds(right, conditions[place][1])]
    left: list[tuple[Literal["condition", "amount"], Telling]] = [
        *(("condition", conditions[place][0]) for place in differing),
        *(("amount", sums[place][0]) for place in paying),
    ]
    return MutationScore(
        item=item.id,
        all=len(conditions) - len(standing) + len(differing) + len(sums),
        survivors=tuple(
            Survivor(item=item.id, part=part, words=tell(words)) for part, tell in left
        ),
    )


def definition_score(examples: DefinitionExamples, catalogue: Catalogue) -> MutationScore:
    """Hold every wrong version of a definition against its own examples: once, not in every item."""
    right = catalogue.definitions[examples.name]
    wrong = list(wrong_conditions(right, None))
    groups = list(_groups(examples.examples, catalogue))
    standing = _standing_conditions([version for _, version in wrong], groups)
    same = Equivalence(Reach(catalogue.vocabulary, catalogue.definitions, None))
    differing = [place for place in standing if not same.holds(right, wrong[place][1])]
    words = Words(catalogue.vocabulary, catalogue.definitions, groups[0].on if groups else date.max)
    return MutationScore(
        item=examples.name,
        all=len(wrong) - len(standing) + len(differing),
        survivors=tuple(
            Survivor(item=examples.name, part="condition", words=wrong[place][0](words))
            for place in differing
        ),
    )


def wrong_examples(examples: DefinitionExamples, catalogue: Catalogue) -> tuple[Example, ...]:
    """Give the examples of a definition that do not come out as they say."""
    right = catalogue.definitions[examples.name]
    return tuple(
        example
        for group in _groups(examples.examples, catalogue)
        for example, code in zip(
            group.examples,
            group.ground.collect(group.ground.verdict(right, group.on).alias("code"))["code"],
            strict=True,
        )
        if code != EXPECTED_CODES[example.expect]
    )


def _groups(examples: Sequence[Example], catalogue: Catalogue) -> Iterator[_Group]:
    """Make examples that state their day ready, day by day."""
    for day in sorted({example.on for example in examples if example.on is not None}):
        chosen = [example for example in examples if example.on == day]
        population = population_of_texts([one.given for one in chosen], catalogue.vocabulary)
        ground = Ground(population, catalogue.vocabulary, catalogue.definitions, day)
        yield _Group(ground, chosen, day)


def _wrong_wholes(item: Item, catalogue: Catalogue) -> Iterator[tuple[Telling, Condition]]:
    """Give every wrong condition with the area in front of it, and the right one without."""
    nation = catalogue.vocabulary.places.root
    for tell, wrong in wrong_conditions(item.condition, item.evidence_day):
        yield tell, whole_condition(changed(item, condition=wrong), nation)
    if item.area != nation:
        yield (lambda _: "不看适用范围"), item.condition


def _examples_by_day(item: Item, catalogue: Catalogue) -> Iterator[_Group]:
    days = [example_day(item, example) for example in item.examples]
    for day in sorted(set(days)):
        examples = [one for one, on in zip(item.examples, days, strict=True) if on == day]
        rows = [{**item.background, **example.given} for example in examples]
        population = population_of_texts(rows, catalogue.vocabulary)
        ground = Ground(population, catalogue.vocabulary, catalogue.definitions, day)
        yield _Group(ground, examples, item.evidence(day))


def _standing_conditions(wrong: Sequence[Condition], groups: list[_Group]) -> list[int]:
    """Give the places of the conditions that decide every example as expected."""
    standing = list(range(len(wrong)))
    for group in groups:
        expected = [example.expect for example in group.examples]
        truths = pl.Series([TRUTHS.get(word) for word in expected], dtype=pl.Boolean)
        codes = pl.Series([EXPECTED_CODES[word] for word in expected], dtype=pl.UInt8)
        # The bare truth refutes nearly all; whether a datum or a person is missing costs more to say.
        for asked, right in ((group.ground.truth, truths), (group.ground.verdict, codes)):
            found = group.ground.collect(
                *(asked(wrong[place], group.on).alias(str(place)) for place in standing)
            )
            standing = [place for place in standing if found[str(place)].equals(right)]
    return standing


def _standing_amounts(item: Item, wrong: Sequence[object], groups: list[_Group]) -> list[int]:
    """Give the places of the amounts that come to the sum of every example that states one."""
    standing = list(range(len(wrong)))
    for group in groups:
        stated = [place for place, one in enumerate(group.examples) if one.amount is not None]
        ends = [
            end.cast(pl.Int64).alias(f"{place}:{name}")
            for place in standing
            for name, end in zip(
                ("low", "high"),
                amount_range(changed(item, amount=wrong[place]).amount, group.ground, group.on),
                strict=True,
            )
        ]
        if not stated or not ends:
            continue
        found = group.ground.facts_and_tests().select("enterprise_id", *ends)[stated]
        sums = [group.examples[place].amount for place in stated]
        low = pl.Series([each[0] for each in sums if each is not None], dtype=pl.Int64)
        high = pl.Series([each[1] for each in sums if each is not None], dtype=pl.Int64)
        standing = [
            place
            for place in standing
            if found[f"{place}:low"].equals(low) and found[f"{place}:high"].equals(high)
        ]
    return standing
