"""案例·队伍: who may be trained and recognised, when a qualification is renewed, when a measure follows."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from tests.policy.case import MET, UNMET, UNPROVEN, table
from touchstone.policy.experts import dispatch, entry, kinds, standing, training
from touchstone.policy.experts.entry import PRACTICE, SKILL, Entrant, Title
from touchstone.policy.experts.kinds import MemberKind

DAY = date(2026, 6, 1)
ASSESSOR, SENIOR, INTERNAL = MemberKind.ASSESSOR, MemberKind.SENIOR_ASSESSOR, MemberKind.INTERNAL_SUPERVISOR
SKILLED = Entrant(ASSESSOR, highest_level=3, certificate_level=3, proofs=frozenset({SKILL}))
CHIEF = Entrant(SENIOR, highest_level=1, certificate_level=1, assessor_years=1, proofs=frozenset({SKILL}))
WATCHES = Entrant(INTERNAL, work_years=2, proofs=frozenset({PRACTICE}), recommended=True)

CASES = [
    *table(
        kinds.level_within_kind,
        ("考评员三级", (ASSESSOR, 3, DAY), MET),
        ("考评员二级", (ASSESSOR, 2, DAY), UNMET, "最高可考评三级"),
        ("高级考评员一级", (SENIOR, 1, DAY), MET),
        ("没有写等级", (ASSESSOR, None, DAY), UNMET, "没有写明"),
        ("督导员不分等级", (INTERNAL, None, DAY), MET),
    ),
    *table(
        entry.skilled_enough,
        ("高级工申请考评员", (SKILLED, DAY), MET, "三级"),
        ("中级工申请考评员", (replace(SKILLED, certificate_level=4), DAY), UNMET, "三级"),
        ("中级职称申请考评员", (replace(SKILLED, certificate_level=None, title=Title.MIDDLE), DAY), MET, "中级职称"),
        ("初级职称申请考评员", (replace(SKILLED, certificate_level=None, title=Title.JUNIOR), DAY), UNMET),
        ("没有上传证书", (replace(SKILLED, proofs=frozenset()), DAY), UNPROVEN, "没有上传"),
        ("高级技师申请高级考评员", (CHIEF, DAY), MET),
        ("技师申请高级考评员", (replace(CHIEF, certificate_level=2), DAY), UNMET, "一级"),
        ("高级职称申请高级考评员", (replace(CHIEF, certificate_level=None, title=Title.SENIOR), DAY), MET),
    ),
    *table(
        entry.practised_long_enough,
        ("考评员不要求", (SKILLED, DAY), MET),
        ("任考评员一年", (CHIEF, DAY), MET),
        ("任考评员不满一年", (replace(CHIEF, assessor_years=0), DAY), UNMET, "应满1年"),
        ("在别处任考评员没有证明", (replace(CHIEF, assessor_years=0, claimed_assessor_years=2), DAY), UNPROVEN),
        ("管理工作两年", (WATCHES, DAY), MET),
        ("管理工作一年", (replace(WATCHES, work_years=1), DAY), UNMET, "或者担任考评员满3年"),
        ("任考评员三年可代替", (replace(WATCHES, work_years=0, assessor_years=3), DAY), MET),
        ("管理工作没有证明", (replace(WATCHES, proofs=frozenset()), DAY), UNPROVEN),
    ),
    *table(
        entry.recommended_by_own_body,
        ("机构推荐内部督导", (WATCHES,), MET),
        ("个人申请内部督导", (replace(WATCHES, recommended=False),), UNMET),
        ("考评员不要求", (SKILLED,), MET),
    ),
    *table(
        entry.not_barred,
        ("没有记录", (SKILLED, DAY), MET),
        ("正在暂停", (replace(SKILLED, suspended=True), DAY), UNMET, "暂停"),
        ("取消资格的最后一天", (replace(SKILLED, removed_on=date(2023, 6, 2)), DAY), UNMET, "不得再次申请"),
        ("取消资格满三年", (replace(SKILLED, removed_on=date(2023, 6, 1)), DAY), MET, "已满3年"),
    ),
    *table(
        training.course_long_enough,
        ("考评员24学时", (ASSESSOR, 24, DAY), MET),
        ("考评员23学时", (ASSESSOR, 23, DAY), UNMET, "24"),
        ("督导员16学时", (INTERNAL, 16, DAY), MET),
    ),
    *table(
        training.attended_enough,
        ("到满", (ASSESSOR, 24, DAY), MET),
        ("缺一学时", (ASSESSOR, 23, DAY), UNMET),
        ("没有登记", (ASSESSOR, None, DAY), UNPROVEN),
    ),
    *table(
        training.exam_passed,
        ("六十分", (Decimal("60"), DAY), MET),
        ("五十九分半", (Decimal("59.5"), DAY), UNMET, "59.5"),
        ("没有登记", (None, DAY), UNPROVEN),
    ),
    *table(
        training.result_still_good,
        ("最后一天", (date(2025, 6, 2), DAY), MET),
        ("满十二个月", (date(2025, 6, 1), DAY), UNMET, "失效"),
    ),
    *table(
        training.may_be_renewed,
        ("期满前六个月", (date(2026, 12, 1), DAY), MET),
        ("差一天", (date(2026, 12, 2), DAY), UNMET, "起可以申请"),
        ("期满当日", (DAY, DAY), UNMET, "期满"),
    ),
    *table(
        standing.refusals_are_few,
        ("三次", (3, DAY), MET),
        ("四次", (4, DAY), UNMET, "超过3次"),
    ),
    *table(
        standing.failed_years_are_few,
        ("一次", (1, DAY), MET),
        ("两次", (2, DAY), UNMET, "达到2次"),
    ),
    *table(
        standing.suspension_ends_in_time,
        ("正好一年", (DAY, date(2027, 6, 1), DAY), MET),
        ("多一天", (DAY, date(2027, 6, 2), DAY), UNMET, "最长12个月"),
        ("没有一天", (DAY, DAY, DAY), UNMET, "不晚于"),
    ),
    *table(
        dispatch.may_judge,
        ("没有关系", ((),), MET),
        ("师徒和亲属", (("师徒", "近亲属", "师徒"),), UNMET, "应当回避：师徒、近亲属"),
    ),
    *table(
        dispatch.turn_has_come,
        ("连续两次", (2, DAY), MET),
        ("连续三次", (3, DAY), UNMET, "最多连续3次"),
    ),
    *table(
        dispatch.month_not_full,
        ("当月七次", (7, 0, DAY), MET),
        ("当月八次", (8, 0, DAY), UNMET, "最多8次"),
        ("本人只要两次", (2, 2, DAY), UNMET, "最多2次"),
        ("本人要二十次也只派八次", (8, 20, DAY), UNMET, "最多8次"),
    ),
    *table(
        dispatch.is_free,
        ("没有任务", (False, False), MET),
        ("登记了不能承担", (True, False), UNMET, "不能承担"),
        ("另有场次", (False, True), UNMET, "其他场次"),
    ),
    *table(
        dispatch.enough_can_come,
        ("正好", (3, 5, 3, {}), MET),
        ("缺一人", (3, 5, 2, {"回避": 2, "当时不能承担": 1}), UNMET, "其余回避2名、当时不能承担1名"),
        ("没有人有资格", (3, 0, 0, {}), UNMET, "符合资格0名"),
    ),
    *table(
        dispatch.panel_changed,
        ("三人换一人", (3, 2, DAY), MET),
        ("三人都没换", (3, 3, DAY), UNMET, "至少应更换3分之一"),
        ("五人换一人", (5, 4, DAY), UNMET),
        ("五人换两人", (5, 3, DAY), MET),
    ),
]
