"""见证: has this log only grown since I saw it last? If so, I sign what I have seen. (C2SP tlog-witness)

A witness belongs to somebody else than the log. It remembers the last checkpoint of each log, in a file, before it answers.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from touchstone.trust.log.checkpoints import Checkpoint, CheckpointBroken, decimal, read_signed, unchecked
from touchstone.trust.log.folder import sync_folder, write_durably
from touchstone.trust.log.merkle import EMPTY, ProofWrong, check_consistency
from touchstone.trust.log.notes import NoteBroken, Signer, Verifier, based, unbased

SIZE = "text/x.tlog.size"
WORDS = "text/plain; charset=utf-8"
LONGEST = 64 * 1024


@dataclass(frozen=True)
class Answer:
    """What a witness answers: an HTTP code, the kind of words, and the words."""

    code: int
    words: str
    kind: str = WORDS


class Witness:
    """Signs checkpoints of the logs it trusts, whose name begins as one of `trusted` says → the public key (32 bytes)."""

    def __init__(self, signer: Signer, trusted: Mapping[str, bytes], folder: Path, lock: AbstractContextManager[object] | None = None) -> None:
        self.signer, self.trusted, self.folder = signer, dict(trusted), folder
        self.lock = lock or Lock()
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def verifier_of(self, origin: str) -> Verifier | None:
        """This method will give the key of a log, by its whole name or the longest beginning of it up to a slash."""
        for known in sorted(self.trusted, key=len, reverse=True):
            if origin == known or (known.endswith("/") and origin.startswith(known) and "/" not in origin[len(known) :]):
                return Verifier(origin, self.trusted[known])
        return None

    def last(self, origin: str) -> Checkpoint | None:
        """This method will give what was seen of a log last. :raises NoteBroken: where the file was changed."""
        path = self._file(origin)
        if not path.exists():
            return None
        kept = json.loads(path.read_text(encoding="utf-8"))
        return Checkpoint.read(kept["text"])

    def add_checkpoint(self, body: bytes, *, second: Callable[[], int]) -> Answer:
        """This method will look at a checkpoint and the proof that comes with it, remember it, and answer with our signature, or why not."""
        try:
            old, path, note = _parted(body)
            claimed = unchecked(note)
        except (NoteBroken, UnicodeDecodeError) as error:
            return Answer(400, f"{error}\n")
        verifier = self.verifier_of(claimed.origin)
        if verifier is None:
            return Answer(404, "unknown log\n")
        try:
            signed = read_signed(note, verifier)
        except NoteBroken as error:
            return Answer(403, f"{error}\n")
        checkpoint = signed.checkpoint
        if old > checkpoint.size:
            return Answer(400, "the old size is larger than the new\n")
        with self.lock:
            last = self.last(checkpoint.origin)
            seen = last or Checkpoint(checkpoint.origin, 0, EMPTY)
            if old != seen.size:
                return Answer(409, f"{seen.size}\n", SIZE)
            try:
                check_consistency(old, checkpoint.size, seen.root, checkpoint.root, path)
            except ProofWrong as error:
                self._keep_evidence(note, checkpoint.origin)
                return Answer(422, f"{error}\n")
            moment = second()
            line = self.signer.line(signed.signatures.text, moment)
            self._keep(checkpoint.origin, signed.signatures.text, note)
        return Answer(200, line)

    def _keep(self, origin: str, text: str, note: str) -> None:
        path = self._file(origin)
        write_durably([(path, json.dumps({"origin": origin, "text": text, "note": note}, ensure_ascii=False).encode())])
        sync_folder(path.parent)

    def _keep_evidence(self, note: str, origin: str) -> None:
        """What a log signed that does not fit is the proof against it: the first is kept."""
        path = self._file(origin).with_suffix(".evidence")
        if not path.exists():
            write_durably([(path, note.encode())])

    def _file(self, origin: str) -> Path:
        return self.folder / f"{hashlib.sha256(origin.encode()).hexdigest()[:32]}.json"


def request_of(old: int, path: Sequence[bytes], note: str) -> bytes:
    """This function will write what is sent to a witness."""
    return "\n".join([f"old {old}", *map(based, path), "", note]).encode()


def _parted(body: bytes) -> tuple[int, list[bytes], str]:
    if len(body) > LONGEST:
        raise CheckpointBroken("the request is too long")
    head, gap, note = body.decode().partition("\n\n")
    lines = head.split("\n")
    if not gap or not lines[0].startswith("old "):
        raise CheckpointBroken("a request begins with the old size and ends with a checkpoint")
    path = [unbased(line) for line in lines[1:]]
    if len(path) > 63 or any(len(one) != 32 for one in path):
        raise CheckpointBroken("a line of the proof is no hash")
    return decimal(lines[0][4:]), path, note
