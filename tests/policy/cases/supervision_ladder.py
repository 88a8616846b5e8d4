"""案例·机构分类处理: facts for acts and measures, terms, restrictions, and cases decided before."""

from dataclasses import replace
from datetime import date

from tests.policy.case import MET, UNMET, UNPROVEN, table
from touchstone.kernel.periods import Calendar, Period, add_months
from touchstone.kernel.rules import met as found_met
from touchstone.kernel.rules import unmet as found_unmet
from touchstone.policy.documents import notice
from touchstone.policy.supervision import acts, ladder, precedents, restrictions, terms
from touchstone.policy.supervision.acts import Tier, gravity_of
from touchstone.policy.supervision.ladder import Measure
from touchstone.policy.supervision.precedents import Precedent
from touchstone.policy.supervision.restrictions import Barred, Restriction

DAY = date(2026, 3, 20)
CALENDAR = Calendar()
AT_ONCE, SUMMONS, ORDER, WARNING, RECTIFY, SUSPEND, TERMINATE, HAND_OVER, REVOKE = Measure
SLIGHT, MINOR, SERIOUS, GRAVE = (gravity_of([act], DAY, DAY) for act in ("late_report", "camera_gaps", "outside_venue", "conceals"))
SCORES, SCOPE, SOLD = (gravity_of([act], DAY, DAY) for act in ("changes_scores", "out_of_scope_data", "sells_certificates"))
FEES = gravity_of(["unlawful_fees"], DAY, DAY)
LADDER = notice("三(四)2")
GOOD, BAD = found_met("复查合格", LADDER), found_unmet("复查不合格", LADDER)
NO_SUPPORT = Restriction("AJ1", Barred.SUPPORT, Period(DAY, add_months(DAY, 12)))
NO_FILING = Restriction("AJ2", Barred.FILE, Period(DAY, add_months(DAY, 36)))
EARLIER = Precedent("AJ1", frozenset({"outside_venue"}), Tier.SERIOUS, frozenset({WARNING, RECTIFY, SUSPEND}), date(2025, 6, 1))

CASES = [
    *table(
        acts.body_act_is_listed,
        ("监控缺口属一般", ("camera_gaps", DAY), MET, "属一般违纪违规"),
        ("隐瞒备案条件属特别严重", ("conceals", DAY), MET, "属特别严重"),
        ("清单没有的情形", ("smiles", DAY), UNMET, "不在"),
        ("通知施行首日", ("conceals", date(2024, 5, 1)), MET),
        ("通知施行前日", ("conceals", date(2024, 4, 30)), UNMET, "按当时的规定处理"),
    ),
    *table(
        ladder.measures_fit,
        ("轻微的立行立改", (SLIGHT, {AT_ONCE}, "", DAY), MET, "立行立改"),
        ("轻微的不得约谈", (SLIGHT, {AT_ONCE, SUMMONS}, "提醒一下", DAY), UNMET, "重于档次"),
        ("一般的约谈并责令改正", (MINOR, {SUMMONS, ORDER}, "", DAY), MET),
        ("一般的只责令改正没有理由", (MINOR, {ORDER}, "", DAY), UNPROVEN, "没有写明理由"),
        ("一般的只责令改正有理由", (MINOR, {ORDER}, "负责人已因同一事实约谈", DAY), MET),
        ("一般的不得暂停", (MINOR, {SUMMONS, ORDER, SUSPEND}, "影响大", DAY), UNMET, "暂停评价"),
        ("一般的只立行立改", (MINOR, {AT_ONCE}, "态度好", DAY), UNMET, "重新认定情形"),
        ("严重的三项并用", (SERIOUS, {WARNING, RECTIFY, SUSPEND}, "", DAY), MET),
        ("严重的免予暂停没有理由", (SERIOUS, {WARNING, RECTIFY}, "", DAY), UNPROVEN),
        ("严重的免予暂停有理由", (SERIOUS, {WARNING, RECTIFY}, "主动报告并已改正", DAY), MET),
        ("严重的只约谈", (SERIOUS, {SUMMONS}, "初次", DAY), UNMET, "应予以警告、限期整改、暂停评价"),
        ("严重的不得终止", (SERIOUS, {WARNING, TERMINATE}, "影响恶劣", DAY), UNMET, "终止备案"),
        ("特别严重的终止备案", (GRAVE, {TERMINATE}, "", DAY), MET),
        ("特别严重的不能只暂停", (GRAVE, {WARNING, SUSPEND}, "有困难", DAY), UNMET, "应予以终止备案"),
        ("改成绩的必须撤销证书数据", (SCORES, {WARNING, RECTIFY, SUSPEND}, "", DAY), UNMET, "必须撤销违规证书数据"),
        ("改成绩的连同撤销", (SCORES, {WARNING, RECTIFY, SUSPEND, REVOKE}, "", DAY), MET),
        ("卖证的终止移送并撤销", (SOLD, {TERMINATE, HAND_OVER, REVOKE}, "", DAY), MET),
        ("卖证的没有移送", (SOLD, {TERMINATE, REVOKE}, "内部处理", DAY), UNMET, "必须移送有关部门"),
        ("违法收费的移送", (FEES, {HAND_OVER}, "", DAY), MET),
        ("违法收费的不得自行暂停", (FEES, {HAND_OVER, SUSPEND}, "先停", DAY), UNMET),
        ("一般的不涉及撤销", (MINOR, {SUMMONS, ORDER, REVOKE}, "一并", DAY), UNMET, "不涉及"),
        ("什么也不作", (MINOR, set(), "算了", DAY), UNMET),
    ),
    *table(
        ladder.revoked_where_called_for,
        ("超范围证书已立撤销案件", (SCOPE, 3, True, DAY), MET, "3本"),
        ("超范围证书没有立撤销案件", (SCOPE, 3, False, DAY), UNMET, "尚未立撤销案件"),
        ("超范围但没有发证", (SCOPE, 0, False, DAY), MET),
        ("不涉及证书数据", (MINOR, 3, False, DAY), MET),
    ),
    *table(
        ladder.office_may_decide,
        ("备案的区暂停", ("310115", "310115", True, {SUSPEND}, DAY), MET),
        ("考核点所在区不能暂停别处备案的", ("", "310104", True, {WARNING, SUSPEND}, DAY), UNMET, "由备案的人社部门决定"),
        ("考核点所在区可以责令改正", ("", "310104", True, {SUMMONS, ORDER}, DAY), MET),
        ("市职鉴中心暂停市级备案的", ("", "", True, {SUSPEND}, DAY), MET),
        ("不在监管职责之内", ("310115", "310104", False, {ORDER}, DAY), UNMET, "监管职责"),
        ("未经备案的由所在区移送", (None, "310104", True, {HAND_OVER}, DAY), MET),
    ),
    *table(
        terms.time_given_is_in_bounds,
        ("责令改正十五日", (ORDER, DAY, date(2026, 4, 4), DAY, CALENDAR), MET),
        ("责令改正十六日", (ORDER, DAY, date(2026, 4, 5), DAY, CALENDAR), UNMET, "不晚于2026-04-04"),
        ("限期整改三十日", (RECTIFY, DAY, date(2026, 4, 19), DAY, CALENDAR), MET),
        ("限期整改三十一日", (RECTIFY, DAY, date(2026, 4, 20), DAY, CALENDAR), UNMET),
        ("立行立改三个工作日", (AT_ONCE, DAY, date(2026, 3, 25), DAY, CALENDAR), MET),
        ("当日到期", (ORDER, DAY, DAY, DAY, CALENDAR), UNMET),
        ("警告没有改正期限", (WARNING, DAY, date(2026, 4, 1), DAY, CALENDAR), UNMET, "没有改正期限"),
    ),
    *table(
        terms.correction_is_accepted,
        ("按期报告两人复查合格", (DAY, DAY, 2, True, DAY), MET),
        ("到期没有报告", (DAY, None, 0, False, date(2026, 3, 21)), UNMET, "已经逾期"),
        ("晚一天报告", (DAY, date(2026, 3, 21), 2, True, date(2026, 3, 25)), UNMET, "逾期改正"),
        ("只有一人复查", (DAY, DAY, 1, True, DAY), UNMET, "应为2人"),
        ("复查不合格", (DAY, DAY, 2, False, DAY), UNMET, "改正没有完成"),
    ),
    *table(
        terms.suspension_fits,
        ("一个月整", (DAY, date(2026, 4, 20), DAY), MET),
        ("差一天满一个月", (DAY, date(2026, 4, 19), DAY), UNMET, "2026-04-20至2026-09-20"),
        ("六个月整", (DAY, date(2026, 9, 20), DAY), MET),
        ("六个月零一天", (DAY, date(2026, 9, 21), DAY), UNMET),
    ),
    *table(
        terms.may_be_held_while_suspended,
        ("第五个工作日的场次", (date(2026, 3, 1), date(2026, 3, 27), DAY, False, CALENDAR), MET, "外部质量督导员"),
        ("第六个工作日的场次", (date(2026, 3, 1), date(2026, 3, 30), DAY, False, CALENDAR), UNMET, "转由其他机构"),
        ("暂停当日才确定的场次", (DAY, date(2026, 3, 27), DAY, False, CALENDAR), UNMET, "不能再安排"),
        ("涉案的场次", (date(2026, 3, 1), date(2026, 3, 23), DAY, True, CALENDAR), UNMET, "另行安排"),
    ),
    *table(
        terms.may_be_restored,
        ("整改合格满一个月", (GOOD, DAY, date(2026, 4, 20)), MET),
        ("整改合格未满一个月", (GOOD, DAY, date(2026, 4, 19)), UNMET, "2026-04-20以后"),
        ("整改不合格", (BAD, DAY, date(2026, 6, 1)), UNMET, "整改没有完成"),
    ),
    *table(
        restrictions.body_not_restricted,
        ("限制期最后一日", (Barred.SUPPORT, [NO_SUPPORT], date(2027, 3, 19)), UNMET, "2027-03-20以前不得享受政策支持"),
        ("限制届满当日", (Barred.SUPPORT, [NO_SUPPORT], date(2027, 3, 20)), MET),
        ("限制开始前一日", (Barred.SUPPORT, [NO_SUPPORT], date(2026, 3, 19)), MET),
        ("提前解除当日", (Barred.SUPPORT, [replace(NO_SUPPORT, lifted_on=date(2026, 10, 1))], date(2026, 10, 1)), MET),
        ("限制的是另一事项", (Barred.WIDEN, [NO_SUPPORT], DAY), MET),
        ("责令终止后三年不得申请备案", (Barred.FILE, [NO_FILING], date(2029, 3, 19)), UNMET, "不得申请备案"),
    ),
    *table(
        restrictions.person_may_be_supported,
        ("没有处理决定的人", ("", None, DAY), MET),
        ("限期内的人", ("WJ1", date(2026, 3, 21), DAY), UNMET, "不得享受政策支持"),
        ("限期届满的人", ("WJ1", DAY, DAY), MET),
    ),
    *table(
        restrictions.may_be_lifted,
        ("已改正满一半", (NO_SUPPORT, True, date(2026, 9, 18)), MET),
        ("已改正未满一半", (NO_SUPPORT, True, date(2026, 9, 17)), UNMET, "2026-09-18以后"),
        ("满一半没有复查结论", (NO_SUPPORT, False, date(2026, 10, 1)), UNPROVEN),
        ("终止备案后的限制", (NO_FILING, True, date(2028, 10, 1)), UNMET, "不能提前解除"),
    ),
    *table(
        precedents.handled_alike,
        ("与相近案例一致", (Tier.SERIOUS, {WARNING, RECTIFY, SUSPEND}, [EARLIER], "", DAY), MET, "AJ1"),
        ("与相近案例不同没有理由", (Tier.SERIOUS, {WARNING, RECTIFY}, [EARLIER], "", DAY), UNPROVEN),
        ("与相近案例不同有理由", (Tier.SERIOUS, {WARNING, RECTIFY}, [EARLIER], "主动报告", DAY), MET),
        ("没有同档次案例", (Tier.MINOR, {ORDER}, [EARLIER], "", DAY), MET, "没有同档次"),
    ),
    *table(
        precedents.district_decides_like_others,
        ("恰好相差二十个百分点", (10, 4, 100, 20, DAY), MET, "本区10件中4件（40%）"),
        ("相差三十个百分点", (10, 5, 100, 20, DAY), UNMET, "超过20个百分点"),
        ("比其他区严同样是偏差", (10, 0, 100, 30, DAY), UNMET),
        ("只有四件", (4, 4, 100, 20, DAY), UNPROVEN, "不足以比较"),
    ),
]
