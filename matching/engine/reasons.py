"""Why not, for many enterprises at once: the top conditions that do not hold, as codes or sentences."""

from datetime import date

import polars as pl

from matching.engine.ground import Ground
from matching.engine.match import whole_condition
from matching.engine.truth import MET, OPEN, PERSON, UNMET
from matching.language.conditions import Condition, conjuncts, opened
from matching.language.items import Item
from matching.language.needs import columns_of
from matching.language.wording import Words

STATES = {UNMET: "unmet", OPEN: "unknown", PERSON: "person"}


def top_conditions(item: Item, ground: Ground) -> tuple[Condition, ...]:
    """Give the conditions each of which must hold, every all_of opened."""
    whole = whole_condition(item, ground.vocabulary.places.root)
    return conjuncts((whole,), ground.definitions)


def reason_codes(item: Item, ground: Ground, on: date) -> pl.Expr:
    """Give codes such as "unmet:listed:little_giant; unknown:compare:annual_revenue@2025" per row."""
    day = item.evidence(on)
    codes: list[pl.Expr] = []
    for top in top_conditions(item, ground):
        meant = opened(top, ground.definitions)
        data = "+".join(columns_of(top, day, ground.definitions))
        tail = f"{meant.__struct_config__.tag}:{data}" if data else str(meant.__struct_config__.tag)
        verdict = ground.verdict(top, day)
        told = {code: f"{state}:{tail}" for code, state in STATES.items()}
        # Looked at once: a verdict with judgements in it is long.
        codes.append(verdict.replace_strict(told, default=None, return_dtype=pl.String))
    return pl.concat_str(codes, separator="; ", ignore_nulls=True)


def reason_sentences(item: Item, ground: Ground, on: date) -> pl.Expr:
    """Give the sentences of the top conditions that do not hold per row, in Chinese."""
    day = item.evidence(on)
    words = Words(ground.vocabulary, ground.definitions, day)
    sentences = [
        pl.when(ground.verdict(top, day) != MET).then(pl.lit(words.condition(top)))
        for top in top_conditions(item, ground)
    ]
    return pl.concat_str(sentences, separator="；", ignore_nulls=True)
