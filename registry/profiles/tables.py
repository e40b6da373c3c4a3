"""What is known of enterprises, and since when. Every column states null and default.

Rows are added, never changed. No foreign keys: rows are loaded in bulk, with ids of the same
transaction. When something became known is the recorded_at of its import.
"""

from piccolo.columns import BigInt, BigSerial, Date, Text, Varchar
from piccolo.constraints import Check
from piccolo.table import Table


class FactValue(Table, tablename="fact_value"):
    """One statement by one source about one enterprise."""

    id = BigSerial(primary_key=True)
    enterprise_id = BigInt(null=False, default=None, index=True)
    fact = Varchar(length=60, null=False, default=None, help_text="Key in facts.yml.")
    period = Varchar(
        length=24,
        null=True,
        default=None,
        help_text='"2025", "2026-Q1", "2026-03" or "first day..last day"; null: the fact has none.',
    )
    number = BigInt(
        null=True,
        default=None,
        help_text="Money in 分, shares in basis points, numbers in the fact's unit, flags 0 or 1.",
    )
    text = Varchar(length=200, null=True, default=None, help_text="Codes, and dates as 2026-01-31.")
    observed_on = Date(null=False, default=None, help_text="The day the statement was true.")
    import_id = BigInt(null=False, default=None, index=True)

    fact_value_is_number_or_text = Check('("number" IS NULL) <> ("text" IS NULL)')


class Membership(Table, tablename="membership"):
    """One enterprise on one list: a title it holds, or a list it stands on."""

    id = BigSerial(primary_key=True)
    enterprise_id = BigInt(null=False, default=None, index=True)
    list = Varchar(length=60, null=False, default=None, help_text="Key in lists.yml.")
    level = Varchar(length=60, null=True, default=None)
    batch = Varchar(length=60, null=True, default=None)
    document = Varchar(length=120, null=True, default=None, help_text="文号.")
    from_on = Date(null=True, default=None, help_text="First day on it.")
    until_on = Date(null=True, default=None, help_text="Last day it is valid, included.")
    left_on = Date(null=True, default=None, help_text="Day it was taken off or revoked.")
    import_id = BigInt(null=False, default=None, index=True)


class Award(Table, tablename="award"):
    """Money an enterprise was paid before, under one family of items."""

    id = BigSerial(primary_key=True)
    enterprise_id = BigInt(null=False, default=None, index=True)
    family = Varchar(length=20, null=False, default=None, help_text='Such as "P12".')
    amount_cents = BigInt(null=True, default=None)
    paid_on = Date(null=True, default=None)
    import_id = BigInt(null=False, default=None)


class EvidenceClaim(Table, tablename="evidence_claim"):
    """An evidence item (a person hired, a loan, a contract) one enterprise brings forward."""

    id = BigSerial(primary_key=True)
    enterprise_id = BigInt(null=False, default=None, index=True)
    fact = Varchar(length=60, null=False, default=None, help_text="Key of a ledger fact.")
    key = Varchar(length=32, null=False, default=None, index=True, help_text="Its pseudonym.")
    amount_cents = BigInt(null=True, default=None)
    import_id = BigInt(null=False, default=None)


class EvidenceUse(Table, tablename="evidence_use"):
    """An evidence item that an award has used up, for whomever."""

    id = BigSerial(primary_key=True)
    enterprise_id = BigInt(
        null=True,
        default=None,
        help_text="Null where the firm is not known to us: it is used all the same.",
    )
    ledger = Varchar(length=20, null=False, default=None, help_text='Such as "person".')
    key = Varchar(length=32, null=False, default=None, index=True, help_text="Its pseudonym.")
    family = Varchar(length=60, null=False, default=None, help_text='Such as "P33".')
    used_on = Date(null=True, default=None)
    import_id = BigInt(null=False, default=None)


class RecordEntry(Table, tablename="record_entry"):
    """One row of a ledger of records (知识产权, 股权融资, 获奖) of one enterprise.

    Ledgers and their fields are declared in facts.yml, so that one is added without a release; a ledger is read
    whole and as columns, typed as declared there.
    """

    id = BigSerial(primary_key=True)
    enterprise_id = BigInt(null=False, default=None, index=True)
    ledger = Varchar(
        length=60, null=False, default=None, help_text="Key under records in facts.yml."
    )
    number = Varchar(
        length=60,
        null=False,
        default=None,
        help_text="What tells the record from others: number of a patent, a filing, a certificate.",
    )
    fields = Text(
        null=False,
        default=None,
        help_text="JSON object: field to money in 分, shares in basis points, whole numbers, true or false, "
        "code words, 2026-01-31; null is not known.",
    )
    import_id = BigInt(null=False, default=None, index=True)


class ListCoverage(Table, tablename="list_coverage"):
    """An import that gave a list whole: who is not on it is not, up to that day."""

    id = BigSerial(primary_key=True)
    import_id = BigInt(null=False, default=None)
    list = Varchar(
        length=60,
        null=False,
        default=None,
        help_text='Key in lists.yml, a ledger fact, a ledger of records, "awards" or "uses".',
    )
    complete_on = Date(null=False, default=None, help_text="Last day for which it is whole.")
