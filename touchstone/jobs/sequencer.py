"""编入进程: what does the one process do, every second, that puts public entries in order and signs them?"""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from time import sleep
from typing import TYPE_CHECKING

from django.db import DatabaseError, IntegrityError, InterfaceError, connection

from touchstone.logs.keys import NoKey, private_key
from touchstone.logs.operations.appending import MOST, MustNotSign, open_log, waiting_logs
from touchstone.logs.operations.publishing import STALE, Kept, Witness, raise_alarm, take_up
from touchstone.logs.operations.watching import give_sign, hold_lock
from touchstone.logs.places import origin_of
from touchstone.logs.queries import all_logs

if TYPE_CHECKING:
    from touchstone.logs.models import Log

log = logging.getLogger(__name__)
TICK = 1.0  # seconds
LIFE = timedelta(seconds=10)
LOOK_AGAIN = timedelta(seconds=20)
"""After that a log on which an alarm stands is looked at anew: somebody may have put it right."""


class SequencerLoop:
    """Keeps the logs of one installation. `now` reads the real clock, `end` says when to stop."""

    def __init__(self, witnesses: Sequence[Witness], now: Callable[[], datetime], *, most: int = MOST) -> None:
        self.witnesses, self.now, self.most = witnesses, now, most
        self.kept: dict[str, Kept] = {}
        self.alarmed: dict[str, datetime] = {}
        self.signed_life: datetime | None = None
        self.silent = ""

    def run(self, end: Callable[[], bool]) -> None:
        """This method will work until told to end. While the database is away it waits for it."""
        while not end():
            try:
                again = self.step()
            except (DatabaseError, InterfaceError) as trouble:
                log.warning("database: %s", trouble)
                self.forget()
                again = False
            if not again:
                sleep(TICK)

    def forget(self) -> None:
        """This method will leave the connection, and with it the lock; everything is compared anew before the next entry is signed."""
        self.kept.clear()
        connection.close()
        if hasattr(connection, "close_pool"):
            connection.close_pool()

    def step(self) -> bool:
        """This method will do one second's work and say whether more is waiting already."""
        at = self.now()
        try:
            private = private_key()
        except NoKey as missing:
            self._live(at, str(missing))
            return False
        if not hold_lock():
            self.kept.clear()
            return False
        self._live(at, "")
        known = {one.name: one for one in all_logs()}
        waiting = set(waiting_logs())
        for name in sorted(waiting - known.keys()):
            known[name] = open_log(name, origin=origin_of(name), private=private, at=at)
        more = [self._guarded(one, private, name in waiting, at) for name, one in sorted(known.items())]
        return any(more)

    def _guarded(self, one: "Log", private: bytes, waiting: bool, at: datetime) -> bool:
        """One log's work; what is wrong with it stops this log alone, and is put where the operators see it."""
        if (since := self.alarmed.get(one.name)) and at - since < LOOK_AGAIN:
            return False
        try:
            more = self._work(one, private, waiting, at)
            self.alarmed.pop(one.name, None)
            raise_alarm(one, "")
            return more
        except (MustNotSign, IntegrityError) as reason:
            sentence = str(reason) if isinstance(reason, MustNotSign) else f"条目的位置已被占用，可能另有进程在编入：{reason}"
        except OSError as trouble:
            sentence = f"日志目录不能写入或读取（{trouble.strerror or trouble}），已签名的条目等待公布。请检查磁盘：{trouble.filename or ''}"
        log.error("%s: %s", one.name, sentence)
        self.kept.pop(one.name, None)
        self.alarmed[one.name] = at
        raise_alarm(one, sentence)
        return False

    def _work(self, one: "Log", private: bytes, waiting: bool, at: datetime) -> bool:
        kept = self.kept.get(one.name)
        if kept is None:
            kept = self.kept[one.name] = take_up(one, private, self.witnesses)
        made = kept.take(at=at, most=self.most, held=hold_lock) if waiting else None
        stale = bool(self.witnesses) and kept.log.published_at is not None and at - kept.log.published_at > STALE
        if made is not None or kept.behind or stale:
            kept.write_tiles(made)
            full = made is not None and len(made.entries) == self.most
            if not full:  # while a heap is worked off, the checkpoint is published with its end
                for sentence in kept.publish(self.witnesses, at=self.now()):
                    log.warning("%s", sentence)
            return full
        return False

    def _live(self, at: datetime, alarm: str) -> None:
        if self.signed_life is None or at - self.signed_life >= LIFE or alarm != self.silent:
            give_sign(at=at, alarm=alarm)
            self.signed_life, self.silent = at, alarm
