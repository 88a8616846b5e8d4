"""查验例子: what terminal and browser must judge alike, all of our own making."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import cbor2

from tests.trust.signed import BODY, LISTS, NOW, ORIGIN, OTHER, RETIRED, SIGNED_AT, claims, clear, credential, domestic, issuers, status_list
from touchstone.trust.canonical import Malformed, canonical, parse
from touchstone.trust.credentials import check
from touchstone.trust.issuers import address_of
from touchstone.trust.multibase import base58, base64url, from_base58
from touchstone.trust.proofs import secure
from touchstone.trust.qr import address, open_sealed, seal
from touchstone.trust.signing import SM2_SM3, SoftwareKey, multikey
from touchstone.trust.verdicts import Verdict

STRANGER = SoftwareKey(bytes([77]) * 32)


@dataclass(frozen=True)
class Example:
    """What is looked at, which lists are at hand, and when."""

    name: str
    held: Any
    lists: tuple[Any, ...]
    at: datetime = NOW

    def verdict(self) -> Verdict:
        """What the engine says."""
        if isinstance(self.held, str):
            return open_sealed(self.held, issuers(), at=self.at, lists=self.lists).verdict
        return check(self.held, issuers(), at=self.at, lists=self.lists)


def examples() -> Iterator[Example]:
    """Every kind of good, bad and unknown."""
    index, lists, good = claims().status_index, clear(), credential()
    text = address(ORIGIN, seal(claims(), BODY))
    long = claims(
        holder_name="阿卜杜拉·买买提艾力·吐尔逊江", trade_name="城轨信号与通信设备综合维护（车载与轨旁联调方向）",
        id_kind="护照", id_masked="*******78",
        scheme="enterprise", level_label="企业首席技能专家", level="T", status_index=131_071,
    )  # fmt: skip
    revoked = (status_list("revocation", index), status_list("suspension"))
    examined = (status_list("revocation"), status_list("suspension", index))
    forged = (status_list("revocation", key=BODY), status_list("suspension"))
    for name, held in (("凭证", good), ("码", text)):
        yield Example(f"{name}真实", held, lists)
        yield Example(f"{name}无列表", held, ())
        yield Example(f"{name}已撤销", held, revoked)
        yield Example(f"{name}核查中", held, examined)
        yield Example(f"{name}列表伪造", held, forged)
        yield Example(f"{name}列表过期", held, lists, NOW + timedelta(days=8))
        yield Example(f"{name}列表在未来", held, lists, NOW - timedelta(days=1))
        yield Example(f"{name}早于签名", held, lists, SIGNED_AT - timedelta(days=3))
        yield Example(f"{name}列表后来改回", held, (status_list("revocation", index, at=NOW - timedelta(days=20)), *lists))
    yield Example("码不带网址", text.partition("#")[2], lists)
    yield Example("码假网址", text.replace("example", "examp1e"), lists)
    yield Example("码空", "", lists)
    yield Example("码随便写", "随便写的#字", lists)
    yield Example("长码", address(ORIGIN, seal(long, BODY, origin=ORIGIN, signed_on=date(2026, 4, 18))), lists)
    yield Example("长凭证", credential(long), lists)
    early = claims(issued_on=date(2026, 2, 1))
    signed = datetime(2026, 2, 1, 4, tzinfo=UTC)
    for name, key, made, at in (
        ("生人", STRANGER, claims(), SIGNED_AT), ("别家", OTHER, claims(), SIGNED_AT), ("列表钥匙", LISTS, claims(), SIGNED_AT),
        ("已停用的在期内", RETIRED, early, signed), ("已停用的在期外", RETIRED, claims(), SIGNED_AT),
        ("曾用名", OTHER, claims(body_code="PJ20260002", body_name="上海乙机械厂"), SIGNED_AT),
        ("冒名", OTHER, claims(body_code="PJ20260002", body_name="上海甲职业技能培训学校"), SIGNED_AT),
        ("早于登记", BODY, claims(issued_on=date(2025, 12, 1)), datetime(2025, 12, 1, 4, tzinfo=UTC)),
        ("签名早于发证", BODY, claims(), SIGNED_AT - timedelta(days=2)),
    ):  # fmt: skip
        yield Example(f"凭证{name}", credential(made, key, at), lists)
        yield Example(f"码{name}", address(ORIGIN, seal(made, key, signed_on=at.date())), lists)
    both = secure(good, domestic(), method=f"{address_of(ORIGIN, 'PJ20260001')}#{multikey(domestic().public_key, SM2_SM3)}", at=SIGNED_AT)
    yield Example("凭证双签", both, lists)
    yield Example("凭证双签倒序", {**both, "proof": both["proof"][::-1]}, lists)
    first, second = both["proof"]
    signature = from_base58(second["proofValue"])
    for place in range(0, 512, 31):
        raw = bytearray(signature)
        raw[place >> 3] ^= 1 << (place & 7)
        yield Example(f"国密签名翻第{place}位", {**both, "proof": [first, {**second, "proofValue": base58(bytes(raw))}]}, lists)
    order = bytes.fromhex("fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123")
    for name, other in (("为零", bytes(64)), ("出界", order + signature[32:]), ("短", signature[:63]), ("长", signature + b"\0")):
        yield Example(f"国密签名{name}", {**both, "proof": [first, {**second, "proofValue": base58(other)}]}, lists)
    yield Example("国密签名日期改动", {**both, "proof": [first, {**second, "created": "2026-04-15T03:00:01Z"}]}, lists)
    elsewhere = secure(good, domestic(), method=f"{address_of(ORIGIN, 'PJ20260002')}#{multikey(domestic().public_key, SM2_SM3)}", at=SIGNED_AT)
    yield Example("国密签名用别家的公钥", elsewhere, lists)
    changes: list[dict[str, Any]] = [
        {"more": 1},
        {"proof": None},
        {"proof": []},
        {"type": "x"},
        {"validFrom": "2026-02-30T00:00:00+08:00"},
        {"issuer": 7},
    ]
    for change in changes:
        yield Example(f"凭证改{next(iter(change))}", {**good, **change}, lists)
    yield Example("不是凭证", ["x"], lists)
    yield from _forms(lists)


def _forms(lists: tuple[Any, ...]) -> Iterator[Example]:
    """The same content in other forms."""
    sealed = seal(claims(), BODY)
    protected, _, payload, signature = cbor2.loads(sealed).value
    held = cbor2.loads(payload)
    for name, form in (
        ("无标签", [protected, {}, payload, signature]),
        ("别的标签", cbor2.CBORTag(98, [protected, {}, payload, signature])),
        ("有未保护头", cbor2.CBORTag(18, [protected, {99: 1}, payload, signature])),
        ("多一项", cbor2.CBORTag(18, [protected, {}, payload, signature, 1])),
        ("倒序", cbor2.CBORTag(18, [protected, {}, cbor2.dumps(dict(reversed(held.items()))), signature])),
        ("多一键", cbor2.CBORTag(18, [protected, {}, cbor2.dumps({**held, 99: 1}), signature])),
        ("版本", cbor2.CBORTag(18, [protected, {}, cbor2.dumps({**held, 0: 2}), signature])),
        ("签名短", cbor2.CBORTag(18, [protected, {}, payload, signature[:63]])),
    ):
        yield Example(f"码{name}", base64url(cbor2.dumps(form)), lists)
    yield Example("码尾巴", base64url(sealed + b"\0"), lists)
    yield Example("码长写法", base64url(b"\xd8\x12" + sealed[1:]), lists)


def mutated(chance: random.Random, many: int) -> Iterator[Example]:
    """Codes with a bit flipped, and credentials with a letter changed, that are JSON still."""
    sealed, text = seal(claims(), BODY), canonical(credential())
    for number in range(many):
        raw = bytearray(sealed)
        place = chance.randrange(len(raw) * 8)
        raw[place >> 3] ^= 1 << (place & 7)
        yield Example(f"码翻第{place}位", base64url(bytes(raw)), ())
        changed = bytearray(text)
        changed[chance.randrange(len(text))] = chance.choice(b'0123456789abcdefXYZ"{}[],: \\')
        try:
            held = parse(bytes(changed))
        except Malformed:
            continue
        if canonical(held) != text:
            yield Example(f"凭证改{number}", held, ())
