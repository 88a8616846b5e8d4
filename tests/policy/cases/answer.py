"""案例·名录答复: facts for the question whether a body is filed for this on a day."""

from dataclasses import replace
from datetime import date, timedelta

from tests.policy.case import MET, UNMET, table
from touchstone.kernel.periods import Period
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.filing.answer import Asked, FiledLine, filed_for

SINCE, UNTIL = date(2026, 3, 16), date(2029, 3, 16)
EVE, LAST = SINCE - timedelta(days=1), UNTIL - timedelta(days=1)
TURNER = FiledLine("1", "6-18-01-01", "", "车工", Level.THREE, "310115", Period(SINCE, UNTIL))
LATHE = replace(TURNER, trade="数控车工", level=Level.FOUR)
PAUSED = replace(TURNER, suspended=(Period(date(2027, 1, 1), date(2027, 3, 1)),))
ENDED = replace(TURNER, term=Period(SINCE, date(2027, 5, 1)), ended_by="自愿终止")
PENDING = replace(TURNER, term=Period(SINCE))
LATER = replace(TURNER, level=Level.TWO, term=Period(date(2027, 1, 1), UNTIL))
THREE = Asked("6-18-01-01", "", "车工", Level.THREE)
DAY = date(2026, 6, 1)

CASES = table(
    filed_for,
    ("生效前一日", ((TURNER,), THREE, EVE), UNMET, "尚未生效"),
    ("生效当日", ((TURNER,), THREE, SINCE), MET, "有效期至2029年3月15日"),
    ("最后一天", ((TURNER,), THREE, LAST), MET),
    ("期满当日", ((TURNER,), THREE, UNTIL), UNMET, "到2029年3月15日期满"),
    ("什么都不限", ((TURNER,), Asked(), DAY), MET, "有效备案包括评价"),
    ("整个职业备案，问其中工种", ((TURNER,), replace(THREE, trade="数控车工", title="车工（数控车工）"), DAY), MET),
    ("只备案一个工种，问另一工种", ((LATHE,), Asked("6-18-01-01", "普通车工", "车工（普通车工）"), DAY), UNMET, "不包括"),
    ("没有的等级", ((TURNER,), replace(THREE, level=Level.ONE), DAY), UNMET, "不包括车工一级"),
    ("没有的职业", ((TURNER,), Asked("6-18-02-04", "", "焊工"), DAY), UNMET, "不包括焊工"),
    ("没有考核点的区", ((TURNER,), replace(THREE, district="310104"), DAY), UNMET, "在徐汇区考核"),
    ("有考核点的区", ((TURNER,), replace(THREE, district="310115"), DAY), MET),
    ("暂停前一日", ((PAUSED,), THREE, date(2026, 12, 31)), MET),
    ("暂停当日", ((PAUSED,), THREE, date(2027, 1, 1)), UNMET, "自2027年1月1日起暂停评价"),
    ("恢复当日", ((PAUSED,), THREE, date(2027, 3, 1)), MET),
    ("终止前一日", ((ENDED,), THREE, date(2027, 4, 30)), MET),
    ("终止当日", ((ENDED,), THREE, date(2027, 5, 1)), UNMET, "终止（自愿终止）"),
    ("一个等级已终止，另一个还有效", ((ENDED, replace(TURNER, level=Level.FOUR)), THREE, date(2027, 5, 1)), UNMET, "自愿终止"),
    ("续期未决", ((PENDING,), THREE, UNTIL), MET, "续期申请尚未决定"),
    ("变更增加的等级尚未生效", ((TURNER, LATER), replace(THREE, level=Level.TWO), DAY), UNMET, "自2027年1月1日起生效"),
    ("全部期满后问别的职业", ((TURNER,), Asked("6-18-02-04", "", "焊工"), UNTIL), UNMET, "没有有效备案，最近的备案到2029年3月15日为止"),
    ("从未备案", ((), THREE, DAY), UNMET, "从未在本平台备案"),
)
