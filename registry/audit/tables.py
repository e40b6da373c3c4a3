"""The audit. The database itself refuses to alter or delete a row (a migration makes the triggers)."""

from piccolo.columns import BigInt, BigSerial, Date, Integer, Text, Timestamptz, Varchar
from piccolo.constraints import Check, Unique
from piccolo.table import Table


class AuditEntry(Table, tablename="audit_entry"):
    """One deed, chained to the one before it."""

    id = BigSerial(primary_key=True)
    day = Date(null=False, default=None)
    number = Integer(null=False, default=None, help_text="From 1 within the day.")
    at = Timestamptz(null=False, default=None)
    who = Varchar(length=100, null=False, default=None, help_text="As people read it.")
    person_id = BigInt(
        null=True, default=None, index=True, help_text="Null: no account, such as the clock."
    )
    role = Varchar(length=30, null=True, default=None, help_text="Null: needs none.")
    action = Varchar(length=60, null=False, default=None)
    subject_kind = Varchar(length=40, null=True, default=None)
    subject_id = Varchar(length=100, null=True, default=None)
    place = Varchar(length=12, null=True, default=None)
    department = Varchar(length=60, null=True, default=None)
    what = Text(null=False, default=None, help_text="JSON, keys in order.")
    before = Varchar(length=64, null=False, default=None)
    hash = Varchar(length=64, null=False, default=None)

    audit_entry_number_once_a_day = Unique([day, number])
    audit_entry_number_from_one = Check('"number" >= 1')


class AuditHead(Table, tablename="audit_head"):
    """How far a day has come; only goes forward, one entry at a time."""

    id = BigSerial(primary_key=True)
    day = Date(null=False, default=None)
    number = Integer(null=False, default=None)
    hash = Varchar(length=64, null=False, default=None)

    audit_head_once_a_day = Unique([day])
