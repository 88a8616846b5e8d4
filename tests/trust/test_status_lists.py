"""状态列表: places, packing, freshness, and what is not believed."""

import gzip
import random
from datetime import timedelta

import pytest

from tests.trust.signed import ORIGIN, issuers, status_list
from touchstone.trust.multibase import base64url, from_base64url
from touchstone.trust.status_lists import LARGEST, SMALLEST, BitString, ListBroken, ListFull, free_index, read_list


def test_index_0_is_the_most_significant_bit() -> None:
    bits = BitString.of([0, 9])
    packed = gzip.decompress(from_base64url(bits.encode()[1:]))
    assert packed[:2] == b"\x80\x40"
    assert len(packed) * 8 == SMALLEST


def test_places_are_set_and_cleared() -> None:
    bits = BitString()
    bits[SMALLEST - 1] = True
    assert (bits[SMALLEST - 1], bits[SMALLEST - 2], bits.ones()) == (True, False, 1)
    bits[SMALLEST - 1] = False
    assert bits.ones() == 0
    for outside in (-1, SMALLEST):
        with pytest.raises(IndexError):
            bits[outside]


def test_what_is_packed_comes_back_and_is_packed_the_same() -> None:
    chance = random.Random(6)
    places = {chance.randrange(SMALLEST) for _ in range(500)}
    text = BitString.of(places).encode()
    found = BitString.decode(text)
    assert {place for place in range(SMALLEST) if found[place]} == places
    assert found.encode() == text


def test_a_bomb_is_not_inflated() -> None:
    with pytest.raises(ListBroken, match="过大"):
        BitString.decode("u" + base64url(gzip.compress(bytes(LARGEST // 8 + 1))))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "z123",
        "u",
        "uAAAA",
        BitString().encode()[:-8],
        "u" + base64url(gzip.compress(bytes(100))),
        "u" + base64url(gzip.compress(bytes(SMALLEST // 8)) + b"x"),
        None,
    ],
    ids=range(8),
)
def test_what_is_no_list_is_not_read(text: object) -> None:
    with pytest.raises(ListBroken):
        BitString.decode(text)


def test_indices_come_from_the_given_source_and_are_never_doubled() -> None:
    def taken(seed: int) -> list[int]:
        chance, found = random.Random(seed), set[int]()
        order = []
        for _ in range(2000):
            order.append(free_index(chance.randrange, found))
            found.add(order[-1])
        return order

    assert len(set(taken(1))) == 2000
    assert taken(1) == taken(1) != taken(2)
    with pytest.raises(ListFull):
        free_index(random.Random(1).randrange, range(SMALLEST))


def test_a_list_is_a_credential_of_the_city_for_seven_days() -> None:
    found = read_list(status_list("revocation", 5), issuers())
    assert (found.address, found.purpose, found.until - found.since) == (f"{ORIGIN}/status/1/revocation", "revocation", timedelta(days=7))
    assert found.bits[5] and not found.bits[6]


@pytest.mark.parametrize(
    "change",
    [
        {"validUntil": "2027-04-20T02:00:00Z"},
        {"validFrom": "2026-04-21T02:00:00Z"},
        {"id": f"{ORIGIN}/status/2/revocation"},
        {"id": "https://elsewhere.example/status/1/revocation"},
        {"issuer": f"{ORIGIN}/issuers/PJ20260001"},
        {"more": 1},
        {"credentialSubject": {}},
        {"credentialSubject": {**status_list("revocation")["credentialSubject"], "encodedList": BitString.of([7]).encode()}},
        {"proof": None},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_list_that_was_touched_is_not_believed(change: dict[str, object]) -> None:
    with pytest.raises(ListBroken):
        read_list({**status_list("revocation"), **change}, issuers())
