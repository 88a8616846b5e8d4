"""签名与见证测试: is anything accepted that was not signed so, and does a witness sign only what has grown?"""

from pathlib import Path

import pytest

from touchstone.trust.log.checkpoints import Checkpoint, read_signed
from touchstone.trust.log.merkle import Edge, consistency, inclusion, leaf_hash, root_of
from touchstone.trust.log.monitor import Seen, figures_wrong, look
from touchstone.trust.log.notes import COSIGNATURE, NoteBroken, NotSigned, Signer, Verifier, opened
from touchstone.trust.log.proofs import Receipt
from touchstone.trust.log.tiles import bundle
from touchstone.trust.log.witness import Witness, request_of

ORIGIN = "city.test/log/decisions"
LOG, OTHER = Signer(ORIGIN, bytes(range(32))), Signer(ORIGIN, bytes(32))
EYE = Signer("witness.test/w1", bytes(range(1, 33)), COSIGNATURE)
ENTRIES = [b'{"kind":"filing.accepted","n":%d}' % number for number in range(40)]
LEAVES = [leaf_hash(one) for one in ENTRIES]


def node(height: int, number: int) -> bytes:
    return root_of(LEAVES[number << height : (number + 1) << height])


def note_of(size: int, signer: Signer = LOG, leaves: list[bytes] = LEAVES) -> str:
    return signer.signed(Checkpoint(ORIGIN, size, root_of(leaves[:size])).text())


def test_no_changed_bit_of_a_checkpoint_is_accepted() -> None:
    """带见证的检查点每一位翻转，要么不成立，要么见证不再算数；没有一处被当作原样接受。"""
    text = Checkpoint(ORIGIN, 40, root_of(LEAVES)).text()
    note = LOG.signed(text) + EYE.line(text, 1_700_000_000)
    raw, whole = note.encode(), read_signed(note, LOG.verifier, [EYE.verifier])
    assert whole.signatures.witnessed() == 1_700_000_000
    for place in range(len(raw) * 8):
        changed = bytearray(raw)
        changed[place // 8] ^= 1 << place % 8
        try:
            found = read_signed(changed.decode(), LOG.verifier, [EYE.verifier])
        except (NoteBroken, UnicodeDecodeError):
            continue
        assert found.checkpoint == whole.checkpoint and found.signatures.witnessed() == 0


def test_keys_are_read_strictly() -> None:
    """公钥写法：改一位、少一段、换一种算法都不认。"""
    text = str(LOG.verifier)
    assert Verifier.read(text) == LOG.verifier
    for wrong in (text[:-3], text.replace("+", "-", 1), text.replace("city", "cite"), "a+00000000+AQ=="):
        with pytest.raises(NoteBroken):
            Verifier.read(wrong)
    with pytest.raises(NotSigned):
        opened(note_of(3, OTHER), [LOG.verifier])
    with pytest.raises(NoteBroken):
        LOG.signed("no newline at the end")


@pytest.mark.parametrize("change", [lambda text: text.replace("index 5", "index 05"), lambda text: text.replace("@v1", "@v2"),
                                    lambda text: text.replace("\n\n", "\n", 1), lambda text: text + "x"],
                         ids=["序号写法", "版本", "没有空行", "多一个字"])  # fmt: skip
def test_a_changed_receipt_is_refused(change) -> None:
    """回执改了写法就不成立。"""
    made = Receipt(5, tuple(inclusion(node, 5, 32)), note_of(32), b"extra")
    assert Receipt.read(made.text()) == made
    made.check(LEAVES[5], LOG.verifier)
    with pytest.raises(ValueError):
        Receipt.read(change(made.text())).check(LEAVES[5], LOG.verifier)


@pytest.fixture
def witness(tmp_path: Path) -> Witness:
    """A witness that trusts the city's logs."""
    return Witness(EYE, {"city.test/log/": LOG.verifier.public}, tmp_path)


def asked(witness: Witness, old: int, note: str, path: list[bytes] | None = None) -> tuple[int, str]:
    answer = witness.add_checkpoint(request_of(old, path or [], note), second=lambda: 7)
    return answer.code, answer.words


def test_a_witness_signs_only_what_has_grown(witness: Witness, tmp_path: Path) -> None:
    """第一次、增长、同一份，都见证；改过历史、说错上次的条数、别人的日志、别人的签名，都不见证。重新启动后记得。"""
    code, line = asked(witness, 0, note_of(16))
    assert code == 200 and opened(note_of(16) + line, [EYE.verifier]).witnessed() == 7
    assert asked(witness, 0, note_of(20)) == (409, "16\n")
    assert asked(witness, 16, note_of(40), consistency(node, 16, 40))[0] == 200
    again = Witness(EYE, witness.trusted, tmp_path)
    assert asked(again, 16, note_of(40)) == (409, "40\n")
    assert asked(again, 40, note_of(40))[0] == 200
    forged = [*LEAVES[:3], leaf_hash(b"x"), *LEAVES[4:]]
    assert asked(again, 40, note_of(40, leaves=forged))[0] == 422
    assert asked(again, 40, note_of(20))[0] == 400
    assert asked(again, 40, note_of(40, OTHER))[0] == 403
    foreign = Signer("other.test/log/x", bytes(range(32)))
    assert asked(again, 0, foreign.signed(Checkpoint("other.test/log/x", 0, Edge().root()).text()))[0] == 404
    assert again.add_checkpoint(b"nonsense", second=lambda: 7).code == 400
    assert list(tmp_path.glob("*.evidence")), "改过历史的检查点没有留作证据"


def fetch_of(size: int, leaves: list[bytes] = LEAVES, entries: list[bytes] = ENTRIES):
    files = {"checkpoint": note_of(size, leaves=leaves).encode()}
    files |= {f"tile/0/000.p/{size}": b"".join(leaves[:size]), f"tile/entries/000.p/{size}": bundle(entries[:size])}

    def fetch(name: str) -> bytes:
        try:
            return files[name]
        except KeyError:
            raise FileNotFoundError(name) from None

    return fetch


def test_a_monitor_sees_a_changed_history() -> None:
    """监看：增长的接着数；变短、换掉旧条目、条目与瓦片不符，都说得出来。"""
    first = look(fetch_of(10), LOG.verifier, Seen(ORIGIN))
    second = look(fetch_of(40), LOG.verifier, Seen.read(first.as_record()))
    assert (second.size, second.kinds, second.faults) == (40, {"filing.accepted": 40}, [])
    assert "变短" in look(fetch_of(10), LOG.verifier, second).faults[0]
    entries = [*ENTRIES[:3], b"forged", *ENTRIES[4:]]
    forged = [leaf_hash(one) for one in entries]
    assert "不是同一份历史" in look(fetch_of(40, forged, entries), LOG.verifier, first).faults[0]
    assert "根哈希" in look(fetch_of(40, entries=[*ENTRIES[:20], b"forged", *ENTRIES[21:]]), LOG.verifier, first).faults[0]
    figures = {"day": "2026-03-02", "sizes": {"d": 40}, "logged": {"filing.accepted": 41}, "register": {"filing.accepted": 42}, "before": {}}
    assert len(figures_wrong(figures, lambda name, size: {"filing.accepted": size})) == 2
