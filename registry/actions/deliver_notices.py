"""Deliver what is owed: to the inbox, and by mail where a server is set up."""

from collections.abc import Callable
from datetime import datetime

from matching.notices.deliver import Delivered, deliver_due
from registry.settings import Smtp


async def deliver_notices(
    smtp: Smtp | None,
    clock: Callable[[], datetime],
    progress: Callable[[str], None] = lambda _: None,
) -> Delivered:
    """Deliver everything due; raises LockHeld where another process is at it."""
    return await deliver_due(smtp, clock, progress)
