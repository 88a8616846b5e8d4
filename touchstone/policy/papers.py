"""协议、委托和试点的到期: when is a body reminded that what its registers rest on runs out, and by when is a pilot reported on?

`通知 二(一)`, `二(三)` and `三(二)5` let a body evaluate on such a paper and leave its end open: all of this is ours, dated.
"""

from datetime import date

from touchstone.kernel.law import Dated, Value
from touchstone.policy.documents import our_default

_SINCE = date(2024, 5, 1)


def _months(key: str, meaning: str, months: int) -> Dated[int]:
    return Dated(meaning, Value(_SINCE, months, our_default("协议到期提醒")), key=f"papers.{key}", unit="个月", changeable=True)


REMINDERS = (
    _months("first_reminder", "协议、委托和试点到期前第一次提醒的时间", 3),
    _months("last_reminder", "协议、委托和试点到期前最后一次提醒的时间", 1),
)
TOLD_OF_END = 0
"""Stands, among the months before the end, for the end itself."""
TOLD_AFTERWARDS_DAYS: Dated[int] = Dated(
    "协议、委托和试点到期以后还会告知的天数", Value(_SINCE, 30, our_default("协议到期提醒")), key="papers.told_afterwards", unit="天", changeable=True
)
REPORT_WITHIN: Dated[int] = Dated(
    "试点结束后提交总结的期限", Value(_SINCE, 10, our_default("试点总结期限")), key="pilots.report_within", unit="个工作日", changeable=True
)
