"""Rows of the audit are added and never altered or deleted: the database itself refuses.

By hand, since it needs the tables to be there: raw statements of a migration run before its tables.
"""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from matching.storage.database import engine, engine_kind

ID = "2026-11-25T17:58:08:048755"
VERSION = "1.38.0"
DESCRIPTION = "The audit cannot be altered"

REFUSAL = "the audit is only added to"

SQLITE = [
    f"""CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON audit_entry
        BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END""",
    f"""CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON audit_entry
        BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END""",
    f"""CREATE TRIGGER audit_head_no_delete BEFORE DELETE ON audit_head
        BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END""",
    f"""CREATE TRIGGER audit_head_goes_forward BEFORE UPDATE ON audit_head
        WHEN NEW.id <> OLD.id OR NEW.day <> OLD.day OR NEW.number <> OLD.number + 1
        BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END""",
]

POSTGRES = [
    f"""CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$""",
    """CREATE TRIGGER audit_entry_no_change BEFORE UPDATE OR DELETE ON audit_entry
        FOR EACH ROW EXECUTE FUNCTION audit_refuse()""",
    """CREATE TRIGGER audit_entry_no_truncate BEFORE TRUNCATE ON audit_entry
        FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()""",
    """CREATE TRIGGER audit_head_no_delete BEFORE DELETE ON audit_head
        FOR EACH ROW EXECUTE FUNCTION audit_refuse()""",
    """CREATE TRIGGER audit_head_no_truncate BEFORE TRUNCATE ON audit_head
        FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()""",
    """CREATE TRIGGER audit_head_goes_forward BEFORE UPDATE ON audit_head FOR EACH ROW
        WHEN (NEW.id <> OLD.id OR NEW.day <> OLD.day OR NEW.number <> OLD.number + 1)
        EXECUTE FUNCTION audit_refuse()""",
]


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="registry", description=DESCRIPTION)

    async def refuse_changes() -> None:
        database = engine()
        for statement in SQLITE if engine_kind(database) == "sqlite" else POSTGRES:
            await database.run_ddl(statement)

    manager.add_raw(refuse_changes)
    return manager
