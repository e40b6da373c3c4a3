"""Take in files of targets, and show a year's targets with what came of them."""

from datetime import datetime

import msgspec

from matching.language.vocabulary import Vocabulary
from matching.storage.database import engine
from registry.actions.show_pool import load_pool_day
from registry.pool.read_targets import read_targets
from registry.pool.store import add_targets, targets_known
from registry.pool.targets import Counted, TargetRow, targets_of_year
from registry.pool.types import Pools, Target
from registry.profiles.knowledge import Knowledge


class TargetFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file of targets, who brings it, and when."""

    file_name: str
    data: bytes
    by: str
    now: datetime


async def import_targets(given: TargetFile, vocabulary: Vocabulary) -> tuple[int, int]:
    """Add the targets of a file; gives how many are new and how many were known. Raises ListRefused."""
    targets = read_targets(given.file_name, given.data, vocabulary)
    async with engine().transaction():
        added = await add_targets(targets, given.by, given.now)
    return added, len(targets) - added


async def show_targets(
    year: int, knowledge: Knowledge, pools: Pools, vocabulary: Vocabulary
) -> tuple[TargetRow, ...]:
    """Show the figures set for a year, own and handed down, with what has come of them by the day."""
    found = await targets_known(knowledge.known_at)
    fields = Target.__struct_fields__
    targets = [Target(**{name: row[name] for name in fields}) for row in found.to_dicts()]
    titles = {target.title for target in targets}
    day = await load_pool_day(knowledge, pools, vocabulary, titles)
    counted = Counted(
        titles=day.titles,
        places=day.places,
        unsent=frozenset(titles - day.sent),
        on=knowledge.as_of,
    )
    return targets_of_year(targets, year, counted, vocabulary)
