"""编入进程被终止: is every acknowledged entry logged exactly once, and every checkpoint consistent, however often the sequencer is killed -9?"""

import fcntl
import json
import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random
from time import monotonic, sleep, time
from typing import Any

from bench.campaign import children
from bench.campaign.outcome import Outcome, Tell

LOG = "draws"
PATIENCE = 240.0  # seconds for what is left at the end


def run(small: bool, tell: Tell) -> Outcome:
    """This function will let two feeders write entries as operations do and kill the sequencer again and again, at times with a second one beside."""
    from django.conf import settings

    from touchstone.logs.keys import make_key
    from touchstone.trust.log.monitor import Seen

    kills, batch, wanted = (4, 20, 400) if small else (200, 50, 100_000)
    make_key()
    found, random, hits = Outcome(), Random(11), Counter[str]()
    feeders = [children.start(feed, turn, batch, -(-wanted // 2 // batch), 0.0 if small else 0.12) for turn in range(2)]
    acknowledged: set[str] = set()
    seen = Seen(f"{LOG}")
    sequencer, beside = children.start(keep, str(settings.STATE_DIR)), None
    while found.runs < kills:
        sequencer.hear(within=30, until=lambda word: word == "begun")
        sleep(random.uniform(0, 0.4 if small else 1.1))
        if found.runs % 10 == 3 and beside is None:
            beside = children.start(keep, str(settings.STATE_DIR))
        hits["编入事务打开时"] += sequencer.in_transaction()
        found.runs += sequencer.kill()
        sequencer, beside = beside or children.start(keep, str(settings.STATE_DIR)), None
        seen = _follow(seen, found)
        for turn, one in enumerate(feeders):
            _hear(one, acknowledged)
            if not one.process.is_alive():
                feeders[turn] = children.start(feed, 2 + found.runs * 2 + turn, batch, 20, 0.05)
        if found.runs % 20 == 0:
            tell(f"已终止{found.runs}次，已告知{len(acknowledged):,}条，公布{seen.size:,}条")
    for one in feeders:
        one.end()
        _hear(one, acknowledged)
    _settle(found)
    sequencer.kill()
    seen = _follow(seen, found)
    _count(acknowledged, found)
    _checkpoints(found)
    found.expect(len(acknowledged) >= wanted, f"只告知了{len(acknowledged):,}条")
    found.words.append(f"终止{found.runs}次，其中{hits['编入事务打开时']}次有打开的事务；公布{seen.size:,}条。")
    return found


def _hear(feeder: children.Child, acknowledged: set[str]) -> None:
    feeder.hear(within=0.01, until=lambda word: False)
    for word in feeder.heard:
        if isinstance(word, list):
            acknowledged.update(word)
    feeder.heard.clear()


def _follow(seen: Any, found: Outcome) -> Any:
    """Look as a stranger does: what is published has grown from what was seen, and its entries come to its root."""
    from touchstone.logs.places import folder_of
    from touchstone.logs.queries import log_named
    from touchstone.trust.log.monitor import look
    from touchstone.trust.log.notes import Verifier

    log = log_named(LOG)
    if log is None or not folder_of(LOG).checkpoint():
        return seen
    after = look(folder_of(LOG).fetch, Verifier.read(log.key), seen)
    found.faults += after.faults
    after.faults = []
    return after


def _settle(found: Outcome) -> None:
    from touchstone.logs.models import Outbox
    from touchstone.logs.queries import checkpoints_of, log_named

    end = monotonic() + PATIENCE
    while monotonic() < end:
        log = log_named(LOG)
        if log and not Outbox.objects.exists() and log.published_size == checkpoints_of(log, 1)[0].size:
            return
        sleep(0.2)
    found.expect(False, "最后一次启动后没有在时限内全部公布")


def _count(acknowledged: set[str], found: Outcome) -> None:
    from touchstone.logs.models import Leaf
    from touchstone.logs.places import folder_of
    from touchstone.logs.queries import log_named
    from touchstone.trust.log.audit import audit
    from touchstone.trust.log.notes import Verifier

    log = log_named(LOG)
    assert log is not None
    names = Counter[str]()
    audited = audit(folder_of(LOG).fetch, Verifier.read(log.key), take=lambda index, entry: names.update([json.loads(entry)["draw"]]))
    found.faults += audited.faults
    found.acknowledged = len(acknowledged)
    found.lost = sum(name not in names for name in acknowledged)
    found.doubled = sum(many - 1 for many in names.values())
    found.expect(Leaf.objects.filter(log=log).count() == audited.entries, "数据库与瓦片的条数不同")


def _checkpoints(found: Outcome) -> None:
    """Every size that was ever signed has the root that the entries give."""
    from touchstone.logs.models import Checkpoint, Leaf
    from touchstone.trust.log.merkle import Edge

    edge, sizes = Edge(), 0
    hashes = [bytes(one) for one in Leaf.objects.filter(log__name=LOG).order_by("index").values_list("hash", flat=True)]
    for one in Checkpoint.objects.filter(log__name=LOG).order_by("size"):
        edge.grow(hashes[edge.size : one.size])
        sizes += 1
        found.expect(edge.root() == bytes(one.root), f"第{one.size}条处的检查点与条目不符")
    found.words.append(f"签过的{sizes:,}个检查点全部与条目相符。" if not found.faults else f"核对了{sizes:,}个检查点。")


def feed(tell: Callable[[Any], None], turn: int, batch: int, batches: int, pause: float) -> None:
    """This function will write batches of entries, each in a transaction with its lines of the ledger, and tell what is committed."""
    from django.db import transaction

    from touchstone.accounts.actor import PLATFORM
    from touchstone.ledger.operations import record_many
    from touchstone.logs.lines import PublicLine
    from touchstone.web import clock

    for number in range(batches):
        names = [f"{turn}-{number}-{place}" for place in range(batch)]
        with transaction.atomic():
            lines = [(name, {}, PublicLine("draw.seeded", {"draw": name})) for name in names]
            record_many("draw.seeded", lines, by=PLATFORM, at=clock.now())
        tell(names)
        sleep(pause)


def keep(tell: Callable[[Any], None], state: str) -> None:
    """This function will run the sequencer with a witness until it is killed."""
    from django.utils.timezone import now

    from touchstone.jobs import sequencer
    from touchstone.jobs.sequencer import SequencerLoop

    sequencer.TICK = 0.1
    tell("begun")
    SequencerLoop([FileWitness(Path(state) / "witness")], now).run(lambda: os.getppid() == 1)


class FileWitness:
    """A witness whose memory outlives us and whose answers are one at a time, as if it were a process elsewhere."""

    def __init__(self, folder: Path) -> None:
        from django.conf import settings

        from touchstone.logs.keys import private_key
        from touchstone.logs.places import origin_of
        from touchstone.trust.log.notes import COSIGNATURE, Signer
        from touchstone.trust.log.witness import Witness

        assert settings.STATE_DIR
        signer = Signer("witness.test/w1", bytes(range(32)), COSIGNATURE)
        public = Signer("log", private_key()).verifier.public
        folder.mkdir(exist_ok=True)
        self.witness, self.verifier, self.folder = Witness(signer, {origin_of(""): public}, folder), signer.verifier, folder

    def cosign(self, old: int, path: Sequence[bytes], note: str) -> str:
        """This method will ask the witness."""
        from touchstone.logs.operations.publishing import WitnessAway, WitnessDisagrees, WitnessKnows
        from touchstone.trust.log.witness import request_of

        with _alone(self.folder / "lock"):
            answer = self.witness.add_checkpoint(request_of(old, path, note), second=lambda: int(time()))
        if answer.code == 409:
            raise WitnessKnows(int(answer.words))
        if answer.code == 422:
            raise WitnessDisagrees(answer.words)
        if answer.code != 200:
            raise WitnessAway(answer.words)
        return answer.words


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
