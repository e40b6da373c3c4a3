"""The command `registry`: the same actions as the pages, for clerks and clocks."""

import click

from registry.cli.calendar import calendar
from registry.cli.cases import cases
from registry.cli.catalogue import catalogue
from registry.cli.corrections import corrections
from registry.cli.evaluate import evaluate
from registry.cli.funds import funds
from registry.cli.information import information
from registry.cli.months import import_files, notices, run
from registry.cli.orders import orders
from registry.cli.pool import pool
from registry.cli.served import clock, demo, serve
from registry.cli.simulate import simulate
from registry.cli.tiers import tiers


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="registry")
def main() -> None:
    """梯度培育库 · 政策匹配 · 免申即享。

    设置来自 REGISTRY_* 环境变量；什么都不设时，数据库与文件都放在当前目录的 .data 里。
    """


for command in (
    demo,
    serve,
    clock,
    import_files,
    run,
    notices,
    catalogue,
    evaluate,
    simulate,
    information,
    pool,
    tiers,
    corrections,
    cases,
    funds,
    orders,
    calendar,
):
    main.add_command(command)


if __name__ == "__main__":
    main()
