"""Every mail is handed over at most once of itself, and what is not sure to have failed is not sent again."""

import asyncio
import socket
from datetime import datetime, timedelta
from multiprocessing.connection import Connection

import polars as pl
import pytest

from matching.notices.compose import Digest
from matching.notices.deliver import WAITS, Delivered, deliver_due, send_again
from matching.notices.store import delivery_counts, inbox_of, owe, troubled_deliveries
from matching.notices.tables import Delivery, Notice
from matching.storage.database import Database
from matching.storage.errors import Holder, LockHeld, UniqueViolation
from registry.settings import Smtp
from tests.makers import at, rows
from tests.matching.notices.post_office import PostOffice, open_office, reached_at
from tests.processes import die, held, killed, on_database, wait_here

pytestmark = pytest.mark.anyio

WRITTEN = at(11, 1, 2)
FIRMS = (1, 2, 3)


def quiet(step: str) -> None:
    """Say nothing of a step."""
    del step


class Clock:
    """A clock that stands still until it is put on."""

    def __init__(self) -> None:
        self.now = WRITTEN

    def __call__(self) -> datetime:
        return self.now

    def put_on(self, by: timedelta) -> None:
        self.now += by


async def owe_mails(db: Database, *firms: int, period: str = "2026-10") -> None:
    """Owe each firm a digest, in its inbox and by mail."""
    digests = [
        Digest(firm, f"digest:{period}:{firm}", f"{period} 匹配结果", f"第{firm}号企业：新增1项")
        for firm in firms
    ]
    addresses = pl.DataFrame(
        {"enterprise_id": firms, "address": [f"firm{firm}@example.cn" for firm in firms]},
        schema={"enterprise_id": pl.Int64, "address": pl.String},
    )
    async with db.transaction():
        await owe(1, digests, addresses, WRITTEN)


async def states() -> dict[str, tuple[str, int]]:
    """Give state and attempts of every mail by its address."""
    found = await Delivery.select().where(Delivery.channel == "email")
    return {row["address"]: (row["state"], row["attempts"]) for row in found}


async def test_the_same_notice_cannot_be_owed_twice(db: Database) -> None:
    await owe_mails(db, *FIRMS)

    with pytest.raises(UniqueViolation):
        await owe_mails(db, 4, 2)

    assert await Notice.count() == len(FIRMS)
    assert await Delivery.count() == 2 * len(FIRMS)


async def test_the_inbox_is_served_at_once_and_mails_wait_for_a_server(db: Database) -> None:
    await owe_mails(db, *FIRMS)
    assert await inbox_of(2) == ()

    done = await deliver_due(None, Clock(), quiet)

    assert done == Delivered(inbox=3, sent=0, failed=0, unknown=0)
    (notice,) = await inbox_of(2)
    assert (notice.subject, notice.body) == ("2026-10 匹配结果", "第2号企业：新增1项")
    assert notice.created_at == WRITTEN
    assert rows(await delivery_counts(), "channel", "state", "count") == {
        ("email", "created", 3),
        ("inbox", "delivered", 3),
    }


async def test_an_inbox_shows_the_newest_first_and_nobody_elses(db: Database) -> None:
    await owe_mails(db, 1, 2, period="2026-09")
    await owe_mails(db, 2, period="2026-10")

    await deliver_due(None, Clock(), quiet)

    assert [notice.subject[:7] for notice in await inbox_of(2)] == ["2026-10", "2026-09"]
    assert await inbox_of(3) == ()


async def test_each_mail_arrives_once_however_often_we_deliver(db: Database) -> None:
    await owe_mails(db, *FIRMS)
    office, clock = PostOffice(), Clock()

    async with open_office(office) as server:
        first = await deliver_due(server, clock, quiet)
        clock.put_on(timedelta(days=30))
        second = await deliver_due(server, clock, quiet)

    assert first == Delivered(inbox=3, sent=3, failed=0, unknown=0)
    assert second == Delivered(inbox=0, sent=0, failed=0, unknown=0)
    assert office.addresses == ["firm1@example.cn", "firm2@example.cn", "firm3@example.cn"]
    assert [mail["Subject"] for mail in office.box] == ["2026-10 匹配结果"] * 3
    body = office.box[1].get_body()
    assert body is not None
    assert body.get_content().splitlines() == ["第2号企业：新增1项"]
    assert set((await states()).values()) == {("sent", 1)}


async def test_a_mail_the_server_puts_off_is_sent_later_and_not_before(db: Database) -> None:
    await owe_mails(db, *FIRMS)
    office, clock = PostOffice(), Clock()
    office.answers = ["250 OK", "451 try again later"]

    async with open_office(office) as server:
        first = await deliver_due(server, clock, quiet)
        clock.put_on(WAITS[0] - timedelta(microseconds=1))
        early = await deliver_due(server, clock, quiet)
        clock.put_on(timedelta(microseconds=1))
        later = await deliver_due(server, clock, quiet)

    assert (first.sent, first.failed) == (2, 1)
    assert (early.sent, early.failed) == (0, 0)
    assert (later.sent, later.failed) == (1, 0)
    assert office.addresses == ["firm1@example.cn", "firm3@example.cn", "firm2@example.cn"]
    assert (await states())["firm2@example.cn"] == ("sent", 2)


async def test_each_wait_is_longer_and_the_last_failure_is_final(db: Database) -> None:
    await owe_mails(db, 1)
    office, clock = PostOffice(), Clock()
    office.answers = ["451 busy"] * 20
    said: list[tuple[str, int]] = []

    async with open_office(office) as server:
        for wait in (*WAITS, timedelta(days=365)):
            await deliver_due(server, clock, quiet)
            said.append((await states())["firm1@example.cn"])
            clock.put_on(wait - timedelta(seconds=1))
            assert await deliver_due(server, clock, quiet) == Delivered(
                inbox=0, sent=0, failed=0, unknown=0
            )
            clock.put_on(timedelta(seconds=1))

    tries = len(WAITS)
    assert said[:-1] == [("failed_temporary", number + 1) for number in range(tries)]
    assert said[-1] == ("failed_permanent", tries + 1)
    troubled = (await troubled_deliveries()).row(0, named=True)
    assert "busy" in troubled["answer"]
    assert f"重试{tries + 1}次" in troubled["answer"]


async def test_a_refused_mail_is_never_tried_again_and_stops_no_other(db: Database) -> None:
    await owe_mails(db, *FIRMS)
    office, clock = PostOffice(), Clock()
    office.strangers = {"firm2@example.cn": "550 no such mailbox"}

    async with open_office(office) as server:
        first = await deliver_due(server, clock, quiet)
        office.strangers = {}
        clock.put_on(timedelta(days=30))
        second = await deliver_due(server, clock, quiet)

    assert (first.sent, first.failed) == (2, 1)
    assert (second.sent, second.failed) == (0, 0)
    assert rows(await troubled_deliveries(), "address", "state", "answer") == {
        ("firm2@example.cn", "failed_permanent", "550 no such mailbox")
    }


async def test_an_address_that_is_none_stops_no_other(db: Database) -> None:
    await owe_mails(db, *FIRMS)
    await Delivery.update({Delivery.address: "张三@企业.中国"}).where(
        Delivery.address == "firm1@example.cn"
    )
    office = PostOffice()

    async with open_office(office) as server:
        done = await deliver_due(server, Clock(), quiet)

    assert (done.sent, done.failed, done.unknown) == (2, 1, 0)
    assert (await states())["张三@企业.中国"][0] == "failed_permanent"


async def test_a_server_that_is_down_costs_one_attempt_a_round_and_ends_no_mail(
    db: Database,
) -> None:
    await owe_mails(db, *FIRMS)
    office, clock = PostOffice(), Clock()

    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        down = reached_at(closed.getsockname()[1])
        first = await deliver_due(down, clock, quiet)
        for _ in range(30):
            clock.put_on(max(WAITS))
            await deliver_due(down, clock, quiet)
    tried = await states()
    clock.put_on(max(WAITS))
    async with open_office(office) as server:
        after = await deliver_due(server, clock, quiet)

    assert first == Delivered(inbox=3, sent=0, failed=1, unknown=0)
    assert sum(attempts for _, attempts in tried.values()) == 31
    assert {state for state, _ in tried.values()} <= {"created", "failed_temporary"}
    assert after.sent == 3
    assert len(office.box) == 3


@pytest.mark.parametrize(("answer", "arrived"), [("cut", 1), ("drop", 0), ("garbled", 1)])
async def test_silence_after_the_text_is_unknown_and_not_sent_again(
    answer: str, arrived: int, db: Database
) -> None:
    await owe_mails(db, 1)
    office, clock = PostOffice(), Clock()
    office.answers = [answer]

    async with open_office(office) as server:
        first = await deliver_due(server, clock, quiet)
        clock.put_on(timedelta(days=30))
        second = await deliver_due(server, clock, quiet)

    assert (first.sent, first.failed, first.unknown) == (0, 0, 1)
    assert (second.sent, second.failed, second.unknown) == (0, 0, 0)
    assert len(office.box) == arrived
    assert (await states())["firm1@example.cn"] == ("unknown", 1)


async def test_a_person_may_have_a_mail_sent_again_that_failed_or_is_unknown(db: Database) -> None:
    await owe_mails(db, *FIRMS)
    office, clock = PostOffice(), Clock()
    office.answers = ["cut", "550 no", "250 OK"]

    async with open_office(office) as server:
        await deliver_due(server, clock, quiet)
        numbers = {row["address"]: row["id"] for row in await Delivery.select() if row["address"]}
        done = [await send_again(number, clock.now) for number in sorted(numbers.values())]
        await deliver_due(server, clock, quiet)

    assert done == [True, True, False]
    assert office.addresses == [
        "firm1@example.cn",
        "firm3@example.cn",
        "firm1@example.cn",
        "firm2@example.cn",
    ]
    assert {state for state, _ in (await states()).values()} == {"sent"}


async def test_only_mails_are_sent_again(db: Database) -> None:
    await owe_mails(db, 1)
    inbox = await Delivery.select().where(Delivery.channel == "inbox").first()

    assert inbox is not None
    assert not await send_again(inbox["id"], WRITTEN)
    assert not await send_again(987654, WRITTEN)


def killed_at(step: str, url: str, server: Smtp) -> None:
    def progress(name: str) -> None:
        if name == step:
            die()

    on_database(url, lambda: deliver_due(server, Clock(), progress))


def held_at(line: Connection, url: str, server: Smtp) -> None:
    on_database(url, lambda: deliver_due(server, Clock(), lambda _: wait_here(line)))


@pytest.mark.parametrize(("step", "arrived"), [("sending", 0), ("sent", 1)])
async def test_a_mail_cut_off_by_a_kill_may_have_arrived_and_is_left_to_a_person(
    step: str, arrived: int, db: Database, database_url: str
) -> None:
    await owe_mails(db, *FIRMS)
    office, clock = PostOffice(), Clock()

    async with open_office(office) as server:
        await asyncio.to_thread(killed, killed_at, step, database_url, server)
        before = list(office.addresses)
        clock.put_on(timedelta(days=30))
        done = await deliver_due(server, clock, quiet)

    assert before == ["firm1@example.cn"] * arrived
    assert done == Delivered(inbox=0, sent=2, failed=0, unknown=1)
    assert office.addresses == [*before, "firm2@example.cn", "firm3@example.cn"]
    (troubled,) = (await troubled_deliveries()).to_dicts()
    assert (troubled["address"], troubled["state"]) == ("firm1@example.cn", "unknown")
    assert "可能已送达" in troubled["answer"]


async def test_a_kill_before_any_mail_loses_none(db: Database, database_url: str) -> None:
    await owe_mails(db, *FIRMS)
    office = PostOffice()

    async with open_office(office) as server:
        await asyncio.to_thread(killed, killed_by_its_clock, database_url, server)
        done = await deliver_due(server, Clock(), quiet)

    assert done == Delivered(inbox=3, sent=3, failed=0, unknown=0)


def killed_by_its_clock(url: str, server: Smtp) -> None:
    on_database(url, lambda: deliver_due(server, _last_look, quiet))


def _last_look() -> datetime:
    die()
    raise AssertionError


async def test_of_two_processes_one_delivers_and_the_other_is_told_which(
    db: Database, database_url: str
) -> None:
    await owe_mails(db, 1)
    office = PostOffice()

    async with open_office(office) as server:
        with held(held_at, database_url, server) as other, pytest.raises(LockHeld) as told:
            await deliver_due(server, Clock(), quiet)

    assert told.value.holder == Holder(other.process.pid or 0, socket.gethostname())
    assert office.box == []
