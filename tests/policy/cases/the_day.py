"""案例·考试当日: facts for opening a sitting and letting candidates in."""

from datetime import UTC, date, datetime

from tests.policy.case import MET, UNMET, table
from touchstone.policy.exams import day, seating

DAY = date(2026, 10, 15)


def at(hour: int, minute: int = 0) -> datetime:
    """Give a moment of the day of the exam."""
    return datetime(2026, 10, 15, hour, minute, tzinfo=UTC)


CASES = [
    *table(
        day.supervisor_is_there,
        ("督导员本人开考", ("理论一室 09:00", "督导甲", True, "", DAY), MET, "本人到场"),
        ("经办人核验身份证后放行", ("理论一室 09:00", "督导甲", False, "id_card", DAY), MET, "已核验居民身份证"),
        ("督导员没有到", ("理论一室 09:00", "督导甲", False, "", DAY), UNMET, "不能开考"),
        ("没有这种证件", ("理论一室 09:00", "督导甲", False, "business_card", DAY), UNMET, "不能开考"),
        ("没有指定督导员", ("理论一室 09:00", "", True, "id_card", DAY), UNMET, "没有指定"),
    ),
    *table(
        day.may_open_now,
        ("提前六十分钟", (at(8), at(9), at(11), DAY), MET),
        ("提前六十一分钟", (at(7, 59), at(9), at(11), DAY), UNMET, "60分钟起"),
        ("迟了但还没有结束", (at(10, 59), at(9), at(11), DAY), MET),
        ("时间已过", (at(11), at(9), at(11), DAY), UNMET, "时间已过"),
    ),
    *table(
        day.in_time_to_enter,
        ("提前到", (at(8, 40), at(9), DAY), MET),
        ("迟到三十分钟整", (at(9, 30), at(9), DAY), MET),
        ("迟到三十一分钟", (at(9, 31), at(9), DAY), UNMET, "不得入场"),
    ),
    *table(
        day.identity_is_checked,
        ("身份证", ("id_card", DAY), MET),
        ("没有核验", ("", DAY), UNMET, "没有选择"),
    ),
    *table(
        day.incident_is_of_a_kind,
        ("考生违纪", ("misconduct", DAY), MET),
        ("没有选类别", ("", DAY), UNMET, "没有选择"),
    ),
    *table(
        day.handed_over_by_two,
        ("两个人", ("监考甲", "督导甲", DAY), MET, "监考甲和督导甲"),
        ("还缺一人", ("监考甲", "", DAY), UNMET, "还缺一人"),
        ("自己与自己", ("监考甲", "监考甲", DAY), UNMET, "不能自己与自己"),
    ),
    *table(
        day.papers_add_up,
        ("领取有余", ("received", 32, 30, True, DAY), MET),
        ("启封不足", ("opened", 29, 30, True, DAY), UNMET, "试卷只有29份"),
        ("密封已破", ("opened", 30, 30, False, DAY), UNMET, "密封有异常"),
        ("收回与到考一致", ("collected", 28, 28, True, DAY), MET),
        ("收回少一份", ("collected", 27, 28, True, DAY), UNMET, "收回27份"),
    ),
    *table(
        seating.neighbours_differ,
        ("左右前后都不同", ({1: "A", 2: "B", 7: "B", 8: "A"}, DAY), MET),
        ("左右相同", ({1: "A", 2: "A"}, DAY), UNMET, "第1排第1座"),
        ("前后相同", ({1: "A", 7: "A"}, DAY), UNMET, "同为A卷"),
        ("隔座相同不算相邻", ({1: "A", 3: "A"}, DAY), MET),
    ),
]
