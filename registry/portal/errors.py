"""What a page cannot answer.

HTTPException (litestar)
├── NotUnderstood   400: the address asks for something that is none; the message says what to write
└── NothingHere     404: asked rightly, but there is no such thing; the message says what there is not
"""

from litestar.exceptions import ClientException, NotFoundException


class NotUnderstood(ClientException):
    """The address cannot be read; the detail is shown to people as it stands."""


class NothingHere(NotFoundException):
    """There is no such thing; the detail is shown to people as it stands."""
