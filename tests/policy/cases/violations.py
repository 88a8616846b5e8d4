"""案例·违纪违规处理: facts for acts, measures, hearing and appeal."""

from datetime import date

from tests.policy.case import MET, UNMET, table
from touchstone.kernel.periods import Calendar
from touchstone.policy.violations import acts, hearing, measures
from touchstone.policy.violations.acts import Party, Tier
from touchstone.policy.violations.measures import Measure

DAY = date(2026, 3, 20)
CALENDAR = Calendar()
C, S = Party.CANDIDATE, Party.STAFF

CASES = [
    *table(
        acts.act_is_listed,
        ("考生抄袭属严重", ("copies", C, DAY), MET, "属严重情形"),
        ("考生替考属特别严重", ("substitute", C, DAY), MET, "属特别严重情形"),
        ("监考泄题属特别严重", ("leaks_papers", S, DAY), MET, "属特别严重情形"),
        ("考务情形不能用于考生", ("leaks_papers", C, DAY), UNMET, "不在参评人员"),
        ("没有这种情形", ("laughs", C, DAY), UNMET, "不在"),
    ),
    *table(
        measures.measure_fits,
        ("一般情形本科目无效", (C, Tier.MINOR, Measure.PART_VOID, DAY), MET),
        ("一般情形只记档案", (C, Tier.MINOR, Measure.RECORDED, DAY), MET),
        ("一般情形不能限期", (C, Tier.MINOR, Measure.BARRED, DAY), UNMET, "可以作的处理是"),
        ("严重情形可以限期", (C, Tier.SERIOUS, Measure.BARRED, DAY), MET),
        ("工作人员没有成绩可言", (S, Tier.SERIOUS, Measure.ALL_VOID, DAY), UNMET, "记入档案"),
        ("工作人员一般情形只记档案", (S, Tier.MINOR, Measure.BARRED, DAY), UNMET),
    ),
    *table(
        measures.untrue_voids_all,
        ("承诺不实全部无效", ("false_undertaking", Measure.ALL_VOID, DAY), MET, "取消报名资格"),
        ("承诺不实限期不得参加", ("false_undertaking", Measure.BARRED, DAY), MET),
        ("材料不实只记档案", ("false_evidence", Measure.RECORDED, DAY), UNMET, "不能只记档案"),
        ("承诺不实只作单科无效", ("false_undertaking", Measure.PART_VOID, DAY), UNMET),
        ("抄袭只作单科无效", ("copies", Measure.PART_VOID, DAY), MET, "不涉及"),
    ),
    *table(
        measures.bar_is_in_bounds,
        ("严重一年整", (C, Tier.SERIOUS, DAY, date(2027, 3, 20), DAY), MET),
        ("严重多一天", (C, Tier.SERIOUS, DAY, date(2027, 3, 21), DAY), UNMET, "最长限制到2027-03-20"),
        ("特别严重三年", (C, Tier.GRAVE, DAY, date(2029, 3, 20), DAY), MET),
        ("当天截止", (S, Tier.GRAVE, DAY, DAY, DAY), UNMET, "不晚于起始日"),
        ("一般情形不限制", (C, Tier.MINOR, DAY, date(2026, 4, 1), DAY), UNMET, "不限制参加"),
    ),
    *table(
        measures.not_barred,
        ("没有决定", ("参加评价", "", None, DAY), MET),
        ("限期最后一天", ("参加评价", "WJ1", date(2026, 3, 21), DAY), UNMET, "2026-03-21以前不得参加评价"),
        ("限期届满", ("参加评价", "WJ1", DAY, DAY), MET),
    ),
    *table(
        hearing.was_heard,
        ("已陈述", (DAY, True, False, DAY, CALENDAR), MET, "已听取"),
        ("已放弃", (DAY, False, True, DAY, CALENDAR), MET, "放弃"),
        ("还没有告知", (None, False, False, DAY, CALENDAR), UNMET, "没有告知"),
        ("第五个工作日", (DAY, False, False, date(2026, 3, 27), CALENDAR), UNMET, "尚未届满"),
        ("第六个工作日", (DAY, False, False, date(2026, 3, 30), CALENDAR), MET, "届满"),
    ),
    *table(
        hearing.appeal_in_time,
        ("第十个工作日", (DAY, date(2026, 4, 3), CALENDAR), MET),
        ("第十一个工作日", (DAY, date(2026, 4, 7), CALENDAR), UNMET, "已经过期"),
    ),
]
