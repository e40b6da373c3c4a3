"""What is known of a mail's fate, by what a real server says or does not say."""

import asyncio
import shutil
import socket
import ssl
import subprocess
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

import msgspec
import pytest

from matching.notices.mail import Letter, hand_over, mail_of
from tests.matching.notices.post_office import PostOffice, open_office, reached_at

pytestmark = pytest.mark.anyio

WRITTEN = datetime(2026, 11, 1, 2, 0, tzinfo=UTC)
LETTER = Letter(
    address="firm@example.cn",
    subject="2026-10 政策匹配结果：新增1项",
    body="截至2026-10-31，免申即享匹配结果有以下变化：\n\n.一行以句点开头\n" + "很长的一行" * 300,
    key="digest:2026-10:7",
    written_at=WRITTEN,
)


async def test_chinese_arrives_as_it_was_written() -> None:
    office = PostOffice()

    async with open_office(office) as server:
        answered = await hand_over(server, LETTER)

    assert answered.fate == "sent"
    (mail,) = office.box
    body = mail.get_body()
    assert body is not None
    assert mail["Subject"] == LETTER.subject
    assert body.get_content().splitlines() == LETTER.body.splitlines()
    assert (mail["To"], mail["From"]) == (LETTER.address, server.sender)


async def test_a_second_copy_can_be_known_as_one_and_carries_the_day_it_was_written() -> None:
    server = reached_at(25)

    one, two = mail_of(server, LETTER), mail_of(server, LETTER)

    assert one.as_bytes().isascii()
    assert one["Message-ID"] == two["Message-ID"] == "<digest.2026-10.7@registry.example.cn>"
    assert parsedate_to_datetime(one["Date"]) == WRITTEN
    other = msgspec.structs.replace(LETTER, key="digest:2026-11:7")
    assert mail_of(server, other)["Message-ID"] != one["Message-ID"]


@pytest.mark.parametrize(
    ("answer", "fate", "arrived"),
    [
        ("451 try again later", "failed_temporary", 0),
        ("421 closing", "failed_temporary", 0),
        ("550 no such mailbox", "failed_permanent", 0),
        ("554 looks like spam", "failed_permanent", 0),
        ("drop", "unknown", 0),
        ("cut", "unknown", 1),
        ("garbled", "unknown", 1),
        ("250 queued", "sent", 1),
    ],
)
async def test_an_answer_to_the_text_decides_its_fate_and_silence_leaves_it_open(
    answer: str, fate: str, arrived: int
) -> None:
    office = PostOffice()
    office.answers = [answer]

    async with open_office(office) as server:
        answered = await hand_over(server, LETTER)

    assert (answered.fate, len(office.box)) == (fate, arrived)
    assert answered.served
    if answer[0].isdigit():
        assert answer.split(" ", 1)[1] in answered.said


@pytest.mark.parametrize(
    ("answer", "fate"),
    [("450 mailbox busy", "failed_temporary"), ("550 unknown user", "failed_permanent")],
)
async def test_a_refused_address_is_about_this_mail_only(answer: str, fate: str) -> None:
    office = PostOffice()
    office.strangers = {LETTER.address: answer}

    async with open_office(office) as server:
        answered = await hand_over(server, LETTER)

    assert (answered.fate, answered.served, office.box) == (fate, True, [])
    assert answer in answered.said


async def test_a_refused_sender_is_about_us_and_never_the_end_of_a_mail() -> None:
    office = PostOffice()
    office.sender_answer = "550 who are you"

    async with open_office(office) as server:
        answered = await hand_over(server, LETTER)

    assert (answered.fate, answered.served) == ("failed_temporary", False)
    assert "who are you" in answered.said


async def test_a_server_that_is_down_may_be_up_later() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))

        answered = await hand_over(reached_at(closed.getsockname()[1]), LETTER)

    assert (answered.fate, answered.served) == ("failed_temporary", False)


async def test_a_server_that_hangs_up_at_once_has_taken_nothing() -> None:
    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        del reader
        writer.close()

    async with await asyncio.start_server(hang_up, "127.0.0.1", 0) as listening:
        answered = await hand_over(reached_at(listening.sockets[0].getsockname()[1]), LETTER)

    assert (answered.fate, answered.served) == ("failed_temporary", False)


@pytest.mark.parametrize(
    "address", ["张三@企业.中国", "a@example.cn\nBcc: all@example.cn", "two words@example.cn", ""]
)
async def test_an_address_that_is_none_fails_alone(address: str) -> None:
    office = PostOffice()

    async with open_office(office) as server:
        answered = await hand_over(server, msgspec.structs.replace(LETTER, address=address))

    assert (answered.fate, answered.served, office.box) == ("failed_permanent", True, [])


async def test_a_wrong_password_is_about_us() -> None:
    async with open_office(PostOffice()) as server:
        with_password = msgspec.structs.replace(server, user="registry", password="wrong")  # noqa: S106  refused before it is asked

        answered = await hand_over(with_password, LETTER)

    assert (answered.fate, answered.served) == ("failed_temporary", False)


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ssl.SSLContext]:
    """A certificate of our own for "localhost", and a server's side of it."""
    if shutil.which("openssl") is None:
        pytest.skip("needs the program openssl to make a certificate")
    folder = tmp_path_factory.mktemp("certificate")
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    make = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    files = ["-nodes", "-days", "2", "-keyout", f"{folder}/key.pem", "-out", f"{folder}/cert.pem"]
    subprocess.run([*make, *files, *subject], check=True, capture_output=True)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    return folder / "cert.pem", context


async def test_starttls_encrypts_before_anything_is_said(
    certificate: tuple[Path, ssl.SSLContext], monkeypatch: pytest.MonkeyPatch
) -> None:
    trusted, context = certificate
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    office = PostOffice()

    async with open_office(office, tls=context, host="localhost") as server:
        answered = await hand_over(server, LETTER)

    assert answered.fate == "sent"
    assert office.addresses == [LETTER.address]


async def test_a_server_with_a_certificate_nobody_vouches_for_gets_no_mail(
    certificate: tuple[Path, ssl.SSLContext],
) -> None:
    office = PostOffice()

    async with open_office(office, tls=certificate[1], host="localhost") as server:
        answered = await hand_over(server, LETTER)

    assert (answered.fate, answered.served, office.box) == ("failed_temporary", False, [])


async def test_a_server_without_encryption_gets_no_mail_where_it_is_asked_for() -> None:
    office = PostOffice()

    async with open_office(office) as server:
        answered = await hand_over(msgspec.structs.replace(server, starttls=True), LETTER)

    assert (answered.fate, answered.served, office.box) == ("failed_temporary", False, [])
