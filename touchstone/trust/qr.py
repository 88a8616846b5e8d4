"""二维码: what does the code on a certificate carry, so that a phone can check it without asking us?

A COSE_Sign1 (RFC 9052) after the `#` of an address of ours, so that no server ever sees it. One form only: what was read, written again, must be the
very bytes (tag 18, empty unprotected map, fixed protected header, keys in order), or a flipped bit could pass unseen.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import cbor2

from touchstone.trust.claims import CertificateClaims, Scheme
from touchstone.trust.credentials import dates_step, issuer_step, signature_step
from touchstone.trust.identity import IN_QR
from touchstone.trust.instants import SHANGHAI, day_of
from touchstone.trust.issuers import CITY, IssuerKey, Issuers
from touchstone.trust.multibase import Misspelt, base64url, from_base64url
from touchstone.trust.signing import ED25519, CryptoProvider, short_name, verify
from touchstone.trust.status_lists import standing
from touchstone.trust.verdicts import Step, Verdict

LONGEST = 331  # characters that version 13 holds at error correction M
_ROOM_FOR_ORIGIN = 40
_PATH = "/v#"
_VERSION = 1
USUAL_KIND = "居民身份证"
LEVELS = {
    "5": "五级/初级工", "4": "四级/中级工", "3": "三级/高级工", "2": "二级/技师", "1": "一级/高级技师", "T": "特级技师", "S": "首席技师",
}  # fmt: skip
_EPOCH = date(1970, 1, 1)
_CUTS = (200, *range(40, 0, -1))  # places for long names; the holder's keeps six


class TooLong(ValueError):
    """What must stand in the code does not fit into version 13."""


class NotSealed(ValueError):
    """The text is no code of ours, or not in its only form; the message is a Chinese sentence."""


@dataclass(frozen=True)
class SealedCertificate:
    """What a code says. Long names may end in “…”; `key` are the 8 bytes that name the issuer's key."""

    number: str
    holder_name: str
    id_kind: str
    id_masked: str
    id_commitment: bytes
    occupation_code: str
    occupation_name: str
    trade_name: str
    level: str
    level_label: str
    issued_on: date
    signed_on: date
    status_list: int
    status_index: int
    scheme: Scheme
    key: bytes = b""


@dataclass(frozen=True)
class Opened:
    """What became of a code: the verdict, what it says (when it could be read), and whose key signed it (when it is known)."""

    verdict: Verdict
    says: SealedCertificate | None = None
    issuer: IssuerKey | None = None


def seal(claims: CertificateClaims, key: CryptoProvider, *, origin: str = "", signed_on: date | None = None) -> bytes:
    """This function will sign what a certificate's code carries; `signed_on` where that is another day than the day of issue.

    Names too long for the code are cut. :raises TooLong: where even that does not help.
    """
    room = (LONGEST - len(_PATH) - (len(origin.rstrip("/")) or _ROOM_FOR_ORIGIN)) * 3 // 4
    for most in _CUTS:
        payload = cbor2.dumps(_written(_said(claims, most, signed_on or claims.issued_on)), canonical=True)
        protected = _protected(short_name(key.public_key))
        if len(_assembled(protected, payload, bytes(64))) <= room:
            return _assembled(protected, payload, key.sign(_to_sign(protected, payload)))
    raise TooLong(f"certificate {claims.number} does not fit into {room} bytes")


def address(host: str, sealed: bytes) -> str:
    """This function will give the address that is printed as a QR code; `host` is our address (https://host)."""
    return f"{host.rstrip('/')}{_PATH}{base64url(sealed)}"


def open_sealed(text: str, issuers: Issuers, *, at: datetime, lists: Iterable[object] = ()) -> Opened:
    """This function will check the text of a code (the whole address, or what follows its #), step by step, as of `at`."""
    before, mark, coded = text.rpartition("#")
    steps = []
    if mark:
        ours = any(before == origin + _PATH[:-1] for origin in issuers.origins)
        steps.append(Step("address", "good", "二维码指向本市公布的查验地址。") if ours else _ELSEWHERE)
    try:
        says, protected, payload, signature = _parts(from_base64url(coded))
    except Misspelt:
        return Opened(Verdict((*steps, Step("structure", "bad", "二维码内容不完整，或不是证书的二维码。"))))
    except NotSealed as fault:
        return Opened(Verdict((*steps, Step("structure", "bad", str(fault)))))
    steps.append(Step("structure", "good", f"是证书{says.number}的二维码，内容齐全。"))
    candidates = [one for one in issuers.named(says.key) if one.code != CITY]
    signed = _to_sign(protected, payload)
    holding = next((one for one in candidates if verify(ED25519, one.key, signed, signature)), None)
    entry = holding or next(iter(candidates), None)
    made_at = _made_at(says.signed_on, entry)
    steps.append(issuer_step(entry, "", made_at, issuers, logged=False))
    steps.append(signature_step(holding is not None) if entry else Step("signature", "unknown", "没有可信的公钥，无法核对签名。"))
    steps.append(dates_step(says.issued_on, made_at, at))
    steps.append(standing(says.status_list, says.status_index, lists, issuers, at=at))
    return Opened(Verdict(tuple(steps)), says, entry)


_ELSEWHERE = Step("address", "bad", "二维码里的网址不是本市公布的查验地址，请勿在那里填写任何信息。")


def read_sealed(text: str) -> SealedCertificate:
    """This function will read what a code says without believing it: where its lists are, say. :raises NotSealed:"""
    try:
        return _parts(from_base64url(text.rpartition("#")[2]))[0]
    except Misspelt as fault:
        raise NotSealed("二维码内容不完整，或不是证书的二维码。") from fault


def _made_at(day: date, entry: IssuerKey | None) -> datetime:
    """The code carries a day: a key that was registered in its course counts from its first moment on."""
    first = datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)
    return max(first, entry.valid_from) if entry and day_of(entry.valid_from) == day else first


def _protected(key: bytes) -> bytes:
    return cbor2.dumps({1: -8, 4: key}, canonical=True)


def _assembled(protected: bytes, payload: bytes, signature: bytes) -> bytes:
    return cbor2.dumps(cbor2.CBORTag(18, [protected, {}, payload, signature]), canonical=True)


def _to_sign(protected: bytes, payload: bytes) -> bytes:
    return cbor2.dumps(["Signature1", protected, b"", payload])


def _parts(sealed: bytes) -> tuple[SealedCertificate, bytes, bytes, bytes]:
    """:raises NotSealed:"""
    if len(sealed) > LONGEST:
        raise NotSealed("二维码内容过长，不是证书的二维码。")
    try:
        protected, _, payload, signature = cbor2.loads(sealed).value
        key = cbor2.loads(protected)[4]
        says = _read(cbor2.loads(payload), key)
        again = _assembled(_protected(key), cbor2.dumps(_written(says), canonical=True), signature)
    except Exception as fault:
        raise NotSealed("二维码内容已损坏，或不是证书的二维码。") from fault
    if again != sealed or len(signature) != 64 or len(key) != 8:
        raise NotSealed("二维码的写法与规定的不一致，不是本系统签发的样子。")
    return says, protected, payload, signature


def _said(claims: CertificateClaims, most: int, signed_on: date) -> SealedCertificate:
    return SealedCertificate(
        number=claims.number,
        holder_name=_cut(claims.holder_name, max(most, 6)),
        id_kind=claims.id_kind if claims.id_kind == USUAL_KIND else _cut(claims.id_kind, max(most, 2)),
        id_masked=claims.id_masked,
        id_commitment=claims.id_commitment[:IN_QR],
        occupation_code=claims.occupation_code,
        occupation_name=_cut(claims.occupation_name, most),
        trade_name=_cut(claims.trade_name, most),
        level=claims.level,
        level_label=claims.level_label if claims.level_label == LEVELS.get(claims.level) else _cut(claims.level_label, most),
        issued_on=claims.issued_on,
        signed_on=signed_on,
        status_list=claims.status_list,
        status_index=claims.status_index,
        scheme=claims.scheme,
    )


def _cut(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1] + "…"


def _written(says: SealedCertificate) -> dict[int, Any]:
    """The map of a code; what is usual is left out."""
    return dict(_pairs(says))


def _pairs(says: SealedCertificate) -> Iterator[tuple[int, Any]]:
    yield 0, _VERSION
    yield 1, says.number
    yield 2, says.holder_name
    if says.id_kind != USUAL_KIND:
        yield 3, says.id_kind
    head, stars, tail = _star_run(says.id_masked)
    yield 4, [head, stars, tail]
    yield 5, says.id_commitment
    yield 6, says.occupation_code
    yield 7, says.occupation_name
    if says.trade_name:
        yield 8, says.trade_name
    yield 9, says.level
    if says.level_label != LEVELS.get(says.level):
        yield 10, says.level_label
    yield 11, (says.issued_on - _EPOCH).days
    yield 12, [says.status_list, says.status_index]
    if says.scheme != "national":
        yield 13, 1
    if says.signed_on != says.issued_on:
        yield 14, (says.signed_on - _EPOCH).days


def _star_run(masked: str) -> tuple[str, int, str]:
    head, _, rest = masked.partition("*")
    stars = len(masked) - len(head) - len(rest.lstrip("*")) if "*" in masked else 0
    return head, stars, rest.lstrip("*")


def _read(held: Mapping[int, Any], key: bytes) -> SealedCertificate:
    if held[0] != _VERSION:
        raise NotSealed("二维码的版本不认识，请更新查验页。")
    head, stars, tail = held[4]
    level = _text(held[9])
    issued = _day(held[11])
    list_number, index = held[12]
    if not (0 <= _whole(stars) <= 40 and _whole(list_number) >= 0 and _whole(index) >= 0) or len(held[5]) != IN_QR:
        raise NotSealed("二维码内容已损坏，或不是证书的二维码。")
    return SealedCertificate(
        number=_text(held[1]),
        holder_name=_text(held[2]),
        id_kind=_text(held.get(3, USUAL_KIND)),
        id_masked=_text(head) + "*" * stars + _text(tail),
        id_commitment=bytes(held[5]),
        occupation_code=_text(held[6]),
        occupation_name=_text(held[7]),
        trade_name=_text(held.get(8, "")),
        level=level,
        level_label=_text(held.get(10, LEVELS.get(level, level))),
        issued_on=issued,
        signed_on=_day(held[14]) if 14 in held else issued,
        status_list=list_number,
        status_index=index,
        scheme="enterprise" if 13 in held else "national",
        key=bytes(key),
    )


def _text(held: object) -> str:
    if not isinstance(held, str):
        raise NotSealed("二维码内容已损坏，或不是证书的二维码。")
    return held


def _whole(held: object) -> int:
    if not isinstance(held, int) or isinstance(held, bool) or abs(held) >= 1 << 40:
        raise NotSealed("二维码内容已损坏，或不是证书的二维码。")
    return held


def _day(held: object) -> date:
    return _EPOCH + timedelta(days=_whole(held))
