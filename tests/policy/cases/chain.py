"""案例·证书数据链: every link once closed, once broken; and which office reviews what comes in."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from tests.policy.case import MET, UNMET, UNPROVEN, table
from tests.policy.people import TODAY
from touchstone.kernel.periods import Period
from touchstone.policy.certificates import chain, handover, receiving
from touchstone.policy.certificates.chain import Assessor, Chain, Entrant, Evaluation, Filed, Told
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.exams.parts import Part
from touchstone.policy.exams.results import Score
from touchstone.policy.roles import BodyKind, Ownership

CODES = frozenset({"6-18-01-01"})
MARKS = {Part.THEORY: Decimal("80.0"), Part.PRACTICAL: Decimal("85.0")}
TOLD = Told(
    "Y000031000123265000001", "陈一鸣", "居民身份证", "310115199501010033", "6-18-01-01", "", Level.FIVE, date(2026, 4, 7), "JH2026000001", MARKS
)
DAYS = Period(date(2026, 2, 2), date(2029, 2, 2))
FILED = Filed(CODES, "", Level.FIVE, DAYS)
PLAN = Evaluation(
    "JH2026000001",
    True,
    CODES,
    "",
    Level.FIVE,
    date(2026, 3, 20),
    True,
    "公示已结束",
    "车工国家职业标准（2023年版）",
    True,
    Period(date(2023, 10, 1)),
    "实训中心",
    True,
    Period(date(2026, 1, 1)),
    date(2026, 3, 31),
    assessors=(Assessor("考评甲"), Assessor("考评乙"), Assessor("考评丙")),
)
ENTRANT = Entrant("KS2026000001", True, True, "符合条件", {part: Score(mark=mark) for part, mark in MARKS.items()})
WHOLE = Chain(TOLD, "Y000031000123", FILED, PLAN, ENTRANT)
DAY = date(2026, 4, 8)


def told(**changes: Any) -> tuple[Chain, date]:
    """The whole chain with another row."""
    return replace(WHOLE, told=replace(TOLD, **changes)), DAY


def plan(**changes: Any) -> tuple[Chain, date]:
    """The whole chain with another plan behind it."""
    return replace(WHOLE, evaluation=replace(PLAN, **changes)), DAY


def other(**changes: Any) -> tuple[Chain, date]:
    """The whole chain with something else around it."""
    return replace(WHOLE, **changes), DAY


def entrant(**changes: Any) -> tuple[Chain, date]:
    """The whole chain with another candidate."""
    return other(entrant=replace(ENTRANT, **changes))


ENDED = replace(FILED, days=Period(date(2026, 2, 2), date(2026, 3, 20)))

CASES = [
    *table(
        chain.number_is_well_formed,
        ("22位", (WHOLE, DAY), MET),
        ("少一位", told(number="Y00003100012326500001"), UNMET, "应为22位"),
        ("企业标准证书", told(number="QB000123265000001"), UNMET, "应为22位"),
    ),
    *table(
        chain.number_is_of_this_body,
        ("本机构", (WHOLE, DAY), MET),
        ("他人的编码", other(prefix="Y000031000124"), UNMET, "评价机构的编码"),
        ("未赋码", other(prefix=""), UNMET, "尚无站点序列码"),
    ),
    *table(
        chain.number_tells_year_and_level,
        ("一致", (WHOLE, DAY), MET),
        ("年份不同", told(issued_on=date(2025, 4, 7)), UNMET, "编号年份为26"),
        ("等级不同", told(level=Level.FOUR), UNMET, "第16位"),
        ("编码规则施行前", told(issued_on=date(2018, 12, 31)), UNMET, "早于编码规则"),
        ("编码规则施行日", told(issued_on=date(2019, 1, 1), number="Y000031000123195000001"), MET),
    ),
    *table(
        chain.plan_is_on_record,
        ("在平台上", (WHOLE, DAY), MET),
        ("没有计划", other(evaluation=None), UNMET, "没有认定计划"),
        ("别人的计划", plan(of_this_body=False), UNMET, "不是本机构的"),
        ("等级与计划不同", plan(level=Level.FOUR), UNMET, "不一致"),
    ),
    *table(
        chain.within_filed_scope,
        ("备案首日考试", plan(exam_on=date(2026, 2, 2)), MET),
        ("备案前一日考试", plan(exam_on=date(2026, 2, 1)), UNMET, "有效期"),
        ("备案末日考试", plan(exam_on=date(2029, 2, 1)), MET),
        ("备案截止日考试", plan(exam_on=date(2029, 2, 2)), UNMET, "有效期"),
        ("职业未备案", other(filed=None), UNMET, "备案范围"),
        ("等级未备案", other(filed=replace(FILED, level=Level.FOUR)), UNMET, "备案范围"),
        ("暂停期间", other(filed=replace(FILED, suspended=True)), UNMET, "暂停评价"),
        ("备案终止后按期完成", other(filed=replace(ENDED, finish_by=date(2026, 3, 20))), MET, "终止之前"),
        ("备案终止后逾期完成", other(filed=replace(ENDED, finish_by=date(2026, 3, 19))), UNMET),
        ("没有计划的按发证日", other(evaluation=None), MET, "2026-04-07"),
    ),
    *table(
        chain.standard_is_the_filed_one,
        ("备案的标准", (WHOLE, DAY), MET),
        ("换了标准", plan(standard_as_filed=False), UNMET, "不是备案的标准"),
        ("标准已废止", plan(standard_days=Period(date(2020, 1, 1), date(2026, 3, 20))), UNMET, "施行期"),
        ("标准废止前一日", plan(standard_days=Period(date(2020, 1, 1), date(2026, 3, 21))), MET),
    ),
    *table(
        chain.venue_is_the_filed_one,
        ("备案的考核点", (WHOLE, DAY), MET),
        ("别处", plan(venue_as_filed=False), UNMET, "不是备案的考核点"),
        ("已停用", plan(venue_days=Period(date(2026, 1, 1), date(2026, 3, 20))), UNMET, "停用"),
    ),
    *table(
        chain.assessors_are_fit,
        ("三人合格", (WHOLE, DAY), MET),
        ("直接认定", plan(assessed=False, assessors=()), MET, "没有需要考评人员"),
        ("没有记录", plan(assessors=()), UNMET, "没有考评人员"),
        ("无资格", plan(assessors=(Assessor("考评甲", qualified=False),)), UNMET, "考评资格"),
        ("师徒未回避", plan(assessors=(Assessor("考评甲", tie="师徒"),)), UNMET, "应当回避"),
    ),
    *table(
        chain.identity_is_well_formed,
        ("校验相符", (WHOLE, DAY), MET),
        ("校验位错", told(id_number="310115199501010034"), UNMET, "校验位"),
        ("护照", told(id_kind="护照", id_number="E12345678"), MET, "护照"),
        ("驾驶证", told(id_kind="驾驶证"), UNMET),
    ),
    *table(
        chain.candidate_is_eligible,
        ("符合条件", (WHOLE, DAY), MET),
        ("不在名单", other(entrant=None), UNMET, "不在认定计划的考生名单"),
        ("姓名不同", entrant(name_fits=False), UNMET, "姓名"),
        ("未通过审核", entrant(eligible=False, state="不符合条件"), UNMET, "不符合条件"),
    ),
    *table(
        chain.scores_are_those_on_record,
        ("一致", (WHOLE, DAY), MET),
        ("恰好合格", other(entrant=None, told=replace(TOLD, scores={**MARKS, Part.THEORY: Decimal(60)})), MET),
        ("差半分", other(entrant=None, told=replace(TOLD, scores={**MARKS, Part.THEORY: Decimal("59.5")})), UNMET, "低于60分"),
        ("与登记不同", told(scores={**MARKS, Part.THEORY: Decimal(90)}), UNMET, "平台登记的是80"),
        ("缺一科", told(scores={Part.THEORY: Decimal(80)}), UNMET, "填的是空"),
        ("直接认定", entrant(scores={}, direct=True), MET, "直接认定"),
        ("登记还缺一科", entrant(scores={Part.THEORY: Score(mark=Decimal(80))}), UNPROVEN, "尚未录入"),
        ("登记不合格", entrant(scores={**ENTRANT.scores, Part.PRACTICAL: Score(mark=Decimal(50))}), UNMET, "低于60分"),
    ),
    *table(
        chain.notice_has_elapsed,
        ("公示期满", (WHOLE, DAY), MET),
        ("公示次日发证", told(issued_on=date(2026, 4, 1)), MET),
        ("公示末日发证", told(issued_on=date(2026, 3, 31)), UNMET, "不晚于公示末日"),
        ("未公示", plan(notice_until=None, confirmed=False, state="已考试"), UNMET, "已考试"),
        ("异议未办结", plan(objection_open=True), UNMET, "异议"),
        ("发证日未到", told(issued_on=date(2026, 4, 9)), UNMET, "还没有到"),
    ),
    *table(
        chain.issued_already,
        ("当日", told(issued_on=DAY), MET),
        ("次日", told(issued_on=date(2026, 4, 9)), UNMET),
    ),
    *table(
        chain.is_not_there_twice,
        ("没有重复", (WHOLE, DAY), MET),
        ("本份出现两次", other(twice="本份第2行"), UNMET, "本份第2行"),
        ("已有同级证书", other(held="Y000031000123255000009"), UNMET, "有效证书"),
    ),
    *table(
        chain.agrees_with_the_register,
        ("一致或登记簿没有", (WHOLE, DAY), MET),
        ("姓名不同", other(differs=("姓名",)), UNMET, "姓名"),
        ("已撤销", other(revoked=True), UNMET, "已撤销"),
    ),
    *table(
        receiving.reviewed_by_its_supervisor,
        ("区属企业由区审核", (BodyKind.ENTERPRISE, Ownership.DISTRICT, True, TODAY), MET, "区人社局"),
        ("院校由区审核", (BodyKind.SCHOOL, Ownership.PUBLIC_INSTITUTION, True, TODAY), MET),
        ("央企由市审核", (BodyKind.ENTERPRISE, Ownership.CENTRAL, False, TODAY), MET, "市职鉴中心"),
        ("协会办的企业评价由市审核", (BodyKind.ENTERPRISE, Ownership.ASSOCIATION, False, TODAY), MET, "市职鉴中心"),
        ("央企不由区审核", (BodyKind.ENTERPRISE, Ownership.CENTRAL, True, TODAY), UNMET, "市职鉴中心"),
        ("区属企业不由市审核", (BodyKind.ENTERPRISE, Ownership.DISTRICT, False, TODAY), UNMET, "区人社局"),
        ("社会组织由市审核", (BodyKind.SOCIAL, Ownership.ASSOCIATION, False, TODAY), MET),
    ),
    *table(
        handover.receipt_is_for_the_parcel,
        ("一致", ("SB2026000001", "ab", 3, "SB2026000001", "ab", 3, TODAY), MET),
        ("别的上报包", ("SB2026000001", "ab", 3, "SB2026000002", "ab", 3, TODAY), UNMET, "不是SB2026000001"),
        ("别的文件", ("SB2026000001", "ab", 3, "SB2026000001", "cd", 3, TODAY), UNMET, "与报送的不同"),
        ("少一行", ("SB2026000001", "ab", 3, "SB2026000001", "ab", 2, TODAY), UNMET, "回执有2行"),
    ),
    *table(
        receiving.sample_is_looked_at,
        ("全部看过", (3, 3, TODAY), MET),
        ("差一行", (3, 2, TODAY), UNMET, "还有1行"),
    ),
]
