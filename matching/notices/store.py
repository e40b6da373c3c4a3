"""The only queries on notices and deliveries."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
import polars as pl

from matching.notices.compose import Digest
from matching.notices.tables import Delivery, Notice
from matching.storage.bulk import insert_rows, next_ids
from matching.storage.read import read_frame

INBOX, EMAIL = "inbox", "email"
NOTICE_COLUMNS = (
    "id",
    "run_id",
    "enterprise_id",
    "kind",
    "unique_key",
    "subject",
    "body",
    "created_at",
)
DELIVERY_COLUMNS = (
    "notice_id",
    "channel",
    "address",
    "state",
    "attempts",
    "next_try_at",
    "updated_at",
)


class InboxNotice(msgspec.Struct, frozen=True, kw_only=True):
    """A notice as an enterprise finds it in its inbox."""

    id: int
    subject: str
    body: str
    created_at: datetime


async def owe(
    run_id: int, digests: Sequence[Digest], addresses: pl.DataFrame, now: datetime
) -> None:
    """Write notices and what is to be delivered, in the current transaction.

    addresses  "enterprise_id" and "address" of those to be told by e-mail besides the inbox.
    """
    ids = await next_ids(Notice, len(digests))
    numbered = list(zip(ids, digests, strict=True))
    await insert_rows(
        Notice,
        NOTICE_COLUMNS,
        (
            (number, run_id, d.enterprise_id, "digest", d.unique_key, d.subject, d.body, now)
            for number, d in numbered
        ),
    )
    mail = dict(addresses.select("enterprise_id", "address").iter_rows())
    inbox = ((number, INBOX, None, "created", 0, now, now) for number, _ in numbered)
    email = (
        (number, EMAIL, mail[d.enterprise_id], "created", 0, now, now)
        for number, d in numbered
        if d.enterprise_id in mail
    )
    await insert_rows(Delivery, DELIVERY_COLUMNS, inbox)
    await insert_rows(Delivery, DELIVERY_COLUMNS, email)


async def inbox_of(enterprise_id: int) -> tuple[InboxNotice, ...]:
    """Give what has been delivered to an enterprise's inbox, newest first."""
    found = await read_frame(
        "SELECT n.id AS id, n.subject AS subject, n.body AS body, n.created_at AS created_at"
        " FROM notice n JOIN delivery d ON d.notice_id = n.id"
        " WHERE n.enterprise_id = $1 AND d.channel = 'inbox' AND d.state = 'delivered'"
        " ORDER BY n.id DESC",
        {
            "id": pl.Int64,
            "subject": pl.String,
            "body": pl.String,
            "created_at": pl.Datetime("us", "UTC"),
        },
        (enterprise_id,),
    )
    return tuple(msgspec.convert(row, InboxNotice) for row in found.iter_rows(named=True))


async def delivery_counts(run_id: int | None = None) -> pl.DataFrame:
    """Give channel, state and count of deliveries, of one run or of all."""
    where = "" if run_id is None else " WHERE n.run_id = $1"
    return await read_frame(
        "SELECT d.channel AS channel, d.state AS state, count(*) AS count"  # noqa: S608  fixed text
        f" FROM delivery d JOIN notice n ON n.id = d.notice_id{where}"
        " GROUP BY d.channel, d.state ORDER BY d.channel, d.state",
        {"channel": pl.String, "state": pl.String, "count": pl.Int64},
        () if run_id is None else (run_id,),
    )


async def troubled_deliveries() -> pl.DataFrame:
    """Give mails that failed or whose fate is unknown, newest first: what a person has to look at."""
    return await read_frame(
        "SELECT id, address, state, attempts, answer FROM delivery"
        " WHERE channel = 'email' AND state IN ('unknown', 'failed_permanent', 'failed_temporary')"
        " ORDER BY id DESC LIMIT 200",
        {
            "id": pl.Int64,
            "address": pl.String,
            "state": pl.String,
            "attempts": pl.Int64,
            "answer": pl.String,
        },
    )
