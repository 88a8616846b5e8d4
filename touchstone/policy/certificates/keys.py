"""发证密钥: when may a body's key sign certificates, when does the city countersign it, and how long do lists and shared facts last?

`通知 一`: 谁评价、谁发证. That the issuer signs electronically, and how its keys are kept, is ours.
"""

from dataclasses import dataclass
from datetime import date, datetime

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.rules import Finding, met, rule, unmet
from touchstone.policy.documents import notice, our_default

_SINCE = date(2018, 1, 1)
SIGNED_BY_ISSUER = notice("一")


def _ours(key: str, meaning: str, number: int, unit: str, topic: str) -> Dated[int]:
    return Dated(meaning, Value(_SINCE, number, our_default(topic)), key=f"certificates.{key}", unit=unit, changeable=True)


KEY_LASTS = _ours("key_lasts", "一把发证密钥最长签发证书的天数", 1096, "天", "发证密钥")
LIST_RENEWED_BEFORE = _ours("list_renewed_before", "证书状态列表到期前多少天重新签发", 3, "天", "证书状态列表")
SHARE_LASTS_AT_MOST = _ours("share_lasts_at_most", "持证人分享证书内容的最长天数", 90, "天", "证书分享")


@dataclass(frozen=True)
class KeyFacts:
    """A body's key: its days (the last exclusive), whether the city countersigned it, and whether it was retired."""

    since: date
    until: date
    countersigned: bool
    retired: bool


@dataclass(frozen=True)
class OwnerFacts:
    """Whose key it is: its site code, whether it still is, and whether the key lies with the city for countersigning."""

    name: str
    site_code: str
    is_gone: bool
    waiting: bool


@rule("发证密钥可以签发证书")
def key_may_sign(facts: KeyFacts, day: date) -> Finding:
    """Whether a key signs certificates on a day: countersigned, begun, not over, not retired. What it signed before stays verifiable."""
    if facts.retired:
        return unmet("发证密钥已停用，已签发的证书仍可查验", SIGNED_BY_ISSUER)
    if not facts.countersigned:
        return unmet("发证密钥还没有由市职鉴中心加签", SIGNED_BY_ISSUER)
    if day < facts.since:
        return unmet(f"发证密钥自{facts.since}起才能使用", KEY_LASTS.on(day).clause)
    if day >= facts.until:
        return unmet(f"发证密钥已于{facts.until}到期，已签发的证书仍可查验", KEY_LASTS.on(day).clause)
    return met(f"发证密钥在{facts.until}以前可以签发证书", KEY_LASTS.on(day).clause)


@rule("市级可以为发证密钥加签")
def key_may_be_countersigned(facts: OwnerFacts, day: date) -> Finding:
    """Whether the city vouches for a key: it waits for that, and its owner has a site code and still is."""
    if not facts.waiting:
        return unmet("这把发证密钥不在待加签状态", SIGNED_BY_ISSUER)
    if facts.is_gone:
        return unmet(f"{facts.name}已不存在，不再启用新的发证密钥", notice("三(四)3"))
    if not facts.site_code:
        return unmet(f"{facts.name}还没有站点序列码，尚不能发证", SIGNED_BY_ISSUER)
    return met(f"{facts.name}已备案并取得站点序列码{facts.site_code}，由其本机构发证", SIGNED_BY_ISSUER)


@rule("分享仍然有效")
def share_is_open(until: datetime, withdrawn: bool, at: datetime) -> Finding:
    """Whether what a holder shared can still be seen."""
    clause = SHARE_LASTS_AT_MOST.on(at.date()).clause
    if withdrawn:
        return unmet("持证人已收回这次分享", clause)
    if at >= until:
        return unmet("这次分享已经到期", clause)
    return met("持证人的分享在有效期内", clause)
