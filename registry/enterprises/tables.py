"""The legal units. Every column states null and default: piccolo's own are 0 and ''."""

from piccolo.columns import BigInt, BigSerial, Date, Varchar
from piccolo.constraints import Check, Unique
from piccolo.table import Table


class Enterprise(Table, tablename="enterprise"):
    """One legal unit, under an id that stays when its name or code changes."""

    id = BigSerial(primary_key=True)
    uscc = Varchar(
        length=18,
        null=True,
        default=None,
        help_text="统一社会信用代码; null while only a name is known.",
    )
    name = Varchar(length=200, null=False, default=None, help_text="The newest name, as it came.")
    name_key = Varchar(
        length=200,
        null=False,
        default=None,
        index=True,
        help_text="The name as registry.resolution compares it.",
    )
    created_import = BigInt(
        null=False, default=None, help_text="The import that first named it; no foreign key: bulk."
    )

    enterprise_one_per_uscc = Unique([uscc])
    enterprise_uscc_is_whole = Check('length("uscc") = 18')


class EnterpriseName(Table, tablename="enterprise_name"):
    """A name an enterprise was seen under, present or former.

    No foreign keys: loaded in bulk, with ids of the same transaction.
    """

    id = BigSerial(primary_key=True)
    enterprise_id = BigInt(null=False, default=None, index=True)
    name = Varchar(length=200, null=False, default=None)
    name_key = Varchar(
        length=200,
        null=False,
        default=None,
        index=True,
        help_text="The name as registry.resolution compares it.",
    )
    observed_on = Date(null=False, default=None, help_text="The day the sheet speaks of.")
    import_id = BigInt(null=False, default=None)


class EnterpriseContact(Table, tablename="enterprise_contact"):
    """Where an enterprise can be reached. No foreign keys: loaded in bulk."""

    id = BigSerial(primary_key=True)
    enterprise_id = BigInt(null=False, default=None)
    channel = Varchar(length=20, null=False, default=None, help_text='"email".')
    address = Varchar(length=254, null=False, default=None)
    import_id = BigInt(null=False, default=None)

    enterprise_contact_once = Unique([enterprise_id, channel, address])


class EnterpriseWhereabouts(Table, tablename="enterprise_whereabouts"):
    """What one sheet of the register says of a subject beside its name and code. Added, never changed.

    No foreign keys: loaded in bulk. A statement of an import that was taken back does not count.
    """

    id = BigSerial(primary_key=True)
    enterprise_id = BigInt(
        null=False, default=None, index=True, help_text="An enterprise, or minus a stand-in's id."
    )
    legal_representative = Varchar(
        length=100, null=True, default=None, help_text="A person's name; null: not told."
    )
    address = Varchar(length=300, null=True, default=None, help_text="Null: not told.")
    phone = Varchar(length=60, null=True, default=None, help_text="As it came; null: not told.")
    observed_on = Date(null=False, default=None, help_text="The day the sheet speaks of.")
    import_id = BigInt(null=False, default=None)
