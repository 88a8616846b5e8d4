"""抽签测试: does anyone with the seed find the same people, are chances what the weights say, and is the first complete assignment the one taken?"""

import hashlib
import itertools
import json
import math
from collections import Counter
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from touchstone.trust.draws import Entry, RosterBroken, Slot, Unfilled, commitment, fingerprint, matched, ranked, roster_lines, roster_root, seed_of

VECTORS = json.loads((Path(__file__).parent / "draw_vectors.json").read_text(encoding="utf-8"))
SEED = hashlib.sha256(b"test").digest()


@pytest.mark.parametrize("vector", VECTORS, ids=[f"第{n + 1}例" for n in range(len(VECTORS))])
def test_public_vectors(vector):
    """公开的二十个例子：抽中的、派往各处的，一一相同；无解的认得出无解。"""
    seed = bytes.fromhex(vector["seed"])
    drawn = ranked(seed, [Entry(name, vector["stratum"], weight) for name, weight in vector["items"]])
    assert [entry.id for entry in drawn[: vector["k"]]] == vector["selected"]
    slots = [Slot(slot, thing, tuple(vector["cand"][slot])) for slot, thing in vector["slots"]]
    if vector["assignment"] is None:
        with pytest.raises(Unfilled) as refusal:
            matched(seed, slots, vector["cap"])
        assert refusal.value.slots
    else:
        assert matched(seed, slots, vector["cap"]) == vector["assignment"]


def test_order_and_writing_do_not_matter():
    """名单换个次序、同一个字换一种编码，结果都一样。"""
    one, other = [Entry("é甲", "A"), Entry("乙", "A", 2)], [Entry("乙", "A", 2), Entry("e\u0301甲", "A")]
    assert roster_root(one) == roster_root(other)
    assert [e.weight for e in ranked(SEED, one)] == [e.weight for e in ranked(SEED, other)]


def test_a_roster_is_bound_to_its_every_line():
    """名单的指纹按 RFC 6962 计算；改一个字、一份权重，指纹就变。"""
    three = [Entry("a", "A"), Entry("b", "A"), Entry("c", "B", 3)]
    a, b, c = (hashlib.sha256(b"\0" + line).digest() for line in roster_lines(three))
    left = hashlib.sha256(b"\1" + a + b).digest()
    assert roster_root(three) == hashlib.sha256(b"\1" + left + c).hexdigest()
    assert roster_root(three) != roster_root([*three[:2], Entry("c", "B", 2)])
    assert roster_root([]) == hashlib.sha256(b"").hexdigest()


@pytest.mark.parametrize("roster", [[Entry("a", "A"), Entry("a", "B")], [Entry("a", "A", 0)]], ids=["同名两次", "没有签"])
def test_a_broken_roster_is_refused(roster):
    """同名两次、没有签的名单不抽。"""
    with pytest.raises(RosterBroken):
        roster_root(roster)


def test_the_seed_depends_on_every_part():
    """种子由编号、名单、每个来源和保密数共同决定；各部分不会串在一起。"""
    base = ("D1", "root", [("彩票", "0317")], b"secret")
    seeds = {
        seed_of(*base), seed_of("D2", *base[1:]), seed_of("D1", "other", *base[2:]), seed_of("D1", "root", [("彩票", "0318")], b"secret"),
        seed_of("D1", "root", [("彩", "票0317")], b"secret"), seed_of("D1", "root", [("彩票", "0317")], b"other"),
    }  # fmt: skip
    assert len(seeds) == 6
    assert fingerprint("ab", "c") != fingerprint("a", "bc")
    assert commitment(b"x") == hashlib.sha256(b"cvd-draw/v1/commitx").hexdigest()


def test_chances_follow_the_tickets():
    """三千次抽签：一签、两签、四签的人被抽中的比例，与不放回加权抽样相符。"""
    entries = [Entry(f"{n}", "A", weight) for n, weight in enumerate([1] * 10 + [2] * 5 + [4] * 5)]
    times: Counter[int] = Counter()
    draws = 3000
    for n in range(draws):
        times.update(entry.weight for entry in ranked(n.to_bytes(32, "big"), entries)[:1])
    for weight, people in ((1, 10), (2, 5), (4, 5)):
        expected = draws * weight * people / 40
        assert abs(times[weight] - expected) < 4 * math.sqrt(expected)


PEOPLE = [f"p{n}" for n in range(5)]


@st.composite
def tables(draw):
    """Three objects with one or two slots each, and who may go where."""
    slots = [Slot(f"o{o}/{j}", f"o{o}", tuple(draw(st.sets(st.sampled_from(PEOPLE))))) for o in range(3) for j in range(draw(st.integers(1, 2)))]
    return slots, {person: draw(st.integers(0, 2)) for person in PEOPLE}, draw(st.binary(min_size=32, max_size=32))


def first_by_trying(seed, slots, most):
    """The first complete assignment in the seed's order, by trying them all."""
    order = sorted(slots, key=lambda slot: fingerprint("cvd-draw/v1/slot", seed, slot.id))
    liked = [sorted(slot.people, key=partial(fingerprint, "cvd-draw/v1/pair", seed, slot.id)) for slot in order]
    for choice in itertools.product(*liked):
        if len({(slot.object, person) for slot, person in zip(order, choice, strict=True)}) == len(order) and all(
            choice.count(person) <= most[person] for person in choice
        ):
            return dict(zip((slot.id for slot in order), choice, strict=True))
    return None


@settings(max_examples=150, deadline=None)
@given(table=tables())
def test_the_first_complete_assignment_is_taken(table):
    """与逐一试遍所有派法所得的第一个可行派法相同；试遍都不行的，说无法派。"""
    slots, most, seed = table
    expected = first_by_trying(seed, slots, most)
    if expected is None:
        with pytest.raises(Unfilled):
            matched(seed, slots, most)
    else:
        assert matched(seed, slots, most) == expected
