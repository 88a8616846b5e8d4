"""共建共享: for how long may a body use the city bank, how often may one question be lent, and what does a contributor earn?

`通知 三(二)3`: 建设全市题库资源系统，分步实现集中管理、共建共享. The terms are our default.
"""

from dataclasses import dataclass
from datetime import date

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.rules import Finding, met, rule, unmet
from touchstone.policy.documents import notice, our_default

_SINCE = date(2024, 5, 1)
LAW = notice("三(二)3")
OURS = our_default("题库共享")
LICENCE_MONTHS = Dated("使用市级题库的许可最长期限", Value(_SINCE, 12, OURS), key="questions.licence_months", unit="个月", changeable=True)
LENT_A_YEAR = Dated("同一试题一年内出借的最多次数", Value(_SINCE, 12, OURS), key="questions.lent_a_year", unit="次", changeable=True)
CREDIT_EACH = Dated("试题每出借一次，供题单位的贡献计分", Value(_SINCE, 1, OURS), key="questions.credit_each", unit="分", changeable=True)


@dataclass(frozen=True)
class LicenceFacts:
    """A licence of a body for one standard: its days, and why it was taken back (empty: it stands)."""

    standard: str
    since: date | None
    until: date | None
    ended_because: str = ""


@rule("有使用市级题库的许可")
def licence_in_force(licence: LicenceFacts | None, day: date) -> Finding:
    """Whether a body may use the city bank's questions of a standard on a day."""
    if licence is None or licence.since is None or licence.until is None:
        return unmet("本机构没有使用市级题库该标准试题的许可", OURS)
    if licence.ended_because:
        return unmet(f"许可已收回：{licence.ended_because}", OURS)
    if not licence.since <= day < licence.until:
        return unmet(f"许可期限为{licence.since}至{licence.until}（不含）", OURS)
    return met(f"许可有效，至{licence.until}（不含）", OURS)


@rule("试题出借没有过于频繁")
def lent_rarely_enough(lent_in_a_year: int, day: date) -> Finding:
    """Whether a question may be lent once more within twelve months."""
    most = LENT_A_YEAR.on(day)
    if lent_in_a_year >= most.value:
        return unmet(f"一年内已出借{lent_in_a_year}次，最多{most.value}次", most.clause)
    return met(f"一年内出借{lent_in_a_year}次", most.clause)
