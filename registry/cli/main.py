"""The command `registry`: the same actions as the pages, for clerks and clocks."""

import click

from registry.cli.audit import audit
from registry.cli.calendar import calendar
from registry.cli.cases import cases
from registry.cli.catalogue import catalogue
from registry.cli.corrections import corrections
from registry.cli.evaluate import evaluate
from registry.cli.export import export
from registry.cli.find import find, index
from registry.cli.funds import funds
from registry.cli.imports import imports
from registry.cli.information import information
from registry.cli.layouts import layouts
from registry.cli.months import notices, run
from registry.cli.orders import orders
from registry.cli.people import people
from registry.cli.pool import pool
from registry.cli.relations import relations
from registry.cli.review import merge, review, split
from registry.cli.served import clock, demo, serve
from registry.cli.simulate import simulate
from registry.cli.take_in import import_files
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
    imports,
    export,
    find,
    index,
    layouts,
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
    review,
    merge,
    split,
    relations,
    people,
    audit,
):
    main.add_command(command)


if __name__ == "__main__":
    main()
