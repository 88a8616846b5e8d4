"""案例·机考: facts for the beginning of a script, the time of answers, the paper, and two markers."""

from datetime import datetime, timedelta
from decimal import Decimal

from tests.cast import SHANGHAI
from tests.policy.case import MET, UNMET, table
from tests.policy.people import TODAY
from touchstone.policy.exams import scripts
from touchstone.policy.exams.scripts import AtTheSeat

STARTS = datetime(2026, 3, 20, 9, 0, tzinfo=SHANGHAI)
ENDS = STARTS + timedelta(hours=2)
SECOND = timedelta(seconds=1)


def seat(*, sitting_open: bool = True, signed_in: bool = True, paper_opened: bool = True) -> AtTheSeat:
    """Give someone at the seat, ready unless told otherwise."""
    return AtTheSeat(sitting_open, signed_in, STARTS, ENDS, paper_opened)


CASES = [
    *table(
        scripts.may_begin,
        ("到点", (seat(), STARTS), MET),
        ("早一秒", (seat(), STARTS - SECOND), UNMET, "09:00开始"),
        ("最后一秒", (seat(), ENDS - SECOND), MET),
        ("已经结束", (seat(), ENDS), UNMET, "已经结束"),
        ("还没有开考", (seat(sitting_open=False), STARTS), UNMET, "没有开考"),
        ("没有签到", (seat(signed_in=False), STARTS), UNMET, "没有签到"),
        ("试卷未启封", (seat(paper_opened=False), STARTS), UNMET, "没有启封"),
    ),
    *table(
        scripts.may_try_again,
        ("填错九次", (9, TODAY), MET),
        ("填错十次", (10, TODAY), UNMET, "已填错10次"),
    ),
    *table(
        scripts.never_begun_counts_nought,
        ("到考并作答", (True, True), MET),
        ("缺考", (False, False), MET, "缺考"),
        ("到考没有开始", (True, False), UNMET, "按0分"),
    ),
    *table(
        scripts.answered_in_time,
        ("结束时收到", (ENDS, ENDS, ENDS, TODAY), MET, "以内收到"),
        ("结束前作出，迟到60秒", (ENDS, ENDS, ENDS + 60 * SECOND, TODAY), MET, "60秒以内"),
        ("结束前作出，迟到61秒", (ENDS, ENDS, ENDS + 61 * SECOND, TODAY), UNMET, "晚于结束后60秒"),
        ("结束后一秒作出", (ENDS + SECOND, ENDS, ENDS + SECOND, TODAY), UNMET, "之后的作答不计"),
    ),
    *table(
        scripts.paper_serves,
        ("一致", ("theory", 5, "GZB 6-18-01-01-2018", "theory", 5, "GZB 6-18-01-01-2018"), MET),
        ("等级不同", ("theory", 4, "GZB 6-18-01-01-2018", "theory", 5, "GZB 6-18-01-01-2018"), UNMET, "本场为"),
        ("科目不同", ("theory", 5, "GZB 6-18-01-01-2018", "practical", 5, "GZB 6-18-01-01-2018"), UNMET, "技能考核"),
    ),
    *table(
        scripts.marks_agree,
        ("十分题相差两分", (Decimal(8), Decimal(6), Decimal(10), TODAY), MET, "取平均"),
        ("十分题相差两分半", (Decimal("8.5"), Decimal(6), Decimal(10), TODAY), UNMET, "20%"),
    ),
]
