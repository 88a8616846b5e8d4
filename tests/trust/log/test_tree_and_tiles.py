"""哈希树与瓦片测试: do roots and proofs agree with the definition, and does an audit find every changed byte?"""

import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.trust.log.audit import audit, strangers
from touchstone.trust.log.checkpoints import Checkpoint
from touchstone.trust.log.folder import Folder, Growing
from touchstone.trust.log.merkle import (
    EMPTY,
    Edge,
    ProofWrong,
    check_consistency,
    check_inclusion,
    consistency,
    inclusion,
    leaf_hash,
    node_hash,
    root_of,
)
from touchstone.trust.log.notes import Signer
from touchstone.trust.log.proofs import Receipt, receipt
from touchstone.trust.log.tiles import Reader, tile_path, unbundled, widths

ORIGIN = "city.test/log/draws"
SIGNER = Signer(ORIGIN, bytes(range(32)))
LEAVES = [leaf_hash(bytes([number])) for number in range(70)]


def by_definition(leaves: Sequence[bytes]) -> bytes:
    """The tree hash as RFC 6962 writes it."""
    if not leaves:
        return EMPTY
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return node_hash(by_definition(leaves[:split]), by_definition(leaves[split:]))


def node(height: int, number: int) -> bytes:
    return by_definition(LEAVES[number << height : (number + 1) << height])


def test_every_proof_of_small_trees_holds() -> None:
    """七十条以内的每一棵树：根、每条的路径、每对大小之间的增长证明。"""
    for size in range(len(LEAVES)):
        root = by_definition(LEAVES[:size])
        assert root_of(LEAVES[:size]) == root
        for index in range(size):
            check_inclusion(LEAVES[index], index, size, inclusion(node, index, size), root)
        for old in range(size + 1):
            check_consistency(old, size, by_definition(LEAVES[:old]), root, consistency(node, old, size))


@given(size=st.integers(2, 69), data=st.data())
def test_a_changed_proof_does_not_hold(size: int, data: st.DataObject) -> None:
    """路径改一位、少一项、多一项、换一个序号，都不成立。"""
    index = data.draw(st.integers(0, size - 1))
    root, path = by_definition(LEAVES[:size]), inclusion(node, index, size)
    place, bit = data.draw(st.integers(0, len(path) - 1)), data.draw(st.integers(0, 255))
    changed = bytearray(path[place])
    changed[bit // 8] ^= 1 << bit % 8
    other = data.draw(st.integers(0, size - 1).filter(lambda found: found != index))
    for wrong in ([*path[:place], bytes(changed), *path[place + 1 :]], path[:-1], [*path, EMPTY]):
        with pytest.raises(ProofWrong):
            check_inclusion(LEAVES[index], index, size, wrong, root)
    with pytest.raises(ProofWrong):
        check_inclusion(LEAVES[index], other, size, path, root)
    old = data.draw(st.integers(1, size - 1))
    grown = consistency(node, old, size)
    for wrong in (grown[:-1], [*grown, EMPTY]):
        with pytest.raises(ProofWrong):
            check_consistency(old, size, by_definition(LEAVES[:old]), root, wrong)
    with pytest.raises(ProofWrong):
        check_consistency(old, size, EMPTY, root, grown)


def grown_to(folder: Folder, *counts: int) -> list[bytes]:
    """Publish a log in steps and give its entries."""
    growing, entries = Growing(), list[bytes]()
    for count in counts:
        some = [b"entry %d" % number for number in range(len(entries), len(entries) + count)]
        before, entries = growing.size, entries + some
        growing, files = growing.grown(some, [leaf_hash(one) for one in some])
        folder.put(files)
        folder.put_checkpoint(SIGNER.signed(Checkpoint(ORIGIN, growing.size, growing.edge().root()).text()))
        folder.clear_partial(before, growing.size)
        growing = Growing.found_in(Reader(folder.fetch, growing.size))  # as a process that starts anew
    return entries


@pytest.mark.parametrize("counts", [(1,), (255, 1), (256, 1), (200, 200, 200), (65_536 - 100, 99, 1, 1)], ids=str)
def test_published_tiles_are_whole(tmp_path: Path, counts: tuple[int, ...]) -> None:
    """瓦片逐步增长后整份相符，各处的回执都成立，没有多余的文件。"""
    folder = Folder(tmp_path)
    entries = grown_to(folder, *counts)
    found = audit(folder.fetch, SIGNER.verifier)
    assert found.faults == [] and found.entries == len(entries)
    names = [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()]
    assert list(strangers(names, found, folder.fetch)) == []
    reader = Reader(folder.fetch, len(entries))
    assert reader.edge().root() == root_of(map(leaf_hash, entries))
    for index in {0, len(entries) // 2, len(entries) - 1}:
        read = Receipt.read(receipt(folder.fetch, folder.checkpoint(), len(entries), index).text())
        read.check(leaf_hash(entries[index]), SIGNER.verifier)


def test_every_changed_byte_is_found(tmp_path: Path) -> None:
    """六百条的日志：随机改动任何文件的任何一位，核对都指出那个文件；缺一个、多一个也指出。"""
    folder, random_ = Folder(tmp_path), random.Random(5)
    grown_to(folder, 300, 300)
    files = sorted(path for path in tmp_path.rglob("*") if path.is_file())
    for _ in range(60):
        path = random_.choice(files)
        whole = path.read_bytes()
        changed = bytearray(whole)
        place = random_.randrange(len(whole) * 8)
        changed[place // 8] ^= 1 << place % 8
        path.write_bytes(changed)
        name = path.relative_to(tmp_path).as_posix()
        found = audit(folder.fetch, SIGNER.verifier)
        faults = [*found.faults, *(strangers([name], found, folder.fetch) if found.made else [])]
        path.write_bytes(whole)
        assert faults, f"{name}第{place}位改动没有发现"
    (tmp_path / tile_path(0, 1)).rename(tmp_path / "away")
    found = audit(folder.fetch, SIGNER.verifier)
    assert any("tile/0/001" in one and "缺失" in one for one in found.faults)
    assert list(strangers(["away"], found, folder.fetch)) == ["away：不是这份日志的文件"]


def test_edge_and_widths() -> None:
    """右缘的写与读；各层瓦片的宽度。"""
    edge = Edge()
    edge.grow(LEAVES[:13])
    assert Edge.read(13, edge.packed()).root() == by_definition(LEAVES[:13])
    with pytest.raises(ValueError, match="full subtrees"):
        Edge.read(12, edge.packed())
    assert list(widths(66_000)) == [(0, 257, 208), (1, 1, 1), (2, 0, 1)]
    with pytest.raises(ValueError, match="middle"):
        unbundled(b"\x00\x05abc")
