"""案例·证书: facts for numbers, content and issue."""

from dataclasses import replace
from datetime import UTC, date, datetime

from tests.policy.case import MET, UNMET, UNPROVEN, table
from tests.policy.people import TODAY
from touchstone.kernel.numbers import parse_certificate_number
from touchstone.kernel.periods import Period
from touchstone.policy.certificates import content, issuing, keys, numbering
from touchstone.policy.certificates.issuing import IssueFacts
from touchstone.policy.certificates.keys import KeyFacts, OwnerFacts
from touchstone.policy.eligibility.levels import Level, SeniorPost
from touchstone.policy.roles import BodyKind

NUMBER = parse_certificate_number("Y000031000123263000001")
SPECIAL_NUMBER = parse_certificate_number("Y00003100012326T000001")
CONTENT = dict.fromkeys(content.FIELDS.values[0].value, "有")
ENDED = Period(date(2025, 1, 1), date(2026, 5, 1))
FACTS = IssueFacts("甲公司", "甲公司", True, date(2026, 5, 20), date(2026, 5, 29), False, "000123", Period(date(2025, 1, 1), date(2028, 1, 1)))
ISSUED = date(2026, 6, 1)
KEY = KeyFacts(date(2026, 1, 1), date(2029, 1, 1), countersigned=True, retired=False)
OWNER = OwnerFacts("甲公司", "000123", is_gone=False, waiting=True)
SHARED_UNTIL = datetime(2026, 6, 8, 12, tzinfo=UTC)

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
        ("备案终止后按期完成", (replace(FACTS, filing=ENDED, finish_by=date(2026, 5, 20)), ISSUED), MET, "终止之前"),
        ("备案终止后逾期完成", (replace(FACTS, filing=ENDED, finish_by=date(2026, 5, 19)), ISSUED), UNMET),
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
    *table(
        keys.key_may_sign,
        ("已加签", (KEY, ISSUED), MET),
        ("未加签", (replace(KEY, countersigned=False), ISSUED), UNMET, "还没有由市职鉴中心加签"),
        ("启用前一日", (KEY, date(2025, 12, 31)), UNMET, "起才能使用"),
        ("最后一日", (KEY, date(2028, 12, 31)), MET),
        ("到期当日", (KEY, date(2029, 1, 1)), UNMET, "已签发的证书仍可查验"),
        ("已停用", (replace(KEY, retired=True), ISSUED), UNMET, "已签发的证书仍可查验"),
    ),
    *table(
        keys.key_may_be_countersigned,
        ("已取得站点序列码", (OWNER, ISSUED), MET),
        ("没有站点序列码", (replace(OWNER, site_code=""), ISSUED), UNMET),
        ("机构已不存在", (replace(OWNER, is_gone=True), ISSUED), UNMET),
        ("已加签过", (replace(OWNER, waiting=False), ISSUED), UNMET),
    ),
    *table(
        keys.share_is_open,
        ("期内", (SHARED_UNTIL, False, datetime(2026, 6, 8, 11, 59, tzinfo=UTC)), MET),
        ("到期之时", (SHARED_UNTIL, False, SHARED_UNTIL), UNMET, "到期"),
        ("已收回", (SHARED_UNTIL, True, datetime(2026, 6, 2, tzinfo=UTC)), UNMET, "收回"),
    ),
]
