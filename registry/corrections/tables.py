"""Wishes to have a record put right. Rows are added, never changed. Every column states null and default."""

from piccolo.columns import BigInt, BigSerial, Text, Timestamptz, Varchar
from piccolo.constraints import Check, Unique
from piccolo.table import Table


class CorrectionRequest(Table, tablename="correction_request"):
    """One wish about one value of one enterprise."""

    id = BigSerial(primary_key=True)
    enterprise_id = BigInt(null=False, default=None, index=True)
    kind = Varchar(length=10, null=False, default=None, help_text="fact or entry.")
    column = Varchar(length=90, null=False, default=None, help_text="fact[@period] or a list key.")
    shown = Text(null=True, default=None, help_text="What counted then; null: nothing was known.")
    wanted = Text(null=False, default=None, help_text="JSON: a stored value, or an entry's fields.")
    reason = Text(null=False, default=None)
    department = Varchar(length=60, null=False, default=None, help_text="Key of who decides.")
    asked_by = Varchar(length=100, null=False, default=None)
    contact = Varchar(length=254, null=True, default=None)
    asked_at = Timestamptz(null=False, default=None)

    correction_request_kind_is_known = Check("\"kind\" IN ('fact', 'entry')")


class CorrectionEvidence(Table, tablename="correction_evidence"):
    """A file attached to a request; its bytes are kept beside the database."""

    id = BigSerial(primary_key=True)
    request_id = BigInt(null=False, default=None)
    file_name = Varchar(length=255, null=False, default=None)
    sha256 = Varchar(length=64, null=False, default=None)
    size_bytes = BigInt(null=False, default=None)

    correction_evidence_once = Unique([request_id, sha256])


class CorrectionDecision(Table, tablename="correction_decision"):
    """What became of a request; there is one, and no second."""

    id = BigSerial(primary_key=True)
    request_id = BigInt(null=False, default=None)
    verdict = Varchar(length=10, null=False, default=None)
    reason = Text(null=False, default=None, help_text="Shown to people as it stands.")
    decided_by = Varchar(length=100, null=False, default=None)
    decided_at = Timestamptz(null=False, default=None)
    import_id = BigInt(
        null=True, default=None, help_text="Under which the value was recorded; null: nothing was."
    )

    correction_decision_once = Unique([request_id])
    correction_decision_is_known = Check("\"verdict\" IN ('accepted', 'rejected', 'withdrawn')")
    correction_decision_records = Check('("import_id" IS NULL) = ("verdict" <> \'accepted\')')


class EntryStruck(Table, tablename="entry_struck"):
    """A list entry that does not count from an accepted correction on."""

    id = BigSerial(primary_key=True)
    membership_id = BigInt(null=False, default=None, index=True)
    import_id = BigInt(null=False, default=None)
