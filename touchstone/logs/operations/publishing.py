"""公布: how does a signed size come before everybody: tiles first, then witnesses, then the checkpoint?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from django.conf import settings

from touchstone.logs.models import Checkpoint, Log
from touchstone.logs.operations.appending import Appended, MustNotSign, append, last_checkpoint, leaf_count, leaves_between
from touchstone.logs.places import folder_of, served_folder
from touchstone.trust.log.checkpoints import read_signed
from touchstone.trust.log.folder import Folder, Growing, sync_folder, write_durably
from touchstone.trust.log.merkle import Edge, consistency
from touchstone.trust.log.notes import NoteBroken, Signer, Verifier, opened
from touchstone.trust.log.source import KEYS
from touchstone.trust.log.tiles import Reader, TileBroken

CHUNK = 50_000
STALE = timedelta(minutes=15)
"""After that a log that stands still asks its witnesses again, so that everybody sees that they still see it."""


class WitnessAway(Exception):
    """A witness does not answer, or answers what we cannot use."""


class WitnessDisagrees(Exception):
    """A witness has seen another history of this log."""


class Witness(Protocol):
    """Somebody apart from us who signs what he has seen grow."""

    verifier: Verifier

    def cosign(self, old: int, path: Sequence[bytes], note: str) -> str:
        """This method will give signature lines. :raises WitnessKnows: :raises WitnessAway: :raises WitnessDisagrees:"""


class WitnessKnows(Exception):
    """A witness has seen another size last than was said."""

    def __init__(self, size: int) -> None:
        super().__init__(f"the witness has seen {size}")
        self.size = size


@dataclass
class Kept:
    """A log as this process knows it: what is signed, what is on the disk, and what each witness has seen."""

    log: Log
    signer: Signer
    folder: Folder
    signed: int
    growing: Growing
    seen: dict[str, int] = field(default_factory=dict)

    def take(self, *, at: datetime, most: int, held: Callable[[], bool]) -> Appended | None:
        """This method will put waiting entries into their places (see `appending.append`). :raises MustNotSign:"""
        made = append(self.log, self.signer, after=self.signed, at=at, most=most, held=held)
        if made is not None:
            self.signed = made.checkpoint.size
        return made

    def write_tiles(self, made: Appended | None = None) -> None:
        """This method will write the tiles up to what is signed; where writing fails, what was published stays as it was.

        :raises OSError: :raises MustNotSign: where they do not come to the root that was signed.
        """
        end = self.signed
        while self.growing.size < end:
            start = self.growing.size
            if made is not None and made.checkpoint.size - len(made.entries) == start and made.checkpoint.size == end:
                entries, hashes = made.entries, made.hashes
            else:
                entries, hashes = leaves_between(self.log, start, min(end, start + CHUNK))
            growing, files = self.growing.grown(entries, hashes)
            if growing.size == end:
                self._compare(growing)
            self.folder.put(files)
            self.growing = growing

    def _compare(self, growing: Growing) -> None:
        there = Checkpoint.objects.filter(log=self.log, size=growing.size).first()
        if there is None or growing.edge().root() != bytes(there.root):
            raise MustNotSign(f"条目算出的根哈希与第{growing.size}条处签名的检查点不同，条目表可能被改动。")

    def publish(self, witnesses: Sequence[Witness], *, at: datetime) -> list[str]:
        """This method will have the checkpoint witnessed and replace the published one; it gives a sentence for each witness that did not sign.

        :raises OSError: :raises MustNotSign: where a witness is ahead of us, or has seen another history.
        """
        note = Checkpoint.objects.get(log=self.log, size=self.growing.size).note
        lines, absent, second = [], [], 0
        for one in witnesses:
            try:
                line = self._cosigned(one, note)
                second = max(second, opened(f"{note}{line}", [one.verifier]).witnessed())
                lines.append(line)
            except (WitnessAway, NoteBroken) as error:
                absent.append(f"见证人{one.verifier.name}没有见证：{error}")
            except WitnessDisagrees as error:
                raise MustNotSign(f"见证人{one.verifier.name}看到的历史与我们的不同：{error}") from error
        before = self.log.published_size
        for folder in {self.folder.path: self.folder, served_folder(self.log.name).path: served_folder(self.log.name)}.values():
            folder.put_checkpoint(note + "".join(lines))
        put_keys()
        self.folder.clear_partial(before, self.growing.size)
        self._note(at, second)
        return absent

    def _note(self, at: datetime, second: int) -> None:
        self.log.published_size, self.log.published_at, self.log.alarm = self.growing.size, at, ""
        if second:
            self.log.witnessed_at = datetime.fromtimestamp(second, tz=at.tzinfo)
        self.log.save(update_fields=["published_size", "published_at", "witnessed_at", "alarm"])

    def _cosigned(self, witness: Witness, note: str) -> str:
        name, size = witness.verifier.name, self.growing.size
        node = Reader(self.folder.fetch, size).node
        for _ in range(3):
            old = self.seen.get(name, 0)
            try:
                line = witness.cosign(old, consistency(node, old, size), note)
            except WitnessKnows as told:
                if told.size > size:
                    raise MustNotSign(f"见证人{name}已经见证到第{told.size}条，我们只有{size}条：数据库可能恢复了旧备份。") from told
                self.seen[name] = told.size
                continue
            self.seen[name] = size
            return line
        raise WitnessAway("每次说的条数都不一样")

    @property
    def behind(self) -> bool:
        """Whether something signed is not published yet."""
        return min(self.growing.size, self.log.published_size) < self.signed or self.log.published_at is None


def take_up(log: Log, private: bytes, witnesses: Sequence[Witness]) -> Kept:
    """This function will take up a log where it stands, having compared database, published copy and witnesses.

    :raises MustNotSign: where one of them is ahead of the database, or tells another history. :raises OSError:
    """
    signer = Signer(log.origin, private)
    if log.key != str(signer.verifier):
        raise MustNotSign("日志签名密钥不是启用这份日志时的那一把。请从备份恢复密钥文件。")
    last, folder = last_checkpoint(log), folder_of(log.name)
    if last is None:
        raise MustNotSign("数据库里没有这份日志的检查点。")
    if (there := leaf_count(log)) != last.size:
        raise MustNotSign(f"最后的检查点为{last.size}条，条目表里有{there}条。")
    kept = Kept(log, signer, folder, last.size, _published(log, folder, signer.verifier, last))
    if last.size == kept.growing.size:
        kept._compare(kept.growing)
    _ask_ahead(kept, witnesses, last.note)
    return kept


def _published(log: Log, folder: Folder, verifier: Verifier, last: Checkpoint) -> Growing:
    """Where the published copy stands: its checkpoint must be one of ours, its tiles must come to its root."""
    for copy in (served_folder(log.name), folder):
        note = copy.checkpoint()
        if not note:
            return Growing()
        try:
            there = read_signed(note, verifier).checkpoint
        except NoteBroken as error:
            raise MustNotSign(f"已公布的检查点不成立（{error}），文件可能被改动。") from error
        if there.size > last.size:
            raise MustNotSign(f"已公布的有{there.size}条，数据库里只有{last.size}条：数据库可能恢复了旧备份。")
        ours = Checkpoint.objects.filter(log=log, size=there.size).first()
        if ours is None or bytes(ours.root) != there.root:
            raise MustNotSign(f"已公布的第{there.size}条处的检查点，与数据库里的不同。")
    try:
        growing = Growing.found_in(Reader(folder.fetch, there.size))
    except FileNotFoundError as error:
        raise MustNotSign(f"已公布的瓦片缺失：{error.filename}") from error
    except TileBroken as error:
        raise MustNotSign(f"已公布的瓦片损坏：{error}") from error
    if growing.edge().root() != there.root:
        raise MustNotSign("已公布的瓦片与检查点不符，文件可能被改动。")
    return growing


def _ask_ahead(kept: Kept, witnesses: Sequence[Witness], note: str) -> None:
    """Learn from each witness that answers what it has seen, before anything new is signed."""
    for one in witnesses:
        try:
            one.cosign(0, [], note)
            kept.seen[one.verifier.name] = kept.signed
        except WitnessKnows as told:
            kept.seen[one.verifier.name] = told.size
            if told.size > kept.signed:
                words = f"见证人{one.verifier.name}已经见证到第{told.size}条，数据库里只有{kept.signed}条：数据库可能恢复了旧备份。"
                raise MustNotSign(words) from told
        except WitnessDisagrees as error:
            raise MustNotSign(f"见证人{one.verifier.name}看到的历史与我们的不同：{error}") from error
        except WitnessAway:
            continue


def set_aside(name: str) -> str:
    """This function will set a damaged published copy aside, so that the sequencer writes it anew from the database, and say where it lies.

    :raises MustNotSign: where the database itself does not come to the roots that were signed, or the published copy is ahead of it.
    """
    log = Log.objects.get(name=name)
    last, edge = last_checkpoint(log), Edge()
    if last is None:
        raise MustNotSign("数据库里没有这份日志的检查点。")
    for start in range(0, last.size, CHUNK):
        edge.grow(leaves_between(log, start, min(last.size, start + CHUNK))[1])
    if edge.root() != bytes(last.root):
        raise MustNotSign("数据库里的条目算出的根哈希与签名的不同，不能据以重写。请从备份恢复数据库。")
    for copy in (served_folder(name), folder_of(name)):
        note = copy.checkpoint()
        if note and read_signed(note, Verifier.read(log.key)).checkpoint.size > last.size:
            raise MustNotSign("已公布的比数据库里的多，不能重写。请从较新的备份恢复数据库。")
    path = folder_of(name).path
    number = next(number for number in range(1, 1000) if not path.with_name(f"{name}.damaged-{number}").exists())
    aside = path.with_name(f"{name}.damaged-{number}")
    if path.exists():
        path.rename(aside)
    return str(aside)


def put_keys() -> None:
    """This function will publish the keys of all logs in one file, where they have changed. :raises OSError:"""
    text = "".join(f"{key}\n" for key in Log.objects.order_by("name").values_list("key", flat=True))
    path = Path(settings.LOG_DIR) / KEYS
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        write_durably([(path, text.encode())])
        sync_folder(path.parent)


def raise_alarm(log: Log, sentence: str) -> None:
    """This function will put on record why a log is not signed on, where it is not on record already."""
    if log.alarm != sentence:
        log.alarm = sentence
        log.save(update_fields=["alarm"])


