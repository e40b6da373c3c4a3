"""Delivering what is owed: to the inbox at once, by mail one by one, each state written before and after.

A mail that was being handed over when the process died may have arrived: it becomes "unknown" and is not
sent again by itself. Everything that surely did not arrive is tried again, later and later.
"""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

import msgspec
import polars as pl

from matching.notices.mail import Answered, Letter, MailServer, hand_over
from matching.notices.store import EMAIL, INBOX
from matching.notices.tables import Delivery
from matching.storage.lock import database_lock
from matching.storage.read import read_frame

WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(days=1),
    timedelta(days=2),
)
BATCH = 500
DUE: dict[str, pl.DataType | type[pl.DataType]] = {
    "id": pl.Int64,
    "attempts": pl.Int64,
    "address": pl.String,
    "unique_key": pl.String,
    "subject": pl.String,
    "body": pl.String,
    "created_at": pl.Datetime("us", "UTC"),
}


class Delivered(msgspec.Struct, frozen=True, kw_only=True):
    """What one round of delivery did, in deliveries."""

    inbox: int
    sent: int
    failed: int
    unknown: int


async def deliver_due(
    server: MailServer | None, clock: Callable[[], datetime], progress: Callable[[str], None]
) -> Delivered:
    """Deliver everything due. Raises LockHeld where another process is delivering.

    server    None: mails stay owed until a server is set up; the inbox is served all the same.
    progress  called with "sending" just before and "sent" just after each mail is handed over.
    """
    async with database_lock("deliver", wait=False):
        # Only one process delivers: whatever still stands at "sending" was cut off half-way.
        cut_off = await _forget_half_sent(clock())
        inbox = await _deliver_inbox(clock())
        mailed = Counter({"unknown": cut_off})
        if server is not None:
            mailed += await _deliver_mails(server, clock, progress)
        failed = mailed["failed_temporary"] + mailed["failed_permanent"]
        return Delivered(inbox=inbox, sent=mailed["sent"], failed=failed, unknown=mailed["unknown"])


async def _deliver_mails(
    server: MailServer, clock: Callable[[], datetime], progress: Callable[[str], None]
) -> Counter[str]:
    """Send what is due; gives fates and their counts. A server that does not serve us ends the round."""
    fates: Counter[str] = Counter()
    while due := (await _due_mails(clock())).to_dicts():
        for row in due:
            answered = await _send(row, server, clock, progress)
            fates[answered.fate] += 1
            if not answered.served:
                return fates
    return fates


async def _forget_half_sent(now: datetime) -> int:
    changed = (
        await Delivery.update(
            {
                Delivery.state: "unknown",
                Delivery.updated_at: now,
                Delivery.answer: "发送途中进程中断，可能已送达；核对后再决定是否重发",
            }
        )
        .where(Delivery.state == "sending")
        .returning(Delivery.id)
    )
    return len(changed)


async def _deliver_inbox(now: datetime) -> int:
    changed = (
        await Delivery.update(
            {Delivery.state: "delivered", Delivery.attempts: 1, Delivery.updated_at: now}
        )
        .where((Delivery.channel == INBOX) & (Delivery.state == "created"))
        .returning(Delivery.id)
    )
    return len(changed)


async def _due_mails(now: datetime) -> pl.DataFrame:
    return await read_frame(
        "SELECT d.id AS id, d.attempts AS attempts, d.address AS address,"
        " n.unique_key AS unique_key, n.subject AS subject, n.body AS body,"
        " n.created_at AS created_at"
        " FROM delivery d JOIN notice n ON n.id = d.notice_id"
        " WHERE d.channel = 'email' AND d.state IN ('created', 'failed_temporary')"
        " AND d.next_try_at <= $1 ORDER BY d.id LIMIT $2",
        DUE,
        (now, BATCH),
    )


async def _send(
    row: dict[str, object],
    server: MailServer,
    clock: Callable[[], datetime],
    progress: Callable[[str], None],
) -> Answered:
    attempts = int(str(row["attempts"])) + 1
    await Delivery.update(
        {Delivery.state: "sending", Delivery.attempts: attempts, Delivery.updated_at: clock()}
    ).where(Delivery.id == row["id"])
    progress("sending")
    answered = await hand_over(server, _letter(row))
    progress("sent")
    # A server that does not serve us says nothing about this mail: that never ends it.
    if answered.fate == "failed_temporary" and answered.served and attempts > len(WAITS):
        answered = Answered("failed_permanent", f"重试{attempts}次仍未成功；{answered.said}")
    now = clock()
    wait = WAITS[min(attempts, len(WAITS)) - 1]
    await Delivery.update(
        {
            Delivery.state: answered.fate,
            Delivery.answer: answered.said[:2000],
            Delivery.next_try_at: now + wait if answered.fate == "failed_temporary" else now,
            Delivery.updated_at: now,
        }
    ).where(Delivery.id == row["id"])
    return answered


def _letter(row: dict[str, object]) -> Letter:
    return Letter(
        address=str(row["address"]),
        subject=str(row["subject"]),
        body=str(row["body"]),
        key=str(row["unique_key"]),
        written_at=msgspec.convert(row["created_at"], datetime),
    )


async def send_again(delivery_id: int, now: datetime) -> bool:
    """Owe a mail again whose fate is unknown or failed, on a person's word; False where it is neither."""
    changed = (
        await Delivery.update(
            {Delivery.state: "created", Delivery.next_try_at: now, Delivery.updated_at: now}
        )
        .where(
            (Delivery.id == delivery_id)
            & (Delivery.channel == EMAIL)
            & Delivery.state.is_in(["unknown", "failed_permanent"])
        )
        .returning(Delivery.id)
    )
    return bool(changed)
