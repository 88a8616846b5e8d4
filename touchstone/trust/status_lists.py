"""状态列表: has a certificate been revoked, or is it suspended? (W3C Bitstring Status List)

A list has at least 131,072 places, so that who fetches it tells nobody which certificate was meant; index 0 is the most significant bit. It is
itself a credential, signed by the city and good for seven days. Indices are assigned at random, so that neighbours in a list have nothing in common.
"""

import gzip
import zlib
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from touchstone.trust.canonical import Malformed, canonical
from touchstone.trust.claims import CONTEXTS, PURPOSES, list_address
from touchstone.trust.curve import KeyRefused
from touchstone.trust.instants import day_of, in_chinese, moment, read_moment
from touchstone.trust.issuers import CITY, Issuers, address_of, method_of
from touchstone.trust.multibase import Misspelt, base64url, from_base64url
from touchstone.trust.proofs import holds, proofs_of, secure
from touchstone.trust.signing import CryptoProvider, from_multikey
from touchstone.trust.verdicts import Step

SMALLEST = 131_072
LARGEST = 1 << 25  # places; 4 MiB inflated, whatever a text claims
GOOD_FOR = timedelta(days=7)
Purpose = Literal["revocation", "suspension"]


class ListBroken(ValueError):
    """The text is no status list that may be believed; the message is a Chinese sentence."""


class ListFull(ValueError):
    """The list has no room left: begin another one."""


class BitString:
    """The places of a list, all 0 at first."""

    def __init__(self, size: int = SMALLEST, held: bytes = b"") -> None:
        if not SMALLEST <= size <= LARGEST or size % 8:
            raise ValueError(f"a list has {SMALLEST} to {LARGEST} places, a multiple of 8")
        self._held = bytearray(held) if held else bytearray(size // 8)

    @staticmethod
    def of(indices: Iterable[int], size: int = SMALLEST) -> "BitString":
        """This method will give the string in which the given places are 1."""
        found = BitString(size)
        for index in indices:
            found[index] = True
        return found

    def __len__(self) -> int:
        return len(self._held) * 8

    def __getitem__(self, index: int) -> bool:
        self._within(index)
        return bool(self._held[index >> 3] >> (7 - (index & 7)) & 1)

    def __setitem__(self, index: int, on: bool) -> None:
        self._within(index)
        place = 1 << (7 - (index & 7))
        self._held[index >> 3] = self._held[index >> 3] | place if on else self._held[index >> 3] & ~place

    def _within(self, index: int) -> None:
        if not 0 <= index < len(self):
            raise IndexError(index)

    def ones(self) -> int:
        """This method will count the places that are 1."""
        return int.from_bytes(self._held, "big").bit_count()

    def encode(self) -> str:
        """This method will give it as the list carries it: GZIP, base64url, multibase prefix u; the same bytes for the same places."""
        return "u" + base64url(gzip.compress(bytes(self._held), 9, mtime=0))

    @staticmethod
    def decode(text: object, *, largest: int = LARGEST) -> "BitString":
        """This method will read `encode`, inflating no more than `largest` places. :raises ListBroken:"""
        if not isinstance(text, str) or text[:1] != "u":
            raise ListBroken("状态列表的编码不对。")
        try:
            packed, inflater = from_base64url(text[1:]), zlib.decompressobj(31)
            held = inflater.decompress(packed, largest // 8 + 1)
        except (Misspelt, zlib.error) as fault:
            raise ListBroken("状态列表的编码不对，或已损坏。") from fault
        if len(held) > largest // 8:
            raise ListBroken("状态列表解压后过大，不读取。")
        if not inflater.eof or inflater.unused_data:
            raise ListBroken("状态列表的编码不对，或已损坏。")
        if len(held) * 8 < SMALLEST:
            raise ListBroken("状态列表过短，会泄露查的是哪一本证书。")
        return BitString(len(held) * 8, held)


def free_index(draw: Callable[[int], int], taken: Container[int], *, size: int = SMALLEST, tries: int = 256) -> int:
    """This function will give a place nobody has, at random: `draw(n)` gives 0…n-1 (`secrets.randbelow`, or a known source in a test).

    :raises ListFull: when none is found in so many tries; begin a new list when half of one is taken, and it never comes to this.
    """
    for _ in range(tries):
        if (found := draw(size)) not in taken:
            return found
    raise ListFull("状态列表已满，请启用新的列表。")


def build_list(bits: BitString, *, number: int, purpose: Purpose, origin: str, at: datetime) -> dict[str, Any]:
    """This function will give a list as a credential, not yet secured, good for seven days from `at`."""
    address = list_address(origin, number, purpose)
    return {
        "@context": [CONTEXTS[0]],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": address_of(origin, CITY),
        "validFrom": moment(at),
        "validUntil": moment(at + GOOD_FOR),
        "credentialSubject": {"id": f"{address}#list", "type": "BitstringStatusList", "statusPurpose": purpose, "encodedList": bits.encode()},
    }


def secure_list(document: Mapping[str, Any], key: CryptoProvider, *, origin: str, at: datetime) -> dict[str, Any]:
    """This function will sign a list with the city's list key."""
    return secure(document, key, method=method_of(origin, CITY, key.public_key), at=at)


@dataclass(frozen=True)
class StatusList:
    """A list that was read and believed."""

    address: str
    purpose: str
    since: datetime
    until: datetime
    bits: BitString


def read_list(document: object, issuers: Issuers) -> StatusList:
    """This function will read a secured list. Whether it is still fresh is for `standing` to say. :raises ListBroken:"""
    try:
        found, made_at = _read(document, issuers)
    except (Malformed, KeyRefused, KeyError, TypeError, ValueError, AttributeError) as fault:
        if isinstance(fault, ListBroken):
            raise
        raise ListBroken("状态列表缺少应有的内容，或写法不对。") from fault
    if not found.since <= made_at < found.until:
        raise ListBroken("状态列表的签署时间与其有效期不符。")
    return found


def _read(document: Any, issuers: Issuers) -> tuple[StatusList, datetime]:
    subject, proofs = document["credentialSubject"], proofs_of(document)
    address, purpose = document["id"], subject["statusPurpose"]
    origin, _, rest = address.rpartition("/status/")
    number = rest.removesuffix(f"/{purpose}")
    if purpose not in PURPOSES or not number.isascii() or not number.isdigit() or len(number) > 12:
        raise ListBroken("状态列表的地址或用途不对。")
    since, bits = read_moment(document["validFrom"]), BitString.decode(subject["encodedList"])
    bare = {name: held for name, held in document.items() if name != "proof"}
    plain = build_list(bits, number=int(number), purpose=purpose, origin=origin, at=since)
    plain["credentialSubject"]["encodedList"] = subject["encodedList"]  # another packer may pack the same places otherwise
    if canonical(plain) != canonical(bare) or origin not in issuers.origins or len(proofs) != 1:
        raise ListBroken("状态列表里有多出来的或写法不同的内容。")
    made_at = read_moment(proofs[0]["created"])
    _, _, named = proofs[0]["verificationMethod"].partition("#")
    signer = issuers.of(from_multikey(named)[1])
    if signer is None or signer.code != CITY or proofs[0]["verificationMethod"] != method_of(origin, CITY, signer.key):
        raise ListBroken("状态列表不是由本市的列表密钥签署的。")
    if signer.distrusted or not signer.valid_on(made_at):
        raise ListBroken("签署状态列表的密钥当时不在有效期内。")
    if not holds(document, proofs[0], signer.key):
        raise ListBroken("状态列表的签名不对，内容被改动过。")
    return StatusList(address, purpose, since, since + GOOD_FOR, bits), made_at


def standing(number: int, index: int, lists: Iterable[object], issuers: Issuers, *, at: datetime) -> Step:
    """This function will say how a certificate stands by the lists at hand (secured documents, or lists already read)."""
    held: dict[str, StatusList] = {}
    for one in lists:
        try:
            found = one if isinstance(one, StatusList) else read_list(one, issuers)
        except ListBroken as fault:
            return Step("standing", "bad", f"状态列表不可信：{fault}")
        ours = any(found.address == list_address(origin, number, found.purpose) for origin in issuers.origins)
        if ours and (found.purpose not in held or found.since > held[found.purpose].since):
            held[found.purpose] = found
    revoked, suspended = held.get("revocation"), held.get("suspension")
    if any(index >= len(one.bits) for one in held.values()):
        return Step("standing", "bad", "证书在状态列表中的位置超出了列表，不是本系统签发的样子。")
    if revoked and revoked.bits[index]:  # also by an old list: what was revoked stays so, save after an appeal, and then a fresh list says it
        return Step("standing", "bad", f"证书已被撤销（截至{_day(revoked.since)}的状态列表）。")
    if revoked is None or suspended is None:
        return Step("standing", "unknown", "没有取得状态列表，不知道证书是否已被撤销；请联网后再查。")
    earliest = min(revoked.since, suspended.since)
    if at >= min(revoked.until, suspended.until):
        return Step("standing", "unknown", f"手头的状态列表截至{_day(earliest)}，已过七天有效期；当时未被撤销，请联网后再查。")
    if revoked.since > at + timedelta(minutes=10):
        return Step("standing", "unknown", "状态列表的日期晚于本机时间，请校准时间后再查。")
    if suspended.bits[index]:
        return Step("standing", "unknown", f"证书正在核查中，结论未出（截至{_day(suspended.since)}的状态列表）。")
    return Step("standing", "good", f"未被撤销，也不在核查中（截至{_day(earliest)}的状态列表）。")


def _day(at: datetime) -> str:
    return in_chinese(day_of(at))
