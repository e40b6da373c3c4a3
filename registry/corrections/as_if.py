"""A profile as it would be if a wish were granted. Pure: the effect is computed before anything is written."""

from datetime import date

import msgspec
import polars as pl

from matching.engine.population import FACT_TYPES, Population
from matching.language.vocabulary import Vocabulary
from registry.corrections.types import EntryWish, Request
from registry.corrections.wanted import fact_asked
from registry.profiles.types import Profile


def as_if_granted(profile: Profile, request: Request, vocabulary: Vocabulary) -> Profile:
    """Give the profile with the wanted value in place of the one that counts."""
    changed = (
        _with_entry(profile, request.column, request.entry())
        if request.kind == "entry"
        else _with_value(profile, request, vocabulary)
    )
    return msgspec.structs.replace(profile, population=changed)


def _with_value(profile: Profile, request: Request, vocabulary: Vocabulary) -> Population:
    kind = fact_asked(request.column, vocabulary).kind
    stored = request.value()
    typed: object = stored
    if kind == "flag":
        typed = bool(stored)
    elif kind == "date":
        typed = date.fromisoformat(str(stored))
    value = pl.Series(request.column, [typed], dtype=FACT_TYPES[kind])
    population = profile.population
    return msgspec.structs.replace(population, frame=population.frame.with_columns(value))


def _with_entry(profile: Profile, key: str, wish: EntryWish) -> Population:
    population = profile.population
    is_own = (pl.col("enterprise_id") == profile.enterprise_id) & (pl.col("list") == key)
    others = population.memberships.filter(~is_own)
    known = pl.DataFrame(
        {"enterprise_id": [profile.enterprise_id], "list": [key]}, schema=population.known.schema
    )
    if wish.on:
        row = {
            "enterprise_id": profile.enterprise_id,
            "list": key,
            "level": wish.level,
            "batch": wish.batch,
            "document": wish.document,
            "from_on": wish.from_on,
            "until_on": wish.until_on,
            "left_on": None,
        }
        others = pl.concat([others, pl.DataFrame([row], schema=others.schema)])
    return msgspec.structs.replace(
        population, memberships=others, known=pl.concat([population.known, known])
    )
