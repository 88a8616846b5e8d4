"""篡改: is anything accepted that was touched, be it one bit of a QR code, or a byte of a credential, a receipt, a list?"""

import random
from collections.abc import Callable, Iterator
from typing import Any

from bench.campaign.outcome import Outcome, Tell
from tests.trust.receipts import KEY, LOG, receipt
from tests.trust.signed import BODY, NOW, ORIGIN, ROOT, claims, clear, credential, entries, issuers, status_list
from touchstone.trust.canonical import Malformed, canonical, parse
from touchstone.trust.credentials import check
from touchstone.trust.issuers import Issuers, IssuersBroken, bundle
from touchstone.trust.log.checkpoints import read_signed
from touchstone.trust.log.notes import NoteBroken
from touchstone.trust.multibase import base64url
from touchstone.trust.qr import address, open_sealed, seal
from touchstone.trust.receipts import receipt_step
from touchstone.trust.status_lists import ListBroken, read_list

_LETTERS = b'0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"{}[],: \\-_'


def run(small: bool, tell: Tell) -> Outcome:
    """This function will touch what is signed in every way it knows, and note each that is accepted still."""
    found, chance = Outcome(), random.Random(20260401)
    codes, mutations = (2, 150) if small else (100, 10_000)
    _codes(found, codes, tell)
    _mutated(found, "证书凭证", canonical(credential()), canonical(credential(claims(level="1"))), _credential, chance, mutations, tell)
    listed, other = canonical(status_list("revocation", 5)), canonical(status_list("revocation", 9))
    _mutated(found, "状态列表", listed, other, lambda held: bool(read_list(held, issuers())), chance, mutations, tell)
    known = canonical(bundle(entries(), ROOT, origins=[ORIGIN], at=NOW))
    fewer = canonical(bundle(entries()[:2], ROOT, origins=[ORIGIN], at=NOW))
    _mutated(found, "签发者名录", known, fewer, lambda held: bool(Issuers.read(held, ROOT.public_key)), chance, mutations, tell)
    held, other = receipt().encode(), receipt(2, 9).encode()
    _receipts(found, "存证回执", held, other, lambda text: receipt_step(credential(), text, [KEY]).outcome == "good", chance, mutations, tell)
    noted, later = (one.rpartition(b"\n\n" + LOG.encode())[2] for one in (held, other))
    noted, later = LOG.encode() + noted, LOG.encode() + later
    _receipts(found, "检查点", noted, later, lambda text: bool(read_signed(text, KEY)), chance, mutations, tell)
    return found


def _codes(found: Outcome, many: int, tell: Tell) -> None:
    """Every bit of what codes carry, and of the address that people scan."""
    tried = accepted = 0
    for number in range(many):
        made = claims(number=f"S00003100001226{3 + number % 3}{number + 1:06d}", status_index=number * 977, trade_name="维修电工" * (number % 2))
        sealed = seal(made, BODY, origin=ORIGIN)
        text = address(ORIGIN, sealed).encode()
        touched: Iterator[str] = (base64url(one) for one in flipped(sealed))
        for held in (*touched, *(one.decode("latin-1") for one in flipped(text))):
            tried += 1
            accepted += open_sealed(held, issuers(), at=NOW, lists=()).verdict.outcome != "bad"
        found.expect(open_sealed(text.decode(), issuers(), at=NOW, lists=clear()).verdict.good, f"第{number + 1}个二维码原样没有通过")
    found.runs += tried
    found.acknowledged += many
    found.expect(accepted == 0, f"{tried}个翻了一位的二维码有{accepted}个被承认")
    found.words.append(f"{many}个二维码逐位翻转（内容与网址），共{tried:,}个，承认{accepted}个")
    tell(found.words[-1])


def flipped(content: bytes) -> Iterator[bytes]:
    """This function will give the content with each of its bits flipped in turn."""
    for place in range(len(content) * 8):
        held = bytearray(content)
        held[place >> 3] ^= 1 << (place & 7)
        yield bytes(held)


def _mutated(
    found: Outcome, name: str, text: bytes, other: bytes, accepts: Callable[[Any], bool], chance: random.Random, many: int, tell: Tell
) -> None:
    accepted, tried = [], 0
    found.expect(accepts(parse(text)), f"{name}原样没有通过")
    while tried < many:
        held = mutation(text, other, chance)
        if held in (text, other) or _same(held, text) or _same(held, other):
            continue
        tried += 1
        try:
            if accepts(parse(held)):
                accepted.append(held)
        except (Malformed, ListBroken, IssuersBroken):
            continue
    found.runs += tried
    found.acknowledged += 1
    found.expect(not accepted, f"{many}份改动过的{name}有{len(accepted)}份被承认，例如{accepted[:1]!r}")
    found.words.append(f"{name}改动{tried:,}次，承认{len(accepted)}份")
    tell(found.words[-1])


def _receipts(
    found: Outcome, name: str, text: bytes, other: bytes, accepts: Callable[[str], bool], chance: random.Random, many: int, tell: Tell
) -> None:
    """Texts that are signed line by line; two of them say the same only where they are the same."""
    accepted, tried = [], 0
    found.expect(accepts(text.decode()), f"{name}原样没有通过")
    while tried < many:
        held = mutation(text, other, chance)
        if held in (text, other):
            continue
        tried += 1
        try:
            if accepts(held.decode()):
                accepted.append(held)
        except (UnicodeDecodeError, NoteBroken):
            continue
    found.runs += tried
    found.acknowledged += 1
    found.expect(not accepted, f"{many}份改动过的{name}有{len(accepted)}份被承认，例如{accepted[:1]!r}")
    found.words.append(f"{name}改动{tried:,}次，承认{len(accepted)}份")
    tell(found.words[-1])


def mutation(text: bytes, other: bytes, chance: random.Random) -> bytes:
    """This function will touch a text: bits, letters, spans cut, doubled or moved, numbers changed, and pieces of another genuine one put in."""
    held = bytearray(text)
    at = chance.randrange(len(held))
    till = min(len(held), at + chance.randrange(1, 40))
    way = chance.randrange(8)
    if way == 0:
        held[at] ^= 1 << chance.randrange(8)
    elif way == 1:
        held[at] = chance.choice(_LETTERS)
    elif way == 2:
        del held[at:till]
    elif way == 3:
        held[at:at] = held[at:till]
    elif way == 4:
        held.insert(at, chance.choice(_LETTERS))
    elif way == 5:
        place = chance.randrange(len(held))
        span = held[at:till]
        del held[at:till]
        held[place:place] = span
    elif way == 6:
        digits = [place for place, sign in enumerate(held) if 48 <= sign <= 57]
        held[chance.choice(digits)] = 48 + chance.randrange(10)
    else:
        held[at:till] = other[at:till]
    return bytes(held)


def _same(held: bytes, text: bytes) -> bool:
    """Whether it only looks different: the same document, written otherwise."""
    try:
        return canonical(parse(held)) == text
    except Malformed:
        return False


def _credential(held: Any) -> bool:
    return check(held, issuers(), at=NOW, lists=()).outcome != "bad"
