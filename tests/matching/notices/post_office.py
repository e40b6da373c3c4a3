"""A real mail server for tests, on a free port of this machine, that answers as it is told."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.smtp import SMTP, Envelope, Session

from registry.settings import Smtp


class PostOffice:
    """What it answers, and what it has taken in.

    answers    to mail texts, in turn; then "250 OK". "cut" takes the mail and hangs up, "garbled" takes it
               and says nothing sensible, "drop" hangs up without taking it.
    strangers  addresses it refuses, with the answer.
    """

    def __init__(self) -> None:
        self.answers: list[str] = []
        self.strangers: dict[str, str] = {}
        self.sender_answer = "250 OK"
        self.box: list[EmailMessage] = []
        self.came = asyncio.Event()
        self.go_on = asyncio.Event()
        self.go_on.set()

    @property
    def addresses(self) -> list[str]:
        """Give who got mail, in the order it came."""
        return [str(mail["To"]) for mail in self.box]

    async def handle_MAIL(  # noqa: N802  aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Answer to the sender's name."""
        del server, session, options
        envelope.mail_from = address
        return self.sender_answer

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Answer to an address."""
        del server, session, options
        if address not in self.strangers:
            envelope.rcpt_tos.append(address)
        return self.strangers.get(address, "250 OK")

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Answer to a mail's text."""
        del session
        self.came.set()
        await self.go_on.wait()
        answer = self.answers.pop(0) if self.answers else "250 OK"
        content = envelope.content
        assert isinstance(content, bytes)
        if answer in ("cut", "garbled") or answer.startswith("250"):
            self.box.append(message_from_bytes(content, policy=policy.default))
        if answer in ("cut", "drop"):
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        return answer


@asynccontextmanager
async def open_office(
    office: PostOffice, *, tls: ssl.SSLContext | None = None, host: str = "127.0.0.1"
) -> AsyncIterator[Smtp]:
    """Open a post office; gives the settings with which it is reached."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(office, hostname=host, tls_context=tls, require_starttls=tls is not None),
        host,
        0,
    )
    try:
        yield reached_at(server.sockets[0].getsockname()[1], starttls=tls is not None, host=host)
    finally:
        server.close()
        await server.wait_closed()


def reached_at(port: int, *, starttls: bool = False, host: str = "127.0.0.1") -> Smtp:
    """Give the settings of a mail server on this machine."""
    return Smtp(
        host=host,
        port=port,
        user=None,
        password=None,
        starttls=starttls,
        sender="notice@registry.example.cn",
    )
