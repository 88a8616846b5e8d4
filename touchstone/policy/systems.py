"""自有系统: on what terms may a body's own system report by machine, and when does a key open?

`通知 三(二)4` wants the whole record on the platform and lets bodies that have systems of their own connect them; how a key is kept is ours.
"""

from datetime import date
from enum import StrEnum

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.rules import Finding, met, rule, unmet
from touchstone.policy.documents import notice, our_default

_SINCE = date(2024, 5, 1)
CONNECTED = notice("三(二)4")


def _ours(key: str, meaning: str, number: int, unit: str) -> Dated[int]:
    return Dated(meaning, Value(_SINCE, number, our_default("机构自有系统对接")), key=f"systems.{key}", unit=unit, changeable=True)


REQUESTS_A_MINUTE = _ours("requests_a_minute", "一个接口密钥每分钟最多的请求数", 120, "次")
ROWS_AT_ONCE = _ours("rows_at_once", "一次请求当场办理的最多行数", 200, "行")
ROWS_IN_A_BATCH = _ours("rows_in_a_batch", "一次请求转入后台办理的最多行数", 5000, "行")
ANSWERS_KEPT = _ours("answers_kept", "同一请求号重复提交时返回原结果的保留天数", 14, "天")
KEY_LASTS_AT_MOST = _ours("key_lasts_at_most", "接口密钥的最长有效期", 366, "天")
OLD_SECRET_LASTS = _ours("old_secret_lasts", "更换密钥后旧密钥继续可用的天数", 3, "天")


class Scope(StrEnum):
    """What a key may be used for; each is a part of the interface."""

    PLANS = "plans"
    REGISTRATION = "registration"
    EVIDENCE = "evidence"
    PROCESS = "process"
    RESULTS = "results"
    CERTIFICATES = "certificates"
    ROSTER = "roster"
    READ = "read"

    @property
    def label(self) -> str:
        return {
            "plans": "编制、上报认定计划",
            "registration": "报名",
            "evidence": "报送和核对资格材料",
            "process": "报送场次过程",
            "results": "报送成绩",
            "certificates": "报送证书数据",
            "roster": "维护人员队伍",
            "read": "查询计划、考生、场次、成绩和证书",
        }[self.value]


@rule("接口密钥有效")
def key_is_in_force(since: date, until: date, retired: bool, holder_serves: bool, day: date) -> Finding:
    """Whether a key opens on a day: begun, not over, not retired, and the person who answers for it still acts for the body."""
    if retired:
        return unmet("接口密钥已停用", CONNECTED)
    if day < since:
        return unmet(f"接口密钥自{since}起才能使用", CONNECTED)
    if day >= until:
        return unmet(f"接口密钥已于{until}到期", CONNECTED)
    if not holder_serves:
        return unmet("接口密钥的责任人已不在本机构任职，或没有考务、备案经办人、负责人岗位", CONNECTED)
    return met(f"接口密钥有效期至{until}", CONNECTED)


@rule("接口密钥有期限")
def key_has_an_end(since: date, until: date) -> Finding:
    """Whether a key ends after it begins, and soon enough."""
    longest = KEY_LASTS_AT_MOST.on(since)
    if until <= since:
        return unmet("接口密钥的到期日应晚于启用日", longest.clause)
    if (until - since).days > longest.value:
        return unmet(f"接口密钥的有效期最长{longest.value}天", longest.clause)
    return met(f"接口密钥有效期{(until - since).days}天", longest.clause)


@rule("接口请求没有超过频率")
def requests_are_few_enough(in_this_minute: int, day: date) -> Finding:
    """Whether a key's requests of the running minute, this one included, are no more than laid down."""
    most = REQUESTS_A_MINUTE.on(day)
    if in_this_minute > most.value:
        return unmet(f"一分钟内的请求超过{most.value}次", most.clause)
    return met(f"一分钟内第{in_this_minute}次请求", most.clause)
