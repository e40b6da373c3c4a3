"""What every page is: a frozen struct, the only thing its template may use."""

from datetime import date
from typing import ClassVar

import msgspec
from litestar import MediaType
from litestar.response import Template


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """A page; its fields are the contract of its template, which sees it as `page`."""

    template: ClassVar[str]

    def render(self, status_code: int = 200) -> Template:
        """Give the answer that shows this page."""
        return Template(
            self.template,
            context={"page": self},
            media_type=MediaType.HTML,
            status_code=status_code,
        )


class Day(msgspec.Struct, frozen=True):
    """The day a page speaks of, and whether it is that of the latest run."""

    on: date
    of_run: bool
