"""编入测试: is every entry logged once, published whole, witnessed, and does the sequencer refuse where two histories could come of it?"""

import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction

from tests.cast import START
from tests.logs.stage import NearWitness, a_sequencer, send
from touchstone.logs.keys import private_key
from touchstone.logs.models import Checkpoint, Leaf, Log, Outbox, Sequencer
from touchstone.logs.operations import appending
from touchstone.logs.operations.publishing import set_aside
from touchstone.logs.places import folder_of, served_folder
from touchstone.logs.queries import receipt_of
from touchstone.trust.log.audit import audit
from touchstone.trust.log.checkpoints import read_signed
from touchstone.trust.log.notes import Signer, Verifier
from touchstone.trust.log.proofs import Receipt

pytestmark = pytest.mark.django_db


def key_of(name: str) -> Verifier:
    return Verifier.read(Log.objects.get(name=name).key)


def published(name: str) -> int:
    """The size everybody sees, every byte behind it read and compared."""
    found = audit(folder_of(name).fetch, key_of(name))
    assert found.faults == [] and found.signed is not None
    return found.signed.checkpoint.size


def test_entries_are_published_and_have_receipts(witness: NearWitness) -> None:
    """送交的条目编入一次、全部公布、有见证，每条都有回执。"""
    lines, sequencer = send(300), a_sequencer(witness)
    sequencer.step()
    assert not Outbox.objects.exists() and published("decisions") == 300
    lines += send(213, first=300)
    sequencer.step()
    assert published("decisions") == 513 and Leaf.objects.count() == 513
    for at in (0, 255, 256, 299, 300, 512):
        text = receipt_of(lines[at].leaf_hash(START))
        assert text is not None
        read = Receipt.read(text)
        signed = read.check(lines[at].leaf_hash(START), key_of("decisions"), [witness.verifier])
        assert read.index == at and signed.signatures.witnessed() == int(START.timestamp())
    assert receipt_of(bytes(32)) is None
    log = Log.objects.get(name="decisions")
    assert (log.published_size, log.published_at, log.witnessed_at, log.alarm) == (513, START, START, "")


def test_a_heap_is_worked_off_in_parts(witness: NearWitness) -> None:
    """积压的条目分批编入，检查点随最后一批公布。"""
    send(1000)
    sequencer = a_sequencer(witness, most=300)
    assert [sequencer.step() for _ in range(4)] == [True, True, True, False]
    assert published("decisions") == 1000


def test_a_closed_log_shows_its_checkpoint_only(witness: NearWitness) -> None:
    """审计日志只公布检查点，不公布条目。"""
    send(3, kind="archive.root")
    a_sequencer(witness).step()
    there = sorted(path.name for path in served_folder("audit").path.rglob("*") if path.is_file())
    assert there == ["checkpoint"] and published("audit") == 3


def test_what_was_signed_before_a_crash_is_published_after(witness: NearWitness) -> None:
    """签名以后、公布以前中断：重新启动后照签名公布，不再编一次。"""
    send(5)
    a_sequencer(witness).step()
    send(7, first=5)
    with transaction.atomic():
        log = Log.objects.get(name="decisions")
        appending.append(log, Signer(log.origin, private_key()), after=5, at=START)
    a_sequencer(witness).step()
    assert published("decisions") == 12 and Leaf.objects.count() == 12


def test_without_a_folder_all_is_written_anew(witness: NearWitness) -> None:
    """瓦片目录整个丢失：由数据库重新写出，检查点不变。"""
    send(600)
    a_sequencer(witness).step()
    before = read_signed(folder_of("decisions").checkpoint(), key_of("decisions")).checkpoint
    shutil.rmtree(settings.LOG_DIR)
    a_sequencer(witness).step()
    assert published("decisions") == 600
    assert read_signed(folder_of("decisions").checkpoint(), key_of("decisions")).checkpoint == before


def test_a_witness_that_is_away_holds_nothing_up(witness: NearWitness) -> None:
    """见证人不应答时照常公布，恢复后补上见证。"""
    sequencer = a_sequencer(witness)
    witness.away = True
    send(3)
    sequencer.step()
    assert published("decisions") == 3 and Log.objects.get().witnessed_at is None
    witness.away = False
    send(1, first=3)
    sequencer.step()
    assert Log.objects.get().witnessed_at == START


class TestRefuses:
    """拒绝签名。"""

    def restored(self, size: int) -> None:
        """Put the database back to an earlier size, as a restored backup is."""
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE logs_leaf DISABLE TRIGGER USER; ALTER TABLE logs_checkpoint DISABLE TRIGGER USER")
            cursor.execute("DELETE FROM logs_leaf WHERE index >= %s", [size])
            cursor.execute("DELETE FROM logs_checkpoint WHERE size > %s", [size])
            cursor.execute("ALTER TABLE logs_leaf ENABLE TRIGGER USER; ALTER TABLE logs_checkpoint ENABLE TRIGGER USER")

    def refuses(self, witness: NearWitness, words: str) -> None:
        """A sequencer that starts now signs nothing, and says why."""
        signed, size = Checkpoint.objects.count(), Leaf.objects.count()
        sequencer = a_sequencer(witness)
        send(1, first=900)
        sequencer.step()
        assert words in Log.objects.get().alarm
        assert (Checkpoint.objects.count(), Leaf.objects.count(), Outbox.objects.count()) == (signed, size, 1)

    def grown(self, witness: NearWitness) -> None:
        """Two sizes, 4 and 9, both published and witnessed."""
        sequencer = a_sequencer(witness)
        for count, first in ((4, 0), (5, 4)):
            send(count, first=first)
            sequencer.step()

    def test_a_restored_backup_behind_the_published_copy(self, witness: NearWitness) -> None:
        """恢复了旧备份：已公布的更多。"""
        self.grown(witness)
        self.restored(4)
        self.refuses(witness, "已公布的有9条，数据库里只有4条")

    def test_a_restored_backup_that_only_the_witness_knows(self, witness: NearWitness) -> None:
        """数据库和目录一起恢复了旧备份：见证人看到过更多。"""
        sequencer = a_sequencer(witness)
        send(4)
        sequencer.step()
        kept = folder_of("decisions").checkpoint()
        send(5, first=4)
        sequencer.step()
        self.restored(4)
        folder_of("decisions").put_checkpoint(kept)
        self.refuses(witness, "已经见证到第9条")

    def test_a_changed_tile(self, witness: NearWitness) -> None:
        """瓦片被改了一位。"""
        self.grown(witness)
        path = folder_of("decisions").path / "tile/0/000.p/9"
        changed = bytearray(path.read_bytes())
        changed[100] ^= 1
        path.write_bytes(changed)
        self.refuses(witness, "瓦片与检查点不符")
        set_aside("decisions")
        a_sequencer(witness).step()
        assert published("decisions") == 10 and (folder_of("decisions").path.with_name("decisions.damaged-1") / "checkpoint").exists()

    def test_a_changed_leaf(self, witness: NearWitness) -> None:
        """条目表被绕过触发器改动，瓦片重写时发现。"""
        self.grown(witness)
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE logs_leaf DISABLE TRIGGER USER")
            cursor.execute("UPDATE logs_leaf SET entry = 'x', hash = sha256('\\x0078') WHERE index = 2")
            cursor.execute("ALTER TABLE logs_leaf ENABLE TRIGGER USER")
        shutil.rmtree(settings.LOG_DIR)
        sequencer = a_sequencer(witness)
        sequencer.step()
        assert "条目算出的根哈希" in Log.objects.get().alarm

    def test_another_key(self, witness: NearWitness) -> None:
        """换了密钥文件。"""
        self.grown(witness)
        path = Path(settings.LOG_KEY_FILE)
        before = path.read_text()
        try:
            path.write_text("ab" * 32)
            self.refuses(witness, "不是启用这份日志时的那一把")
        finally:
            path.write_text(before)

    def test_no_key_or_an_open_one(self, witness: NearWitness) -> None:
        """没有密钥，或者他人可读：不编入，运行页面说明原因。"""
        path = Path(settings.LOG_KEY_FILE)
        send(1)
        path.chmod(0o644)
        a_sequencer(witness).step()
        assert "能被他人读取" in Sequencer.objects.get().alarm
        path.unlink()
        a_sequencer(witness).step()
        assert "touchstone log key" in Sequencer.objects.get().alarm and Outbox.objects.count() == 1

    def test_a_full_disk(self, witness: NearWitness) -> None:
        """日志目录写不进：条目已签名，等待公布；恢复后补上，一条不少。"""
        self.grown(witness)
        root = Path(settings.LOG_DIR)
        tiles = folder_of("decisions").path / "tile"
        tiles.rename(root / "away")
        tiles.write_bytes(b"")  # where a folder was there is a file: nothing can be written below
        now = [START]
        sequencer = a_sequencer(witness, now=lambda: now[0])
        send(3, first=9)
        sequencer.step()
        assert "不能写入或读取" in Log.objects.get().alarm
        tiles.unlink()
        (root / "away").rename(tiles)
        a_sequencer(witness).step()
        assert published("decisions") == 12 and Log.objects.get().alarm == ""
