"""证书撤销: when is certificate data revoked, corrected or kept, who is heard before, and what may they do after?

`通知 三(四)2`: data uploaded out of scope or wrong is revoked once that is upheld. How long somebody is heard, how long the body has to execute and
how long an appeal is open nobody has laid down: our defaults, dated. The day is the day of the notice, of the decision, of the request.
"""

from collections.abc import Collection
from datetime import date
from enum import StrEnum

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.periods import Calendar
from touchstone.kernel.rules import Finding, met, rule, unmet
from touchstone.policy.documents import notice, our_default

_SINCE = date(2018, 1, 1)
LAW = notice("三(四)2")


class Cause(StrEnum):
    """Why certificate data is doubted."""

    OUT_OF_SCOPE = "out_of_scope"
    WRONG = "wrong"
    FRAUD = "fraud"
    DEPENDENT = "dependent"

    @property
    def label(self) -> str:
        return _CAUSES[self][0]

    @property
    def words(self) -> str:
        """The cause as a letter puts it."""
        return _CAUSES[self][1]


_CAUSES = {
    Cause.OUT_OF_SCOPE: ("超范围", "超出评价机构备案的职业（工种）、等级范围或者有效期上传的证书数据"),
    Cause.WRONG: ("数据有误", "内容有错误的证书数据"),
    Cause.FRAUD: ("弄虚作假", "以虚假材料、不实承诺或者舞弊取得的证书"),
    Cause.DEPENDENT: ("所依据的证书已撤销", "申报条件所依据的证书已经撤销的证书"),
}


class Verdict(StrEnum):
    """What becomes of one certificate."""

    REVOKE = "revoke"
    CORRECT = "correct"
    KEEP = "keep"

    @property
    def label(self) -> str:
        return {"revoke": "撤销", "correct": "更正（撤销并重新登记）", "keep": "不成立，保留"}[self.value]


def _days(key: str, meaning: str, days: int, topic: str) -> Dated[int]:
    return Dated(meaning, Value(_SINCE, days, our_default(topic)), key=f"certificates.{key}", unit="个工作日", changeable=True)


STATEMENT_WITHIN = _days("statement_within", "拟撤销证书告知后持证人可以陈述的工作日数", 5, "证书撤销陈述期限")
EXECUTE_WITHIN = _days("execute_within", "撤销决定下达后评价机构执行的工作日数，逾期由平台执行", 5, "证书撤销执行期限")
REVOCATION_APPEAL_WITHIN = _days("appeal_within", "撤销决定作出后持证人可以申诉的工作日数", 10, "证书撤销申诉期限")
REVOCATION_ANSWER_WITHIN = _days("appeal_answer_within", "答复证书撤销申诉的工作日数", 15, "证书撤销申诉期限")
REQUEST_WITHIN = _days("request_within", "评价机构办理证书更正、补发申请的工作日数", 10, "证书更正补发期限")
REISSUE_KEEPS_NUMBER = Dated(
    "补发的证书沿用原编号（否则换发新编号）",
    Value(_SINCE, True, our_default("证书补发编号")),
    key="certificates.reissue_keeps_number",
    changeable=True,
)
CORRECTABLE: Dated[tuple[str, ...]] = Dated(
    "可以更正的证书内容",
    Value(_SINCE, ("姓名", "证件号码", "工种名称", "理论成绩", "技能成绩", "综合评审成绩"), our_default("证书可更正内容")),
    key="certificates.correctable",
)


@rule("决定撤销前已告知持证人并听取陈述")
def holder_was_heard(notified_on: date | None, said: bool, day: date, calendar: Calendar) -> Finding:
    """Whether the holder was told, and has stated their case or let the time go by."""
    if notified_on is None:
        return unmet("还没有告知持证人", STATEMENT_WITHIN.on(day).clause)
    within = STATEMENT_WITHIN.on(notified_on)
    if said:
        return met("已听取持证人的陈述", within.clause)
    last = calendar.add_working_days(notified_on, within.value)
    if day <= last:
        return unmet(f"陈述期到{last}为止，尚未届满，持证人也没有陈述", within.clause)
    return met(f"陈述期已于{last}届满，持证人没有陈述", within.clause)


@rule("处理意见与认定的事由相符")
def verdict_fits_cause(cause: Cause, verdict: Verdict, has_changes: bool, day: date) -> Finding:
    """Whether what becomes of a certificate follows from its cause: an upheld error is revoked; only what is merely wrong can be corrected."""
    if verdict is Verdict.CORRECT:
        if cause is not Cause.WRONG:
            return unmet(f"事由为“{cause.label}”的不能以更正代替撤销", LAW)
        if not has_changes:
            return unmet("没有写明更正后的内容", LAW)
        return met("内容有误，撤销并同时重新登记正确的内容", LAW)
    if verdict is Verdict.KEEP:
        return met("事由不成立，证书保留", our_default("证书撤销：不成立的保留"))
    return met(f"“{cause.label}”成立，撤销该证书数据", LAW)


@rule("提出处理意见的人不作决定")
def another_decides(proposed_by: int | None, decides: int | None, day: date) -> Finding:
    """Whether somebody else decides than who proposed (both by key)."""
    clause = our_default("证书撤销两人办理")
    if proposed_by is not None and proposed_by == decides:
        return unmet("处理意见由您本人提出，须由另一人决定", clause)
    return met("提出和决定为两人", clause)


@rule("评价机构逾期未执行的由平台执行")
def platform_may_execute(due_on: date, day: date) -> Finding:
    """Whether the days in which the body executes are over."""
    clause = EXECUTE_WITHIN.on(day).clause
    if day <= due_on:
        return unmet(f"由评价机构在{due_on}以前执行，尚未逾期", clause)
    return met(f"评价机构到{due_on}没有执行，由平台执行", clause)


@rule("在撤销证书的申诉期限内")
def revocation_appeal_in_time(decided_on: date, day: date, calendar: Calendar) -> Finding:
    """Whether a decision about a certificate may still be appealed against."""
    within = REVOCATION_APPEAL_WITHIN.on(decided_on)
    last = calendar.add_working_days(decided_on, within.value)
    if day > last:
        return unmet(f"申诉期到{last}为止，已经过期", within.clause)
    return met(f"申诉期到{last}为止", within.clause)


@rule("所依据的证书撤销后，后续证书另行核查")
def dependent_is_examined_itself(rests_on: str, still_valid: bool, day: date) -> Finding:
    """Whether what a certificate rests on stands; where it is revoked, this one is examined on its own, never revoked automatically.

    That is our default: its holder may meet another condition.
    """
    clause = our_default("后续证书的处理")
    if still_valid:
        return met(f"所依据的证书{rests_on}有效", clause)
    return unmet(f"所依据的证书{rests_on}已撤销，本证书须另行立案核查，不随之自动撤销", clause)


@rule("更正的内容在可更正范围内")
def may_be_corrected(names: Collection[str], day: date) -> Finding:
    """Whether every field (by its Chinese name) may be corrected; occupation and level are what was evaluated and cannot be."""
    allowed = CORRECTABLE.on(day)
    if not names:
        return unmet("没有要更正的内容", allowed.clause)
    others = [name for name in names if name not in allowed.value]
    if others:
        return unmet(f"{'、'.join(others)}不能更正：它是评价的结果，有误的应撤销后按实际评价重新核发", allowed.clause)
    return met(f"更正{'、'.join(names)}", allowed.clause)
