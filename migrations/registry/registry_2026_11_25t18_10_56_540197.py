"""Triggers: rows of cases and funds are added, never changed, and each follows from the one before."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.table import Table

from matching.storage.database import engine, engine_kind

ID = "2026-11-25T18:10:56:540197"
VERSION = "1.38.0"
DESCRIPTION = "Cases and funds are kept by triggers"

KEPT = ("award_case", "case_event", "fund", "fund_item", "fund_entry", "payment_order", "bank_receipt")
FOLLOWS = """SELECT 1 FROM case_event WHERE case_id = NEW.case_id
 AND step = NEW.step - 1 AND "after" = NEW."before" """

MOVED = {
    "free_cents": "WHEN 'opening' THEN 1 WHEN 'refill' THEN 1 WHEN 'carry_in' THEN 1 WHEN 'reserve' THEN -1"
    " WHEN 'release' THEN 1 WHEN 'repay' THEN 1 WHEN 'carry_out' THEN -1",
    "reserved_cents": "WHEN 'reserve' THEN 1 WHEN 'release' THEN -1 WHEN 'pay' THEN -1",
    "paid_cents": "WHEN 'pay' THEN 1 WHEN 'repay' THEN -1",
}
BALANCED = " AND ".join(
    f"coalesce((SELECT {sum} FROM fund_entry p WHERE p.fund_id = NEW.fund_id AND p.place = NEW.place - 1), 0)"
    f" + NEW.amount_cents * (CASE NEW.kind {moves} ELSE 0 END) = NEW.{sum}"
    for sum, moves in MOVED.items()
)
UNBALANCED = f"""NOT EXISTS (SELECT 1 FROM fund WHERE id = NEW.fund_id)
 OR NEW.place < 1
 OR NEW.place > 1 AND NOT EXISTS
    (SELECT 1 FROM fund_entry p WHERE p.fund_id = NEW.fund_id AND p.place = NEW.place - 1)
 OR NEW.kind NOT IN ('opening', 'refill', 'carry_in', 'reserve', 'release', 'pay', 'repay', 'carry_out')
 OR NOT ({BALANCED})
 OR NEW.case_id IS NOT NULL AND EXISTS
    (SELECT 1 FROM fund_entry o WHERE o.case_id = NEW.case_id AND o.fund_id <> NEW.fund_id)"""

SQLITE = (
    *(
        f"""CREATE TRIGGER {table}_is_not_{said} BEFORE {what} ON {table}
        BEGIN SELECT RAISE(ABORT, '{table} rows are added, never changed'); END"""
        for table in KEPT
        for what, said in (("UPDATE", "updated"), ("DELETE", "deleted"))
    ),
    f"""CREATE TRIGGER case_event_follows BEFORE INSERT ON case_event
    WHEN NOT EXISTS (SELECT 1 FROM award_case WHERE id = NEW.case_id)
      OR NEW.step > 1 AND NOT EXISTS ({FOLLOWS})
    BEGIN SELECT RAISE(ABORT, 'case_event does not follow the last step of its case'); END""",
    f"""CREATE TRIGGER fund_entry_follows BEFORE INSERT ON fund_entry WHEN {UNBALANCED}
    BEGIN SELECT RAISE(ABORT, 'fund_entry does not follow from the one before'); END""",
)
POSTGRES = (
    """CREATE FUNCTION case_rows_are_kept() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '% rows are added, never changed', TG_TABLE_NAME; END $$""",
    *(
        f"""CREATE TRIGGER {table}_is_not_changed BEFORE UPDATE OR DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION case_rows_are_kept()"""
        for table in KEPT
    ),
    *(
        f"""CREATE TRIGGER {table}_is_not_emptied BEFORE TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION case_rows_are_kept()"""
        for table in KEPT
    ),
    f"""CREATE FUNCTION case_event_follows() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NOT EXISTS (SELECT 1 FROM award_case WHERE id = NEW.case_id)
        OR NEW.step > 1 AND NOT EXISTS ({FOLLOWS}) THEN
        RAISE EXCEPTION 'case_event does not follow the last step of its case';
      END IF;
      RETURN NEW;
    END $$""",
    """CREATE TRIGGER case_event_follows BEFORE INSERT ON case_event
    FOR EACH ROW EXECUTE FUNCTION case_event_follows()""",
    f"""CREATE FUNCTION fund_entry_follows() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF {UNBALANCED} THEN
        RAISE EXCEPTION 'fund_entry does not follow from the one before';
      END IF;
      RETURN NEW;
    END $$""",
    """CREATE TRIGGER fund_entry_follows BEFORE INSERT ON fund_entry
    FOR EACH ROW EXECUTE FUNCTION fund_entry_follows()""",
)


class Raw(Table):
    """Piccolo's way to run a statement of one's own."""


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="registry", description=DESCRIPTION)

    async def run():
        for statement in SQLITE if engine_kind(engine()) == "sqlite" else POSTGRES:
            await Raw.raw(statement)

    manager.add_raw(run)
    return manager
