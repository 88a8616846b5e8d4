"""子进程: processes of our own that can be killed at any moment without touching the one that watches.

They come from a clean server process that holds no connection (`forkserver`), so that each starts quickly and inherits nothing.
"""

import multiprocessing
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from time import monotonic
from typing import Any

from bench.in_django import start_django

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["bench.campaign.ready"])
PATIENCE = 180.0  # seconds


@dataclass
class Child:
    """A process of ours that tells what it has come to."""

    name: str
    process: BaseProcess
    ear: Connection
    heard: list[Any] = field(default_factory=list)

    def hear(self, *, within: float = PATIENCE, until: Callable[[Any], bool] = lambda word: True) -> Any:
        """This method will wait for a word that fits and give it; None when the process ended, or the time is over, before it came."""
        end = monotonic() + within
        while (left := end - monotonic()) > 0:
            try:
                if not self.ear.poll(left):
                    return None
                word = self.ear.recv()
            except (EOFError, OSError):
                return None
            self.heard.append(word)
            if until(word):
                return word
        return None

    def kill(self) -> bool:
        """This method will kill -9 the process and say whether it was alive until then."""
        self.process.kill()
        self.process.join(30)
        self.hear(within=5, until=lambda word: False)  # what it said last
        return self.process.exitcode == -9

    def end(self, within: float = PATIENCE) -> int | None:
        """This method will wait for the end of the process, insist when it takes too long, and give its code."""
        self.hear(within=within, until=lambda word: False)
        self.process.join(10)
        if self.process.exitcode is None:
            self.process.kill()
            self.process.join(10)
        return self.process.exitcode

    def in_transaction(self) -> bool:
        """This method will say whether the process has a transaction open in the database now."""
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE application_name = %s AND xact_start IS NOT NULL", [self.name])
            return bool(cursor.fetchone()[0])


_made = 0


def start(work: Callable[..., None], *arguments: Any) -> Child:
    """This function will start `work(tell, *arguments)` in a process of its own."""
    global _made
    _made += 1
    name = f"campaign-{os.getpid()}-{_made}"
    ear, mouth = _CONTEXT.Pipe(duplex=False)
    process = _CONTEXT.Process(target=_work, args=(name, mouth, work, *arguments), daemon=True)
    process.start()
    mouth.close()
    return Child(name, process, ear)


def _work(name: str, mouth: Connection, work: Callable[..., None], *arguments: Any) -> None:
    os.environ["PGAPPNAME"] = name
    start_django()
    try:
        work(mouth.send, *arguments)
    except Exception as trouble:  # noqa: BLE001 (told to the one that watches)
        mouth.send(f"! {trouble!r}")
        sys.exit(1)
    finally:
        from touchstone.cli import leave_django

        leave_django()


def process_upload(tell: Callable[[Any], None], number: str, chunk: int) -> None:
    """This function will process an upload as the job does, telling when it begins, each committed cursor, and the end."""
    from touchstone.accounts.actor import PLATFORM
    from touchstone.exams.operations import registration_import
    from touchstone.web import clock

    registration_import.CHUNK = chunk or registration_import.CHUNK
    tell("begun")
    registration_import.process_upload(number=number, by=PLATFORM, at=clock.now(), after_chunk=tell)
    tell("finished")


def process_certificate_data(tell: Callable[[Any], None], number: str, chunk: int) -> None:
    """This function will go through a batch of certificate data as the job does, telling as `process_upload` does."""
    from touchstone.accounts.actor import PLATFORM
    from touchstone.uploads.operations import processing
    from touchstone.web import clock

    processing.CHUNK = chunk or processing.CHUNK
    tell("begun")
    processing.process(number=number, by=PLATFORM, at=clock.now(), after_chunk=tell)
    tell("finished")
