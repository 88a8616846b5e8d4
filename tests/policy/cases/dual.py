"""案例·一考双证: elements, grades, term and marks by an enterprise's own standard."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from tests.policy.case import MET, UNMET, UNPROVEN, table
from touchstone.kernel.periods import Period
from touchstone.policy import pilots
from touchstone.policy.certificates import enterprise
from touchstone.policy.exams import dual
from touchstone.policy.exams.dual import Element
from touchstone.policy.exams.parts import Part
from touchstone.policy.exams.results import Score
from touchstone.policy.pilots import PilotKind
from touchstone.policy.roles import BodyKind

DAY = date(2026, 3, 20)
KNOWS, DOES = Element("应知", Part.THEORY, 30, 60, "相关知识"), Element("应会", Part.PRACTICAL, 50, 80, "轴类零件加工")
LINE = Element("产线", None, 20, 60)
WHOLE, PARTS = (KNOWS, DOES, LINE), (Part.THEORY, Part.PRACTICAL)
TERM = (Period(date(2026, 1, 1), date(2027, 1, 1)), ["6-18-01-01"])

CASES = [
    *table(
        dual.elements_make_a_whole,
        ("三个要素", (WHOLE, DAY), MET, "100%"),
        ("没有要素", ((), DAY), UNMET, "没有写明"),
        ("重名", ((KNOWS, replace(DOES, name="应知"), LINE), DAY), UNMET, "重名"),
        ("合计90%", ((KNOWS, DOES, replace(LINE, weight=10)), DAY), UNMET, "90%"),
        ("合格分低于国家标准", ((KNOWS, DOES, replace(LINE, pass_mark=59)), DAY), UNMET, "60至100"),
        ("合格分恰为国家标准", ((KNOWS, DOES, replace(LINE, pass_mark=60)), DAY), MET),
    ),
    *table(
        dual.standards_meet,
        ("各科都用上", (WHOLE, PARTS, DAY), MET, "占20%"),
        ("技能没有用上", ((replace(KNOWS, weight=80), LINE), PARTS, DAY), UNMET, "技能考核没有对应"),
        ("对应本等级不考的科目", ((*WHOLE, replace(KNOWS, name="答辩", takes=Part.PANEL)), PARTS, DAY), UNMET, "本等级不考"),
        ("没有写明国家标准要素", ((KNOWS, replace(DOES, national=" "), LINE), PARTS, DAY), UNMET, "应会"),
        ("另行考核恰为上限", ((replace(KNOWS, weight=10), DOES, replace(LINE, weight=40)), PARTS, DAY), MET),
        ("另行考核超过上限", ((replace(KNOWS, weight=9), DOES, replace(LINE, weight=41)), PARTS, DAY), UNMET, "超过40%"),
    ),
    *table(
        dual.grade_answers_level,
        ("有对应", ({5: "一星级"}, 5, DAY), MET, "一星级"),
        ("没有对应", ({5: "一星级"}, 4, DAY), UNMET),
    ),
    *table(
        dual.standard_in_force,
        ("施行当日", (DAY, None, DAY), MET),
        ("施行前一日", (date(2026, 3, 21), None, DAY), UNMET, "起施行"),
        ("停用当日", (date(2025, 1, 1), DAY, DAY), UNMET, "停用"),
    ),
    *table(
        dual.element_passed,
        ("恰为合格分", (DOES, Score(Decimal(80)), DAY), MET),
        ("差一分", (DOES, Score(Decimal(79)), DAY), UNMET, "低于企业标准的80分"),
        ("缺考", (DOES, Score(absent=True), DAY), UNMET, "缺考"),
        ("未录入", (DOES, Score(), DAY), UNPROVEN),
        ("因违纪无效", (DOES, Score(Decimal(90), voided_by="WJ1"), DAY), UNMET, "无效"),
    ),
    *table(
        enterprise.not_like_a_national_one,
        ("企业标准编号", ("QB300001265000001", DAY), MET),
        ("全国统一编号", ("Y000031300001265000001", DAY), UNMET, "相同"),
        ("开头不对", ("AB300001265000001", DAY), UNMET, "没有以QB开头"),
    ),
    *table(
        pilots.body_may_try,
        ("企业一考双证", (PilotKind.DUAL_CERTIFICATES, BodyKind.ENTERPRISE, DAY), MET),
        ("院校一考双证", (PilotKind.DUAL_CERTIFICATES, BodyKind.SCHOOL, DAY), UNMET, "只面向企业"),
        ("社会组织课证融通", (PilotKind.COURSE_AND_CERTIFICATE, BodyKind.SOCIAL, DAY), UNMET, "只面向院校"),
    ),
    *table(
        pilots.pilot_covers,
        ("起始当日", (PilotKind.DUAL_CERTIFICATES, [TERM], "6-18-01-01", date(2026, 1, 1)), MET),
        ("截止次日", (PilotKind.DUAL_CERTIFICATES, [TERM], "6-18-01-01", date(2027, 1, 1)), UNMET),
        ("别的职业", (PilotKind.DUAL_CERTIFICATES, [TERM], "6-18-01-02", DAY), UNMET, "没有覆盖"),
    ),
]
