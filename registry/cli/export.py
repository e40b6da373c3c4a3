"""`registry export`: what is known, in the form of a department's sheet."""

import json
from datetime import datetime
from pathlib import Path

import click

from registry.actions.export_layout import export_layout
from registry.cli.opening import now, rules, with_database
from registry.profiles.table_files import check_writable


@click.command("export")
@click.argument("layout")
@click.option(
    "--on",
    required=True,
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="数据截至哪一天。",
)
@click.option("--out", required=True, type=click.Path(path_type=Path), help="写到这个 .xlsx。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON：写到哪里、几行、没有导出的列。")
def export(*, layout: str, on: datetime, out: Path, as_json: bool) -> None:
    """按某个版式（LAYOUT，如 tax-returns）导出已掌握的数据；原样再导入不会有任何变化。"""
    check_writable(out)
    done = with_database(lambda: export_layout(layout, on.date(), now(), rules().vocabulary))
    out.write_bytes(done.data)
    if as_json:
        said = {"layout": layout, "on": on.date().isoformat(), "file": str(out), "rows": done.rows}
        click.echo(json.dumps({**said, "left_out": list(done.left_out)}, ensure_ascii=False))
        return
    click.echo(f"已写出 {out}：{done.rows:,}行")
    if done.left_out:
        click.echo(f"表头写不出的列没有导出：{'、'.join(done.left_out)}")
