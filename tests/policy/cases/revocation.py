"""案例·证书撤销: facts for the hearing, the verdict, who decides, execution, appeal, dependents and corrections."""

from datetime import date

from tests.policy.case import MET, UNMET, table
from touchstone.kernel.periods import Calendar
from touchstone.policy.certificates import revocation
from touchstone.policy.certificates.revocation import Cause, Verdict

DAY = date(2026, 3, 20)
CALENDAR = Calendar()

CASES = [
    *table(
        revocation.holder_was_heard,
        ("撤销前已听取陈述", (DAY, True, DAY, CALENDAR), MET, "已听取"),
        ("撤销前还没有告知", (None, False, DAY, CALENDAR), UNMET, "没有告知"),
        ("告知后第五个工作日没有陈述", (DAY, False, date(2026, 3, 27), CALENDAR), UNMET, "尚未届满"),
        ("告知后第六个工作日没有陈述", (DAY, False, date(2026, 3, 30), CALENDAR), MET, "届满"),
    ),
    *table(
        revocation.verdict_fits_cause,
        ("超范围的撤销", (Cause.OUT_OF_SCOPE, Verdict.REVOKE, False, DAY), MET, "成立"),
        ("数据有误的更正", (Cause.WRONG, Verdict.CORRECT, True, DAY), MET, "重新登记"),
        ("数据有误但没写正确内容", (Cause.WRONG, Verdict.CORRECT, False, DAY), UNMET, "没有写明"),
        ("超范围的不能更正了事", (Cause.OUT_OF_SCOPE, Verdict.CORRECT, True, DAY), UNMET, "不能以更正代替"),
        ("弄虚作假的不能更正了事", (Cause.FRAUD, Verdict.CORRECT, True, DAY), UNMET),
        ("不成立的保留", (Cause.FRAUD, Verdict.KEEP, False, DAY), MET, "保留"),
    ),
    *table(
        revocation.another_decides,
        ("两人办理撤销", (1, 2, DAY), MET),
        ("本人提出本人决定撤销", (1, 1, DAY), UNMET, "另一人"),
        ("平台承接的撤销案件", (None, 2, DAY), MET),
    ),
    *table(
        revocation.platform_may_execute,
        ("执行期限最后一天", (DAY, DAY), UNMET, "尚未逾期"),
        ("执行期限次日", (DAY, date(2026, 3, 21)), MET, "由平台执行"),
    ),
    *table(
        revocation.revocation_appeal_in_time,
        ("撤销决定后第十个工作日申诉", (DAY, date(2026, 4, 3), CALENDAR), MET),
        ("撤销决定后第十一个工作日申诉", (DAY, date(2026, 4, 7), CALENDAR), UNMET, "已经过期"),
    ),
    *table(
        revocation.dependent_is_examined_itself,
        ("所依据的证书有效", ("Y000031300001265000001", True, DAY), MET),
        ("所依据的证书已撤销", ("Y000031300001265000001", False, DAY), UNMET, "不随之自动撤销"),
    ),
    *table(
        revocation.may_be_corrected,
        ("更正姓名", (["姓名"], DAY), MET),
        ("更正等级", (["姓名", "等级"], DAY), UNMET, "等级不能更正"),
        ("没有更正内容", ([], DAY), UNMET, "没有要更正"),
    ),
]
