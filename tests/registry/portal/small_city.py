"""A fictional city of a handful of enterprises, told in two months, and both months decided."""

from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from matching.catalogue.load_catalogue import shipped_catalogue
from matching.storage.bulk import insert_rows
from registry.actions.deliver_notices import deliver_notices
from registry.actions.run_month import run_one_month
from registry.enterprises.names import name_key
from registry.enterprises.tables import Enterprise, EnterpriseName
from registry.imports.tables import Import
from registry.profiles.tables import Award, FactValue, ListCoverage, Membership
from registry.settings import Settings

SEPTEMBER, OCTOBER = date(2026, 9, 30), date(2026, 10, 31)
NOW = datetime(2026, 11, 10, 2, 0, tzinfo=UTC)

LANQI, QINGHE, BAIYE, SILENT = 1, 2, 3, 4
"""A little giant; one whose titles changed; a shop of which little is known; one nobody speaks of."""

NAMES = {
    LANQI: ("91410100MA0LANQ1X3", "郑州岚砌示例智能装备有限公司"),
    QINGHE: ("91410100MA0QNGH2X7", "郑州青禾穗示例软件有限公司"),
    BAIYE: ("92410102MA0BAYE3XA", "中原区柏叶示例便利店"),
    SILENT: (None, "许昌默言示例商贸有限公司"),
}
FORMER = (QINGHE, "郑州青禾示例信息技术有限公司")

IMPORTS = (
    (1, "市场监管局_企业登记信息.xlsx", "market", SEPTEMBER),
    (2, "税务局_纳税与研发加计扣除.csv", "tax", SEPTEMBER),
    (3, "统计局_规上企业名录.xlsx", "statistics", SEPTEMBER),
    (4, "工信局_称号名单.xlsx", "industry", SEPTEMBER),
    (5, "信用办_负面名单.csv", "credit", SEPTEMBER),
    (6, "工信局_历年奖补资金台账.xlsx", "industry", SEPTEMBER),
    (7, "工信局_称号名单（10月）.xlsx", "industry", OCTOBER),
    (8, "信用办_负面名单（10月）.csv", "credit", OCTOBER),
    (9, "税务局_更正（10月）.csv", "tax", OCTOBER),
)
WAN = 1_000_000  # 分 in a 万元

NUMBERS = (
    (LANQI, "annual_revenue", "2025", 23_456 * WAN, SEPTEMBER, 2),
    (LANQI, "annual_revenue", "2024", 19_800 * WAN, SEPTEMBER, 2),
    (LANQI, "annual_revenue", "2025", 23_100 * WAN, SEPTEMBER, 3),
    (LANQI, "rd_deduction", "2025", 1_480 * WAN, SEPTEMBER, 2),
    (LANQI, "employees", "2025", 286, SEPTEMBER, 3),
    (LANQI, "power_direct", None, 1, SEPTEMBER, 3),
    (LANQI, "quarter_revenue", "2026-Q1", 6_100 * WAN, SEPTEMBER, 3),
    (LANQI, "quarter_revenue", "2025-Q1", 5_200 * WAN, SEPTEMBER, 3),
    *(
        (LANQI, "power_use", f"2025-{m:02d}", 310_000 + 9_000 * m, SEPTEMBER, 3)
        for m in range(1, 13)
    ),
    *(
        (LANQI, "power_use", f"2026-{m:02d}", 402_000 + 5_000 * m, SEPTEMBER, 3)
        for m in range(1, 4)
    ),
    (QINGHE, "annual_revenue", "2025", 4_990 * WAN, SEPTEMBER, 2),
    (QINGHE, "annual_revenue", "2025", 5_310 * WAN, OCTOBER, 9),
    (QINGHE, "software_revenue", "2025", 3_800 * WAN, SEPTEMBER, 2),
)
TEXTS = (
    (LANQI, "status", "active"),
    (LANQI, "place", "410102"),
    (LANQI, "industry", "C3489"),
    (LANQI, "firm_kind", "company"),
    (LANQI, "ownership", "private"),
    (LANQI, "registered_on", "2012-05-18"),
    (QINGHE, "status", "active"),
    (QINGHE, "place", "410105"),
    (QINGHE, "industry", "I6513"),
    (QINGHE, "firm_kind", "company"),
    (BAIYE, "status", "active"),
    (BAIYE, "place", "410102"),
    (BAIYE, "firm_kind", "individual"),
)
MEMBERSHIPS = (
    (
        LANQI,
        "little_giant",
        None,
        "第八批",
        "工信部公告2026年第X号（示例）",
        date(2026, 7, 1),
        date(2029, 6, 30),
        4,
    ),
    (LANQI, "high_tech", None, None, None, date(2024, 11, 1), None, 4),
    (LANQI, "above_scale", None, None, None, date(2016, 3, 1), None, 3),
    (LANQI, "smart_workshop", None, None, None, date(2023, 10, 1), None, 4),
    (QINGHE, "specialized_sme", None, None, None, date(2026, 10, 9), date(2029, 10, 8), 7),
    (
        LANQI,
        "little_giant",
        None,
        "第八批",
        "工信部公告2026年第X号（示例）",
        date(2026, 7, 1),
        date(2029, 6, 30),
        7,
    ),
)
NEGATIVE = ("abnormal_operation", "serious_dishonesty", "safety_accident")
TITLES = ("little_giant", "specialized_sme", "champion_firm", "champion_product")


def city_settings(data_dir: Path, *, demo: bool = True) -> Settings:
    """The settings of a service that shows this city."""
    return Settings(
        database_url=f"sqlite:///{data_dir / 'city.sqlite'}",
        data_dir=data_dir,
        demo=demo,
        host="127.0.0.1",
        port=8000,
        run_cron="0 2 1 * *",
        delivery_seconds=3600,
        timezone=ZoneInfo("Asia/Shanghai"),
        smtp=None,
    )


async def found_city(data_dir: Path) -> None:
    """Write the city into the empty database of the process, and decide September and October."""
    await _write_enterprises()
    await _write_facts()
    await _write_lists()
    for period, day in (("2026-09", 1), ("2026-10", 2)):
        await run_one_month(
            period,
            catalogue=shipped_catalogue(),
            data_dir=data_dir,
            mail=False,
            now=datetime(2026, 9 + day, 1, 2, 0, tzinfo=UTC),
            progress=_silent,
        )
    await deliver_notices(None, lambda: NOW)


async def _silent(step: str) -> None:
    del step


async def _write_enterprises() -> None:
    await insert_rows(
        Import,
        (
            *("id", "file_name", "sha256", "layout", "department", "observed_on", "recorded_at"),
            *("rows_read", "rows_taken", "rows_refused"),
        ),
        (
            (number, name, f"{number:064d}", "layout", department, day, _recorded(day), 4, 4, 0)
            for number, name, department, day in IMPORTS
        ),
    )
    await insert_rows(
        Enterprise,
        ("id", "uscc", "name", "name_key", "created_import"),
        ((number, uscc, name, name_key(name), 1) for number, (uscc, name) in NAMES.items()),
    )
    seen = [(number, name, OCTOBER) for number, (_, name) in NAMES.items()]
    await insert_rows(
        EnterpriseName,
        ("enterprise_id", "name", "name_key", "observed_on", "import_id"),
        (
            (number, name, name_key(name), day, 1)
            for number, name, day in [*seen, (*FORMER, date(2020, 1, 1))]
        ),
    )


def _recorded(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, 0, tzinfo=UTC)


async def _write_facts() -> None:
    numbers = (
        (number, fact, period, value, None, day, source)
        for number, fact, period, value, day, source in NUMBERS
    )
    texts = ((number, fact, None, None, text, SEPTEMBER, 1) for number, fact, text in TEXTS)
    await insert_rows(
        FactValue,
        ("enterprise_id", "fact", "period", "number", "text", "observed_on", "import_id"),
        (*numbers, *texts),
    )


async def _write_lists() -> None:
    await insert_rows(
        Membership,
        ("enterprise_id", "list", "level", "batch", "document", "from_on", "until_on", "import_id"),
        MEMBERSHIPS,
    )
    await insert_rows(
        Award,
        ("enterprise_id", "family", "amount_cents", "paid_on", "import_id"),
        ((LANQI, "P12", 30 * WAN, date(2024, 2, 1), 6),),
    )
    whole = [("awards", 6, SEPTEMBER), ("above_scale", 3, SEPTEMBER)]
    whole += [(key, 4, SEPTEMBER) for key in (*TITLES, "smart_workshop", "smart_factory")]
    whole += [(key, 7, OCTOBER) for key in TITLES]
    whole += [
        (key, source, day) for key in NEGATIVE for source, day in ((5, SEPTEMBER), (8, OCTOBER))
    ]
    await insert_rows(
        ListCoverage,
        ("import_id", "list", "complete_on"),
        ((source, key, day) for key, source, day in whole),
    )
