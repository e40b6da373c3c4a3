"""Funds, the items that draw on them, and their ledgers. Every column states null and default.

Rows are added, never changed. Triggers refuse a change, an entry whose balance does not follow from the one before, and
money of one case out of two funds.
"""

from piccolo.columns import BigInt, BigSerial, Integer, Text, Timestamptz, Varchar
from piccolo.constraints import Check, Unique
from piccolo.table import Table


class Fund(Table, tablename="fund"):
    """The money of one programme in one year."""

    id = BigSerial(primary_key=True)
    programme = Varchar(length=60, null=False, default=None, help_text="Key, the same each year.")
    year = Integer(null=False, default=None)
    label = Varchar(length=120, null=False, default=None)
    sharing = Varchar(length=10, null=False, default=None, help_text="Chosen before the first run.")
    refill_below_cents = BigInt(
        null=True, default=None, help_text="Once less is free, more is asked for; null: not set."
    )
    opened_at = Timestamptz(null=False, default=None)
    by_whom = Varchar(length=60, null=False, default=None)

    fund_once_a_year = Unique([programme, year])
    fund_sharing_is_known = Check("\"sharing\" IN ('full', 'first_come', 'pro_rata')")


class FundItem(Table, tablename="fund_item"):
    """An item that draws on a fund."""

    id = BigSerial(primary_key=True)
    fund_id = BigInt(null=False, default=None)
    year = Integer(null=False, default=None, help_text="Of the fund.")
    item_id = Varchar(length=60, null=False, default=None)

    fund_item_draws_on_one_fund_a_year = Unique([item_id, year])


class FundEntry(Table, tablename="fund_entry"):
    """One movement of money, with how the fund stands after it."""

    id = BigSerial(primary_key=True)
    fund_id = BigInt(null=False, default=None)
    place = Integer(null=False, default=None, help_text="1 for its first entry.")
    kind = Varchar(length=10, null=False, default=None, help_text="Of registry/funds/types.py.")
    amount_cents = BigInt(null=False, default=None)
    free_cents = BigInt(null=False, default=None, help_text="After it, as are the next two.")
    reserved_cents = BigInt(null=False, default=None)
    paid_cents = BigInt(null=False, default=None)
    case_id = BigInt(null=True, default=None, index=True, help_text="Null: of no case.")
    case_step = Integer(null=True, default=None)
    happened_at = Timestamptz(null=False, default=None)
    by_whom = Varchar(length=60, null=False, default=None)
    document = Varchar(length=120, null=True, default=None, help_text="文号.")
    note = Text(null=True, default=None)

    fund_entry_one_per_place = Unique([fund_id, place])
    fund_entry_once_a_step = Unique([case_id, case_step, kind])
    fund_entry_is_a_sum = Check('"amount_cents" > 0')
    fund_entry_never_below_zero = Check(
        '"free_cents" >= 0 AND "reserved_cents" >= 0 AND "paid_cents" >= 0'
    )
    fund_entry_of_a_case_names_it = Check(
        "(\"kind\" IN ('reserve', 'release', 'pay', 'repay')) = (\"case_id\" IS NOT NULL)"
        ' AND ("case_id" IS NULL) = ("case_step" IS NULL)'
    )


class PaymentOrder(Table, tablename="payment_order"):
    """One order to pay one case once; a case whose payment came back gets another with the next attempt."""

    id = BigSerial(primary_key=True)
    order_no = Varchar(length=40, null=False, default=None, help_text="What the bank quotes.")
    batch = Varchar(length=60, null=False, default=None, index=True)
    case_id = BigInt(null=False, default=None)
    attempt = Integer(null=False, default=None, help_text="1 for the case's first order.")
    payee = Varchar(length=200, null=False, default=None)
    bank = Varchar(length=200, null=False, default=None)
    account_number = Varchar(length=60, null=False, default=None)
    amount_cents = BigInt(null=False, default=None)
    made_at = Timestamptz(null=False, default=None)
    by_whom = Varchar(length=60, null=False, default=None)

    payment_order_number_once = Unique([order_no])
    payment_order_once_an_attempt = Unique([case_id, attempt])
    payment_order_is_a_sum = Check('"amount_cents" > 0')


class BankReceipt(Table, tablename="bank_receipt"):
    """What the bank says of one order: once, for good."""

    id = BigSerial(primary_key=True)
    serial = Varchar(length=60, null=False, default=None, help_text="The bank's own number.")
    order_no = Varchar(length=40, null=False, default=None)
    outcome = Varchar(length=8, null=False, default=None, help_text="paid or rejected.")
    amount_cents = BigInt(null=False, default=None)
    reason = Text(null=True, default=None, help_text="Why it came back, in the bank's words.")
    received_at = Timestamptz(null=False, default=None)
    file_name = Varchar(length=200, null=False, default=None)

    bank_receipt_serial_once = Unique([serial])
    bank_receipt_once_an_order = Unique([order_no])
    bank_receipt_outcome_is_known = Check("\"outcome\" IN ('paid', 'rejected')")
