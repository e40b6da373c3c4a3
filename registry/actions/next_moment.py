"""The moment at which something becomes known: one that no run has counted up to."""

from datetime import datetime, timedelta

from matching.runs.store import latest_known_at

A_MOMENT = timedelta(microseconds=1)


async def after_every_run(now: datetime) -> datetime:
    """Give this moment, or the one after the latest a run knows up to; call it under DATA_LOCK.

    A run that began while a sheet was read, or a person was deciding, has not seen what comes of it.
    """
    known = await latest_known_at()
    return now if known is None else max(now, known + A_MOMENT)
