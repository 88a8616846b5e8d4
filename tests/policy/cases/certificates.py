"""案例·证书: facts for numbers, content and issue."""

from dataclasses import replace
from datetime import date

from tests.policy.case import MET, UNMET, UNPROVEN, table
from tests.policy.people import TODAY
from touchstone.kernel.numbers import parse_certificate_number
from touchstone.kernel.periods import Period
from touchstone.policy.certificates import content, issuing, numbering
from touchstone.policy.certificates.issuing import IssueFacts
from touchstone.policy.eligibility.levels import Level, SeniorPost
from touchstone.policy.roles import BodyKind

NUMBER = parse_certificate_number("Y000031000123263000001")
SPECIAL_NUMBER = parse_certificate_number("Y00003100012326T000001")
CONTENT = dict.fromkeys(content.FIELDS.values[0].value, "有")
FACTS = IssueFacts("甲公司", "甲公司", True, date(2026, 5, 20), date(2026, 5, 29), False, "000123", Period(date(2025, 1, 1), date(2028, 1, 1)))
ISSUED = date(2026, 6, 1)

CASES = [
    *table(
        numbering.prefix_is_the_bodys,
        ("前13位一致", (NUMBER, "Y000031000123"), MET),
        ("站点不同", (NUMBER, "Y000031000124"), UNMET),
        ("类别不同", (NUMBER, "S000031000123"), UNMET),
    ),
    *table(
        numbering.letter_laid_down,
        ("企业", (BodyKind.ENTERPRISE, TODAY), MET, "首位为Y"),
        ("社会组织", (BodyKind.SOCIAL, TODAY), MET, "首位为S"),
        ("院校参照企业", (BodyKind.SCHOOL, date(2024, 5, 1)), MET, "参照企业，证书编号首位为Y"),
        ("院校在通知施行前一日", (BodyKind.SCHOOL, date(2024, 4, 30)), UNMET, "还没有规定"),
    ),
    *table(
        numbering.year_is_that_of_issue,
        ("年末当天", (NUMBER, date(2026, 12, 31)), MET),
        ("次年元旦", (NUMBER, date(2027, 1, 1)), UNMET),
    ),
    *table(
        numbering.level_is_that_of_the_certificate,
        ("三级", (NUMBER, Level.THREE, TODAY), MET),
        ("四级", (NUMBER, Level.FOUR, TODAY), UNMET),
        ("特级技师", (SPECIAL_NUMBER, SeniorPost.SPECIAL_TECHNICIAN, TODAY), MET),
        ("首席技师", (SPECIAL_NUMBER, SeniorPost.CHIEF_TECHNICIAN, TODAY), UNMET),
    ),
    *table(
        content.says_everything,
        ("内容齐全", (CONTENT, TODAY), MET),
        ("缺二维码", ({**CONTENT, "查询二维码": " "}, TODAY), UNMET, "查询二维码"),
        ("空白证书", ({}, TODAY), UNMET),
    ),
    *table(content.identity_document_accepted, ("身份证", ("居民身份证", TODAY), MET), ("驾驶证", ("驾驶证", TODAY), UNMET)),
    *table(
        issuing.evaluating_body_issues,
        ("评价机构发证", (FACTS, ISSUED), MET),
        ("他人发证", (replace(FACTS, issuer="乙公司"), ISSUED), UNMET, "不能由乙公司发证"),
    ),
    *table(
        issuing.passed_the_evaluation,
        ("合格", (FACTS, ISSUED), MET),
        ("不合格", (replace(FACTS, passed=False), ISSUED), UNMET),
        ("成绩未齐", (replace(FACTS, passed=None), ISSUED), UNPROVEN),
    ),
    *table(
        issuing.public_notice_over,
        ("公示次日", (FACTS, date(2026, 5, 30)), MET),
        ("公示末日", (FACTS, date(2026, 5, 29)), UNMET),
        ("未公示", (replace(FACTS, notice_until=None), ISSUED), UNMET, "尚未公示"),
    ),
    *table(
        issuing.no_objection_open,
        ("没有异议", (FACTS, ISSUED), MET),
        ("异议未办结", (replace(FACTS, objection_open=True), ISSUED), UNMET),
    ),
    *table(
        issuing.filing_in_force,
        ("备案有效", (FACTS, ISSUED), MET),
        ("考试日未备案", (replace(FACTS, examined_on=date(2024, 12, 31)), ISSUED), UNMET),
        ("备案截止次日考试", (replace(FACTS, examined_on=date(2028, 1, 1)), ISSUED), UNMET),
        ("暂停期间", (replace(FACTS, suspended=True), ISSUED), UNMET),
    ),
    *table(
        issuing.site_code_assigned,
        ("已赋码", (FACTS, ISSUED), MET),
        ("未赋码", (replace(FACTS, site_code=""), ISSUED), UNMET),
    ),
    *table(
        issuing.issuer_stays_answerable,
        ("备案有效期内", ("甲公司", ISSUED, None, TODAY), MET),
        ("备案终止以后", ("甲公司", date(2025, 6, 1), date(2026, 1, 1), TODAY), MET, "仍对此前发出的证书负责"),
        ("尚未发证", ("甲公司", date(2026, 7, 1), None, TODAY), UNMET),
    ),
]
