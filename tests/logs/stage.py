"""公开日志场景: a sequencer with its witnesses, stepped by hand, over folders that are thrown away."""

import shutil
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from tests.cast import START
from touchstone.accounts.actor import PLATFORM
from touchstone.jobs.sequencer import SequencerLoop
from touchstone.ledger.operations import record_many
from touchstone.logs.keys import make_key, private_key
from touchstone.logs.lines import PublicLine
from touchstone.logs.operations.publishing import WitnessAway, WitnessDisagrees, WitnessKnows
from touchstone.trust.log.notes import COSIGNATURE, Signer
from touchstone.trust.log.witness import Witness, request_of


class NearWitness:
    """A real witness, asked without a network; `away` while it does not answer."""

    def __init__(self, folder: Path, name: str = "witness.test/w1") -> None:
        signer = Signer(name, bytes(range(32)), COSIGNATURE)
        public = Signer("x", private_key()).verifier.public
        self.witness, self.verifier, self.away = Witness(signer, {"127.0.0.1:8000/log/": public}, folder), signer.verifier, False

    def cosign(self, old: int, path: Sequence[bytes], note: str) -> str:
        """This method will ask the witness as the adapter does."""
        if self.away:
            raise WitnessAway("没有应答")
        answer = self.witness.add_checkpoint(request_of(old, list(path), note), second=lambda: int(START.timestamp()))
        if answer.code == 409:
            raise WitnessKnows(int(answer.words))
        if answer.code == 422:
            raise WitnessDisagrees(answer.words)
        assert answer.code == 200, answer
        return answer.words


def fresh_place() -> None:
    """This function will empty the folders of the logs and make the key."""
    root = Path(settings.LOG_DIR)
    for folder in (root, root.with_name(f"{root.name}-closed")):
        shutil.rmtree(folder, ignore_errors=True)
    make_key()


def a_sequencer(*witnesses: Any, now: Callable[[], datetime] = lambda: START, most: int = 50_000) -> SequencerLoop:
    """This function will give a sequencer of its own."""
    return SequencerLoop(witnesses, now, most=most)


def send(count: int, *, kind: str = "decision.published", first: int = 0) -> list[PublicLine]:
    """This function will send lines out as an operation does, and give them."""
    lines = [PublicLine(kind, {"decision": f"D{number:06d}"}) for number in range(first, first + count)]
    with transaction.atomic():
        record_many(kind, [(str(line.content["decision"]), {}, line) for line in lines], by=PLATFORM, at=START)
    return lines
