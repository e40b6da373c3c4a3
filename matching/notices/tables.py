"""What is owed to be told, and what became of it. A notice is written once; a delivery has states."""

from piccolo.columns import BigInt, BigSerial, Integer, Text, Timestamptz, Varchar
from piccolo.constraints import Unique
from piccolo.table import Table


class Notice(Table, tablename="notice"):
    """Something an enterprise is to be told, owed exactly once."""

    id = BigSerial(primary_key=True)
    run_id = BigInt(null=False, default=None, index=True)
    enterprise_id = BigInt(null=False, default=None, index=True)
    kind = Varchar(length=20, null=False, default=None, help_text='"digest".')
    unique_key = Varchar(
        length=120, null=False, default=None, help_text="kind:period:enterprise; owed once."
    )
    subject = Varchar(length=200, null=False, default=None)
    body = Text(null=False, default=None)
    created_at = Timestamptz(null=False, default=None)

    notice_owed_once = Unique([unique_key])


class Delivery(Table, tablename="delivery"):
    """One notice on one channel."""

    id = BigSerial(primary_key=True)
    notice_id = BigInt(null=False, default=None, index=True)
    channel = Varchar(length=10, null=False, default=None, help_text='"inbox" or "email".')
    address = Varchar(length=254, null=True, default=None, help_text="Null for the inbox.")
    state = Varchar(
        length=20,
        null=False,
        default=None,
        index=True,
        help_text="created, sending, sent, delivered, failed_temporary, failed_permanent, unknown.",
    )
    attempts = Integer(null=False, default=None)
    next_try_at = Timestamptz(null=False, default=None)
    updated_at = Timestamptz(null=False, default=None)
    answer = Text(null=True, default=None, help_text="What the receiving server said last.")

    delivery_once_per_channel = Unique([notice_id, channel])
