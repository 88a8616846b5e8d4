"""案例·分级分类和双随机: facts for grades, what they change, and for what of plans, draws and results is public."""

from datetime import date

from tests.policy.case import MET, UNMET, UNPROVEN, table
from touchstone.kernel.periods import Calendar
from touchstone.policy.roles import BodyKind
from touchstone.policy.supervision import grade, publication, treatment
from touchstone.policy.supervision.acts import Tier
from touchstone.policy.supervision.grade import BodyYear, Grade, graded

DAY = date(2026, 3, 20)
CALENDAR = Calendar()
E, S = BodyKind.ENTERPRISE, BodyKind.SOCIAL
GOOD = graded(BodyYear(visits=95, assessment=92, entries=1000), DAY)
CAPPED = graded(BodyYear(visits=95, assessment=92, entries=1000, upheld=((Tier.SERIOUS, date(2026, 1, 10)),)), DAY)

CASES = [
    *table(
        grade.grade_is_in_force,
        ("有效期最后一日", (DAY, date(2027, 3, 19)), MET, "2027-03-20前有效"),
        ("失效当日", (DAY, date(2027, 3, 20)), UNMET, "应重新定级"),
        ("没有定过级", (None, DAY), UNMET, "没有定级"),
    ),
    *table(
        grade.grade_follows_indicators,
        ("依指标定级", (GOOD, Grade.A, "", DAY), MET, "A级"),
        ("降一级没有理由", (GOOD, Grade.B, "", DAY), UNPROVEN, "没有写明理由"),
        ("降一级有理由", (GOOD, Grade.B, "媒体线索核实中", DAY), MET, "调整为B级"),
        ("受过严重处理的不得上调", (CAPPED, Grade.B, "表现好", DAY), UNMET, "2027-01-10以前最高为C级"),
        ("受过严重处理的可以下调", (CAPPED, Grade.D, "整改不力", DAY), MET),
    ),
    *table(
        grade.grade_contested_in_time,
        ("等级公布第十个工作日", (DAY, date(2026, 4, 3), CALENDAR), MET),
        ("等级公布第十一个工作日", (DAY, date(2026, 4, 7), CALENDAR), UNMET),
    ),
    *table(
        treatment.enough_are_drawn,
        ("甲级企业抽一成", (E, Grade.A, 40, 4, DAY), MET),
        ("不足一家的进一", (E, Grade.A, 41, 5, DAY), MET),
        ("甲级社会机构抽两成", (S, Grade.A, 40, 8, DAY), MET),
        ("少抽一家", (E, Grade.C, 10, 5, DAY), UNMET, "应抽6家"),
        ("多抽一家", (E, Grade.C, 10, 7, DAY), UNMET, "应抽6家"),
        ("丁级全部抽查", (S, Grade.D, 7, 7, DAY), MET),
        ("没有机构", (S, Grade.D, 0, 0, DAY), MET),
    ),
    *table(
        treatment.batch_fits_grade,
        ("丁级一批一百行", (E, Grade.D, 100, DAY), MET),
        ("丁级一批一百零一行", (E, Grade.D, 101, DAY), UNMET, "请分批上报"),
        ("未定级一批一千行", (E, Grade.NONE, 1000, DAY), MET),
    ),
    *table(
        treatment.data_taken_as_graded,
        ("甲级先收后查", (E, Grade.A, False, DAY), MET, "先收后查"),
        ("丙级没有看完", (E, Grade.C, False, DAY), UNMET, "先审后收"),
        ("丙级已经看完", (E, Grade.C, True, DAY), MET),
        ("未定级先审后收", (E, Grade.NONE, False, DAY), UNMET),
    ),
    *table(
        treatment.enough_are_watched,
        ("乙级十场到一场", (E, Grade.B, 10, 1, DAY), MET),
        ("丁级每场都到", (E, Grade.D, 10, 9, DAY), UNMET, "应到场督导10场"),
    ),
    *table(
        publication.plan_is_published,
        ("三月底公布", (2026, date(2026, 3, 31), DAY), MET),
        ("四月一日公布", (2026, date(2026, 4, 1), DAY), UNMET, "2026-03-31前"),
        ("没有公布", (2026, None, DAY), UNMET, "尚未公布"),
    ),
    *table(
        publication.redraw_is_told,
        ("首次抽取", ("", "", False), MET),
        ("重抽有理由已公告", ("CQ1", "名册漏列一家", True), MET, "替代抽取CQ1"),
        ("重抽没有理由", ("CQ1", "", True), UNMET, "理由"),
        ("重抽没有公告", ("CQ1", "名册漏列一家", False), UNMET, "另行公告"),
    ),
    *table(
        publication.result_is_published,
        ("第二十个工作日公开", (DAY, date(2026, 4, 20), date(2026, 5, 10), CALENDAR), MET),
        ("第二十一个工作日公开", (DAY, date(2026, 4, 21), date(2026, 5, 10), CALENDAR), UNMET, "实际于2026-04-21"),
        ("逾期没有公开", (DAY, None, date(2026, 4, 21), CALENDAR), UNMET, "已经逾期"),
        ("期限内没有公开", (DAY, None, date(2026, 4, 20), CALENDAR), MET),
    ),
]
