"""Triggers: rows of cases are added, never changed, and each step follows the last one."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.table import Table

from matching.storage.database import engine, engine_kind

ID = "2026-11-25T17:37:40:000000"
VERSION = "1.38.0"
DESCRIPTION = "Cases are kept by triggers"

KEPT = ("award_case", "case_event")
FOLLOWS = """SELECT 1 FROM case_event WHERE case_id = NEW.case_id
 AND step = NEW.step - 1 AND "after" = NEW."before" """

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
)
POSTGRES = (
    """CREATE FUNCTION case_rows_are_kept() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '% rows are added, never changed', TG_TABLE_NAME; END $$""",
    *(
        f"""CREATE TRIGGER {table}_is_not_changed BEFORE UPDATE OR DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION case_rows_are_kept()"""
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
