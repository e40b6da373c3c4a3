"""Look up the ladder of one enterprise: titles held and in reach, and the road to the next."""

import asyncio

from matching.catalogue.load_catalogue import Catalogue
from matching.storage.database import snapshot
from registry.actions.look_up_enterprise import LookedUp, ladder_for, registered_as
from registry.profiles.knowledge import Knowledge
from registry.profiles.load_profile import load_profile


async def look_up_ladder(
    enterprise_id: int, knowledge: Knowledge, catalogue: Catalogue
) -> LookedUp | None:
    """Give who it is with its profile and its ladder, no items decided; None: no such enterprise."""
    registered = await registered_as(enterprise_id)
    if registered is None:
        return None
    async with snapshot():
        profile = await load_profile(enterprise_id, knowledge, catalogue.vocabulary)
    ladder = await asyncio.to_thread(ladder_for, profile, knowledge, catalogue)
    return LookedUp(
        registered=registered, knowledge=knowledge, profile=profile, findings=(), ladder=ladder
    )
