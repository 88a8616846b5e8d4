"""案例·机构案件程序: facts for every step before a decision is sealed, for the clocks, and for the archive."""

from dataclasses import replace
from datetime import date

from tests.policy.case import MET, UNMET, UNPROVEN, table
from touchstone.kernel.periods import Calendar
from touchstone.policy.supervision import archive, clocks, procedure
from touchstone.policy.supervision.clocks import Clock
from touchstone.policy.supervision.procedure import CaseFacts

DAY = date(2026, 3, 20)
FIFTH, SIXTH = date(2026, 3, 27), date(2026, 3, 30)
CALENDAR = Calendar()
NEW = CaseFacts(acted_on=date(2026, 1, 5), found_on=date(2026, 2, 2))
WHOLE = CaseFacts(
    acted_on=date(2026, 1, 5),
    found_on=date(2026, 2, 2),
    officers=frozenset({1, 2}),
    evidence=4,
    notified_on=DAY,
    said=True,
    statement_answered=True,
    hearing_asked_on=date(2026, 3, 23),
    hearing_told_on=date(2026, 3, 31),
    hearing_held_on=date(2026, 4, 7),
    hearing_led_by=7,
    lawyer=5,
    discussed_by=frozenset({6, 8, 9}),
    decides=6,
    remedies_told=True,
)
LATER = date(2026, 4, 10)
CONTENTS = [one for held in archive.CONTENTS.on(DAY).value.values() for one in held]

CASES = [
    *table(
        procedure.two_officers_handle,
        ("两人办案", (WHOLE, LATER), MET),
        ("一人办案", (replace(WHOLE, officers=frozenset({1})), LATER), UNMET, "不少于2人"),
    ),
    *table(
        procedure.evidence_is_listed,
        ("证据四件均已列明", (WHOLE, LATER), MET, "4件"),
        ("没有证据", (NEW, LATER), UNPROVEN, "没有证据"),
        ("一件没有写明来源", (replace(WHOLE, unlisted=1), LATER), UNPROVEN, "有1件没有写明"),
    ),
    *table(
        procedure.body_was_notified,
        ("告知书已送达", (WHOLE, LATER), MET),
        ("没有告知机构", (NEW, LATER), UNMET, "还没有送达告知书"),
    ),
    *table(
        procedure.body_was_heard_out,
        ("机构已陈述并复核", (WHOLE, LATER, CALENDAR), MET, "已陈述申辩"),
        ("机构陈述没有回应", (replace(WHOLE, statement_answered=False), LATER, CALENDAR), UNMET, "是否采纳"),
        ("机构放弃陈述", (replace(WHOLE, said=False, waived=True), DAY, CALENDAR), MET, "放弃"),
        ("陈述期第五个工作日", (replace(WHOLE, said=False), FIFTH, CALENDAR), UNMET, "尚未届满"),
        ("陈述期第六个工作日", (replace(WHOLE, said=False), SIXTH, CALENDAR), MET, "届满"),
        ("没有告知就没有陈述", (NEW, LATER, CALENDAR), UNMET, "没有开始"),
    ),
    *table(
        procedure.hearing_was_held,
        ("要求听证并已举行", (WHOLE, LATER, CALENDAR), MET, "2026-04-07"),
        ("要求听证尚未举行", (replace(WHOLE, hearing_held_on=None), LATER, CALENDAR), UNMET, "尚未举行"),
        ("听证前六日才通知", (replace(WHOLE, hearing_told_on=date(2026, 4, 1)), LATER, CALENDAR), UNMET, "听证前7日"),
        ("办案人主持听证", (replace(WHOLE, hearing_led_by=1), LATER, CALENDAR), UNMET, "不办理本案的人"),
        ("没有要求而期限未满", (replace(WHOLE, hearing_asked_on=None), FIFTH, CALENDAR), UNMET, "尚未届满"),
        ("没有要求而期限已满", (replace(WHOLE, hearing_asked_on=None), SIXTH, CALENDAR), MET, "没有在期限内要求"),
        ("逾期才要求", (replace(WHOLE, hearing_asked_on=SIXTH, hearing_held_on=None), SIXTH, CALENDAR), MET),
        ("没有告知听证权利", (NEW, LATER, CALENDAR), UNMET, "没有告知听证"),
    ),
    *table(
        procedure.lawyer_has_looked,
        ("另一人审核", (WHOLE, LATER), MET),
        ("没有审核", (NEW, LATER), UNMET, "没有法制审核"),
        ("办案人自己审核", (replace(WHOLE, lawyer=1), LATER), UNMET, "另一人审核"),
    ),
    *table(
        procedure.was_discussed,
        ("三人讨论", (WHOLE, LATER), MET),
        ("两人讨论", (replace(WHOLE, discussed_by=frozenset({6, 8})), LATER), UNMET, "不少于3人"),
    ),
    *table(
        procedure.another_decides_case,
        ("负责人决定", (WHOLE, LATER), MET),
        ("办案人自己决定", (replace(WHOLE, decides=2), LATER), UNMET, "另一人决定"),
        ("没有审批人", (NEW, LATER), UNMET),
    ),
    *table(
        procedure.remedies_are_told,
        ("写明救济", (WHOLE, LATER), MET),
        ("没有写明救济", (NEW, LATER), UNMET),
    ),
    *table(
        procedure.case_is_alive,
        ("在办案件", (WHOLE, LATER), MET),
        ("已认定不成立的", (replace(WHOLE, cleared_on=date(2026, 4, 1)), LATER), UNMET, "不得再作处理"),
        ("恰好两年发现", (replace(NEW, found_on=date(2028, 1, 5)), date(2028, 2, 1)), MET),
        ("两年零一天发现", (replace(NEW, found_on=date(2028, 1, 6)), date(2028, 2, 1)), UNMET, "2年后才发现"),
    ),
    *table(
        clocks.clock_is_kept,
        ("第十个工作日立案", (Clock.OPEN, DAY, date(2026, 4, 3), False, LATER, CALENDAR), MET),
        ("第十一个工作日立案", (Clock.OPEN, DAY, date(2026, 4, 7), False, LATER, CALENDAR), UNMET, "应在2026-04-03前"),
        ("九十日内决定", (Clock.DECIDE, DAY, date(2026, 6, 18), False, date(2026, 7, 1), CALENDAR), MET),
        ("九十一日决定", (Clock.DECIDE, DAY, date(2026, 6, 19), False, date(2026, 7, 1), CALENDAR), UNMET),
        ("延长后一百二十日决定", (Clock.DECIDE, DAY, date(2026, 7, 18), True, date(2026, 8, 1), CALENDAR), MET),
        ("送达期不能延长", (Clock.SERVE, DAY, date(2026, 3, 28), True, LATER, CALENDAR), UNMET),
        ("还没有办而未逾期", (Clock.SERVE, DAY, None, False, date(2026, 3, 27), CALENDAR), MET, "应在2026-03-27前送达"),
        ("还没有办而已逾期", (Clock.SERVE, DAY, None, False, date(2026, 3, 28), CALENDAR), UNMET, "已经逾期"),
    ),
    *table(
        clocks.body_appeal_in_time,
        ("机构第十个工作日申诉", (DAY, date(2026, 4, 3), CALENDAR), MET),
        ("机构第十一个工作日申诉", (DAY, date(2026, 4, 7), CALENDAR), UNMET, "行政复议"),
    ),
    *table(
        archive.archive_is_whole,
        ("案卷齐全", (CONTENTS, [], DAY), MET),
        ("没有申诉已说明", ([one for one in CONTENTS if one != "申诉和答复"], ["申诉和答复"], DAY), MET),
        ("缺送达回证", ([one for one in CONTENTS if one != "决定书送达回证"], [], DAY), UNPROVEN, "决定书送达回证"),
    ),
    *table(
        archive.archived_in_time,
        ("第二十个工作日归档", (DAY, date(2026, 4, 20), date(2026, 5, 10), CALENDAR), MET),
        ("第二十一个工作日归档", (DAY, date(2026, 4, 21), date(2026, 5, 10), CALENDAR), UNMET, "应在2026-04-20前"),
        ("逾期没有归档", (DAY, None, date(2026, 4, 21), CALENDAR), UNMET, "已经逾期"),
        ("期限内没有归档", (DAY, None, date(2026, 4, 20), CALENDAR), MET),
    ),
    *table(
        archive.archive_may_be_read,
        ("承办单位有用途", (True, False, False, "复查整改", DAY), MET),
        ("没有写明用途", (True, False, False, " ", DAY), UNMET, "用途"),
        ("别的单位未经同意", (False, False, False, "参考", DAY), UNMET, "同意"),
        ("别的单位经同意", (False, False, True, "参考", DAY), MET),
        ("机构查阅自己的案卷", (False, True, False, "准备申诉", DAY), MET),
    ),
]
