"""Processes of their own that tests start: to be killed half-way, or to be met by another.

They are forked from a server that has imported the program once, so that dozens of them cost seconds.
"""

import asyncio
import multiprocessing
import os
import signal
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from matching.storage.database import engine, make_engine, use_engine

_SERVER = multiprocessing.get_context("forkserver")
_SERVER.set_forkserver_preload(["registry.schedule", "aiosmtplib", "pytest"])
PATIENCE_SECONDS = 120
"""After so long a process hangs; nothing here is measured."""


def killed(work: Callable[..., None], *args: object) -> None:
    """Do some work in a process that must end by its own SIGKILL."""
    process = _SERVER.Process(target=work, args=args)
    process.start()
    process.join(PATIENCE_SECONDS)
    assert process.exitcode == -signal.SIGKILL, f"ended with {process.exitcode}, was to be killed"


def die() -> None:
    """End this process as the kernel ends one: at once, and without a word."""
    os.kill(os.getpid(), signal.SIGKILL)


class Held:
    """A process that waits in the middle of its work until it is let go on."""

    def __init__(self, process: BaseProcess, line: Connection) -> None:
        self.process = process
        self.line = line

    def go_on(self) -> None:
        """Let it end its work, and see that it ended well."""
        self.line.send("go on")
        self.process.join(PATIENCE_SECONDS)
        assert self.process.exitcode == 0


@contextmanager
def held(work: Callable[..., None], *args: object) -> Iterator[Held]:
    """Start some work in a process and wait until it has come to where it `wait_here`s."""
    ours, its = _SERVER.Pipe()
    process = _SERVER.Process(target=work, args=(its, *args))
    process.start()
    its.close()
    try:
        assert ours.poll(PATIENCE_SECONDS), "it never came there"
        assert ours.recv() == "here"
        yield Held(process, ours)
    finally:
        process.kill()
        process.join()
        ours.close()


def wait_here(line: Connection) -> None:
    """Say that the work has come here and wait to be let go on."""
    line.send("here")
    line.recv()


def on_database(url: str, work: Callable[[], Awaitable[object]]) -> None:
    """Do some asynchronous work on a database, from the top of a process."""

    async def opened() -> None:
        use_engine(make_engine(url))
        try:
            await work()
        finally:
            await engine().close()

    asyncio.run(opened())
