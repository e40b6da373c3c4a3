"""Run a month: match the whole population, write what changed, owe the notices."""

from datetime import datetime
from pathlib import Path

import polars as pl

from matching.catalogue.load_catalogue import Catalogue
from matching.engine.population import Population
from matching.language.vocabulary import Vocabulary
from matching.notices.compose import compose_digests
from matching.notices.store import owe
from matching.runs.compare import Compared
from matching.runs.freeze import FrozenFiles
from matching.runs.run_month import MonthInputs, run_month
from matching.runs.store import RunRecord
from matching.runs.types import Decided, Ended, Moment, Progress
from matching.storage.read import read_frame
from registry.identity.identities import identities_of
from registry.identity.store import all_judgements
from registry.profiles.corrections import corrected_since
from registry.profiles.knowledge import Knowledge
from registry.profiles.load_population import load_population, renew_population

ADDRESSES = {"enterprise_id": pl.Int64, "address": pl.String}


class Profiles:
    """Gives runs what the service knows; matching.runs.types.Sources."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary

    async def load(self, moment: Moment) -> Population:
        """Give every enterprise as of a day, as known at a moment."""
        return await load_population(_knowledge(moment), self.vocabulary)

    async def renew(self, base: Population, before: Moment, now: Moment) -> Population:
        """Give the same as `load(now)`, reading only what was touched since."""
        return await renew_population(base, _knowledge(before), _knowledge(now), self.vocabulary)

    async def corrected(self, before: Moment, now: Moment) -> pl.DataFrame:
        """Give what was restated between the two moments."""
        return await corrected_since(_knowledge(before), _knowledge(now), self.vocabulary)

    async def addresses(self, enterprise_ids: pl.Series) -> pl.DataFrame:
        """Give the newest e-mail address of those who have one, by whomever they were told apart."""
        found = await read_frame(
            "SELECT enterprise_id, address FROM enterprise_contact WHERE channel = 'email' ORDER BY id",
            ADDRESSES,
        )
        identities = identities_of(await all_judgements()).rename({"enterprise_id": "_is"})
        whom = found.join(
            identities,
            left_on="enterprise_id",
            right_on="subject_id",
            how="left",
            maintain_order="left",
        ).with_columns(enterprise_id=pl.coalesce("_is", "enterprise_id"))
        newest = whom.select(*ADDRESSES).unique(
            subset="enterprise_id", keep="last", maintain_order=True
        )
        return newest.join(enterprise_ids.to_frame("enterprise_id"), on="enterprise_id", how="semi")


def _knowledge(moment: Moment) -> Knowledge:
    return Knowledge(moment.as_of, moment.known_at)


async def run_one_month(  # noqa: PLR0913  what a month needs, by name
    period: str,
    *,
    catalogue: Catalogue,
    data_dir: Path,
    mail: bool,
    now: datetime,
    progress: Progress,
) -> Ended:
    """Decide a month once and owe its notices; the same month again changes and sends nothing.

    mail  whether notices are owed by e-mail too, where an address is known.
    now   in the city's time zone: there a month is over, or not yet.
    Raises LockHeld where another process runs a month, BadPeriod where the month is none or not over.
    """
    sources = Profiles(catalogue.vocabulary)

    async def tell(run: RunRecord, decided: Decided, compared: Compared, rules: Catalogue) -> None:
        del decided
        digests = compose_digests(compared.changes, rules, run.period, run.as_of)
        told = pl.Series("enterprise_id", [d.enterprise_id for d in digests], dtype=pl.Int64)
        addresses = await sources.addresses(told) if mail else pl.DataFrame(schema=ADDRESSES)
        await owe(run.id, digests, addresses, run.known_at)

    inputs = MonthInputs(
        sources=sources,
        catalogue=catalogue,
        files=FrozenFiles(data_dir / "frozen"),
        tell=tell,
        progress=progress,
    )
    return await run_month(period, inputs, now)
