"""The clock: APScheduler asks every so often what is due; the database decides what is done.

Several processes may run it side by side: the lock and the unique period let one work and turn the
others away.
"""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler  # type: ignore[import-untyped]
from apscheduler.triggers.cron import CronTrigger  # type: ignore[import-untyped]
from apscheduler.triggers.interval import IntervalTrigger  # type: ignore[import-untyped]

from matching.catalogue.load_catalogue import Catalogue
from matching.runs.freeze import FrozenMissing
from matching.storage.errors import LockHeld
from registry.actions.deliver_notices import deliver_notices
from registry.actions.months_due import months_due
from registry.actions.propose_month import propose_month
from registry.actions.run_month import run_one_month
from registry.pool.declared import shipped_pools
from registry.pool.errors import PoolRefused
from registry.settings import Settings

log = logging.getLogger("registry.schedule")

Clock = Callable[[], datetime]


class Schedule:
    """The jobs of this process; `start` at once makes up for months missed while the machine was down."""

    def __init__(self, settings: Settings, catalogue: Catalogue, clock: Clock) -> None:
        self.settings = settings
        self.catalogue = catalogue
        self.clock = clock
        self._working = asyncio.Lock()
        self._delivering = asyncio.Lock()
        self.scheduler = AsyncIOScheduler(
            timezone=settings.timezone,
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )

    def start(self) -> None:
        """Begin: now, then at every tick of the cron line and every delivery interval."""
        settings = self.settings
        cron = CronTrigger.from_crontab(settings.run_cron, timezone=settings.timezone)
        interval = IntervalTrigger(seconds=settings.delivery_seconds, timezone=settings.timezone)
        now = self.clock()
        # A first tick now makes up for months missed; after it the cron line goes on by itself.
        self.scheduler.add_job(self.run_due_months, cron, id="months", next_run_time=now)
        self.scheduler.add_job(self.deliver, interval, id="deliveries", next_run_time=now)
        self.scheduler.start()

    async def stop(self) -> None:
        """End: no new job begins, and one at work is let come to its end.

        Being cut off would do no harm, only noise: the database takes a month up again where it stood.
        """
        self.scheduler.pause()
        async with self._working, self._delivering:
            self.scheduler.shutdown(wait=False)

    async def run_due_months(self) -> tuple[str, ...]:
        """Decide every month that is due; gives those decided now."""
        settings = self.settings
        decided: list[str] = []
        async with self._working:
            for period in await months_due(self.clock(), settings.run_cron, settings.timezone):
                try:
                    ended = await run_one_month(
                        period,
                        catalogue=self.catalogue,
                        data_dir=settings.data_dir,
                        mail=settings.smtp is not None,
                        now=self.clock().astimezone(settings.timezone),
                        progress=_silent,
                    )
                except LockHeld as held:
                    log.info("month %s: %s", period, held)
                    break
                if ended.fresh:
                    decided.append(period)
                    log.info("month %s decided, receipt %s", period, ended.receipt)
            await self._propose()
        return tuple(decided)

    async def _propose(self) -> None:
        """Note the candidates of the latest month; what fails is done at the next tick, the month stands."""
        settings = self.settings
        now = self.clock().astimezone(settings.timezone)
        try:
            noted = await propose_month(self.catalogue, shipped_pools(), settings.data_dir, now)
        except (FrozenMissing, LockHeld, PoolRefused) as left:
            log.warning("candidates: %s", left)
            return
        if any(noted.values()):
            log.info("candidates noted: %s", noted)

    async def deliver(self) -> None:
        """Deliver what is due, unless another process is at it."""
        async with self._delivering:
            try:
                done = await deliver_notices(self.settings.smtp, self.clock)
            except LockHeld as held:
                log.info("deliveries: %s", held)
                return
        if done.inbox or done.sent or done.failed or done.unknown:
            log.info("delivered: %s", done)


async def _silent(step: str) -> None:
    log.debug("step: %s", step)
