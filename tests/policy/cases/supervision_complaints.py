"""案例·投诉举报和未经备案的评价: facts for leads, their clock, who complained, and evaluators who are not filed."""

from datetime import date

from tests.policy.case import MET, UNMET, UNPROVEN, table
from touchstone.kernel.periods import Calendar
from touchstone.policy.supervision import complaints, unfiled
from touchstone.policy.supervision.complaints import Verdict
from touchstone.policy.supervision.unfiled import Claim, Seen

DAY = date(2026, 3, 20)
CALENDAR = Calendar()
ABILITY = Seen("某协会", Claim.ABILITY, title="某协会咖啡师能力评价证书")
LEVEL = Seen("某培训部", Claim.LEVEL, title="职业技能等级证书", filed=False)

CASES = [
    *table(
        complaints.lead_can_be_verified,
        ("实名具体", (True, True, False, DAY), MET),
        ("匿名具体", (True, True, True, DAY), MET, "匿名"),
        ("没有写明机构", (False, True, False, DAY), UNPROVEN),
        ("没有写明事实", (True, False, False, DAY), UNPROVEN, "事实"),
    ),
    *table(
        complaints.taken_up_in_time,
        ("第五个工作日受理", (DAY, date(2026, 3, 27), date(2026, 4, 1), CALENDAR), MET),
        ("第六个工作日受理", (DAY, date(2026, 3, 30), date(2026, 4, 1), CALENDAR), UNMET),
        ("逾期没有决定", (DAY, None, date(2026, 3, 30), CALENDAR), UNMET, "2026-03-27前"),
    ),
    *table(
        complaints.verified_in_time,
        ("第三十个工作日核实", (DAY, date(2026, 5, 7), False, date(2026, 6, 1), CALENDAR), MET),
        ("第三十一个工作日核实", (DAY, date(2026, 5, 8), False, date(2026, 6, 1), CALENDAR), UNMET, "实际于2026-05-08"),
        ("延长后核实", (DAY, date(2026, 5, 8), True, date(2026, 6, 1), CALENDAR), MET),
        ("还在核实", (DAY, None, False, date(2026, 4, 1), CALENDAR), MET, "应在"),
    ),
    *table(
        complaints.verdict_is_borne_out,
        ("两人核实有证据", (Verdict.TRUE, 3, [1, 2], [], DAY), MET, "属实"),
        ("一人核实", (Verdict.TRUE, 3, [1], [], DAY), UNMET, "两人以上"),
        ("被反映的人核实", (Verdict.UNTRUE, 3, [1, 2], [2], DAY), UNMET, "回避"),
        ("不属实也要证据", (Verdict.UNTRUE, 0, [1, 2], [], DAY), UNPROVEN, "没有附证据"),
    ),
    *table(
        complaints.may_see_complainant,
        ("承办人写明用途", (True, False, False, "联系补充材料", DAY), MET),
        ("承办人没有写明用途", (True, False, False, "", DAY), UNMET, "用途"),
        ("同单位其他人", (False, False, False, "了解", DAY), UNMET, "承办核实的人"),
        ("被反映的机构", (False, True, False, "核对", DAY), UNMET, "不得得知"),
        ("投诉人同意告知机构", (False, True, True, "协商解决", DAY), MET),
    ),
    *table(
        complaints.complainant_not_harmed,
        ("没有不利处理", (DAY, None, False, DAY), MET),
        ("投诉前的处理", (DAY, date(2026, 3, 19), False, DAY), MET),
        ("投诉后的处理没有说明", (DAY, date(2026, 3, 25), False, date(2026, 4, 1)), UNMET, "打击报复"),
        ("投诉后的处理另有事由", (DAY, date(2026, 3, 25), True, date(2026, 4, 1)), MET),
    ),
    *table(
        unfiled.evaluator_is_filed,
        ("能力评价不需要备案", (ABILITY, DAY), MET, "不是职业技能等级证书"),
        ("未备案发等级证书", (LEVEL, DAY), UNMET, "没有相应的备案"),
        ("已备案", (Seen("甲厂", Claim.LEVEL, filed=True), DAY), MET),
        ("尚未核对", (Seen("甲厂", Claim.LEVEL), DAY), UNPROVEN),
    ),
    *table(
        unfiled.certificate_words_are_clean,
        ("用语没有混淆", (ABILITY, DAY), MET),
        ("用了国家字样", (Seen("某协会", Claim.ABILITY, title="国家级咖啡师证书"), DAY), UNMET, "国家"),
        ("用了国徽", (Seen("某协会", Claim.ABILITY, title="咖啡师证书", emblem=True), DAY), UNMET, "国徽"),
        ("没有样本", (Seen("某协会", Claim.ABILITY), DAY), UNPROVEN),
        ("等级证书另行核对", (LEVEL, DAY), MET),
    ),
    *table(
        unfiled.evaluator_promises_nothing,
        ("没有承诺", (ABILITY, DAY), MET),
        ("承诺包过", (Seen("某协会", Claim.ABILITY, title="咖啡师证书", promises=True), DAY), UNMET, "包过"),
    ),
]
