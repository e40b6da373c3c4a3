"""Handing one mail to an SMTP server, and saying exactly what is known of its fate."""

import re
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Literal, Protocol

import aiosmtplib
import msgspec

Fate = Literal["sent", "failed_temporary", "failed_permanent", "unknown"]
TIMEOUT_SECONDS = 30
SEVEN_BIT = policy.SMTP.clone(cte_type="7bit")
"""Chinese reaches every server as it was written, the oldest included."""

ADDRESS = re.compile(r"[!#$%&'*+./0-9=?A-Z^_`a-z{|}~-]+@[0-9A-Za-z.-]+")


class Answered(msgspec.Struct, frozen=True):
    """What became of a mail, and what the server said.

    served  False where the server does not serve us at all: another mail would fare no better now.
    """

    fate: Fate
    said: str
    served: bool = True


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be mailed.

    key         of the notice; the same at every attempt.
    written_at  when the notice was written, however late it is sent.
    """

    address: str
    subject: str
    body: str
    key: str
    written_at: datetime


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


def mail_of(server: MailServer, letter: Letter) -> EmailMessage:
    """Write the mail; raises ValueError where the address is none.

    Its Message-ID is the same at every attempt, so a second copy can be known as one.
    """
    if not ADDRESS.fullmatch(letter.address):
        raise ValueError("不是电子邮箱地址")
    mail = EmailMessage(SEVEN_BIT)
    mail["From"] = server.sender
    mail["To"] = letter.address
    mail["Date"] = format_datetime(letter.written_at)
    mail["Subject"] = letter.subject
    mail["Message-ID"] = f"<{letter.key.replace(':', '.')}@{server.sender.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(letter.body)
    return mail


async def hand_over(server: MailServer, letter: Letter) -> Answered:
    """Give a mail to the server.

    Before the text is sent nothing can have been delivered: a fault is temporary, or permanent where the
    server refuses this address. Once it is being sent, silence means unknown: it may have arrived.
    """
    try:
        mail = mail_of(server, letter)
    except ValueError as bad:
        said = f"收件地址“{letter.address}”不能用（{bad}）；请更正企业的联系邮箱"
        return Answered("failed_permanent", said)
    client = aiosmtplib.SMTP(
        hostname=server.host,
        port=server.port,
        timeout=TIMEOUT_SECONDS,
        start_tls=server.starttls,
        username=server.user,
        password=server.password,
    )
    answered = await _not_served(client, server) or await _given(client, mail, letter.address)
    if answered.fate == "sent":
        try:
            await client.quit()
        except (aiosmtplib.SMTPException, OSError):
            client.close()  # the server has taken the mail; how it says goodbye no longer matters
    else:
        client.close()
    return answered


async def _not_served(client: aiosmtplib.SMTP, server: MailServer) -> Answered | None:
    """Come as far as the sender; None: the server serves us. What fails here is not about this mail."""
    try:
        await client.connect()
        await client.mail(server.sender)
    except aiosmtplib.SMTPResponseException as refused:
        said = f"邮件服务器不为我们发信：{refused.code} {refused.message}"
        return Answered("failed_temporary", said, served=False)
    except (aiosmtplib.SMTPException, OSError) as unreachable:
        return Answered("failed_temporary", f"连不上邮件服务器：{unreachable}", served=False)
    return None


async def _given(client: aiosmtplib.SMTP, mail: EmailMessage, address: str) -> Answered:
    try:
        await client.rcpt(address)
    except aiosmtplib.SMTPResponseException as refused:
        return _refused(refused, garbled="failed_temporary")
    except (aiosmtplib.SMTPException, OSError) as lost:
        return Answered("failed_temporary", f"与邮件服务器的连接中断：{lost}")
    try:
        answer = await client.data(mail.as_bytes())
    except aiosmtplib.SMTPResponseException as refused:
        return _refused(refused, garbled="unknown")
    except (aiosmtplib.SMTPException, OSError) as silent:
        return Answered("unknown", f"邮件正文发出后服务器没有答复：{silent}")
    return Answered("sent", f"{answer.code} {answer.message}")


def _refused(refused: aiosmtplib.SMTPResponseException, garbled: Fate) -> Answered:
    """Read an answer by its first digit; `garbled` is what one that can not be read means."""
    fates: dict[int, Fate] = {2: "sent", 4: "failed_temporary", 5: "failed_permanent"}
    return Answered(fates.get(refused.code // 100, garbled), f"{refused.code} {refused.message}")
