"""Handing one mail to an SMTP server, and saying exactly what is known of its fate."""

from email.message import EmailMessage
from typing import Literal, Protocol

import aiosmtplib
import msgspec

Fate = Literal["sent", "failed_temporary", "failed_permanent", "unknown"]
TIMEOUT_SECONDS = 30
LAST_TEMPORARY = 499


class Answered(msgspec.Struct, frozen=True):
    """What became of a mail, and what the server said."""

    fate: Fate
    said: str


class MailServer(Protocol):
    """How to reach the mail server; the service's settings have this shape."""

    @property
    def host(self) -> str:
        """Name or address."""
        ...

    @property
    def port(self) -> int:
        """TCP port."""
        ...

    @property
    def user(self) -> str | None:
        """Account, where the server wants one."""
        ...

    @property
    def password(self) -> str | None:
        """Its password."""
        ...

    @property
    def starttls(self) -> bool:
        """Whether to encrypt before anything else."""
        ...

    @property
    def sender(self) -> str:
        """Address mails come from."""
        ...


def mail_of(server: MailServer, address: str, subject: str, body: str, key: str) -> EmailMessage:
    """Write the mail; its Message-ID is the same at every attempt, so a second copy can be known as one."""
    mail = EmailMessage()
    mail["From"] = server.sender
    mail["To"] = address
    mail["Subject"] = subject
    mail["Message-ID"] = f"<{key.replace(':', '.')}@{server.sender.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(body)
    return mail


async def hand_over(server: MailServer, mail: EmailMessage) -> Answered:
    """Give the mail to the server.

    Before the text is sent nothing can have been delivered: any fault is temporary, or permanent where
    the server says so. Once it is being sent, silence means unknown: it may have arrived.
    """
    client = aiosmtplib.SMTP(
        hostname=server.host,
        port=server.port,
        timeout=TIMEOUT_SECONDS,
        start_tls=server.starttls,
        username=server.user,
        password=server.password,
    )
    try:
        await client.connect()
        await client.mail(str(mail["From"]))
        await client.rcpt(str(mail["To"]))
    except aiosmtplib.SMTPResponseException as refused:
        client.close()
        return _refused(refused)
    except (aiosmtplib.SMTPException, OSError) as unreachable:
        client.close()
        return Answered("failed_temporary", f"连不上邮件服务器：{unreachable}")
    try:
        answer = await client.data(mail.as_bytes())
    except aiosmtplib.SMTPResponseException as refused:
        client.close()
        return _refused(refused)
    except (aiosmtplib.SMTPException, OSError) as silent:
        client.close()
        return Answered("unknown", f"邮件正文发出后服务器没有答复：{silent}")
    try:
        await client.quit()
    except (aiosmtplib.SMTPException, OSError):
        client.close()  # the server has taken the mail; how it says goodbye no longer matters
    return Answered("sent", f"{answer.code} {answer.message}")


def _refused(refused: aiosmtplib.SMTPResponseException) -> Answered:
    temporary = refused.code <= LAST_TEMPORARY
    fate: Fate = "failed_temporary" if temporary else "failed_permanent"
    return Answered(fate, f"{refused.code} {refused.message}")
