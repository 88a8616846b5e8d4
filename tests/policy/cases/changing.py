"""案例·变更与续期: what an amendment must say, and when renewal may be asked for and granted."""

from dataclasses import replace
from datetime import date, timedelta

from tests.policy.case import MET, UNMET, UNPROVEN, table
from tests.policy.people import TODAY
from touchstone.kernel.periods import Period
from touchstone.policy.filing import changing
from touchstone.policy.filing.changing import ChangeFacts
from touchstone.policy.filing.purposes import Change

TERM = Period(date(2025, 1, 1), date(2028, 1, 1))
OPENS, EXPIRES = date(2027, 10, 1), date(2028, 1, 1)
EVE = timedelta(days=1)
LEVEL = ChangeFacts(frozenset({Change.LEVEL}), frozenset({Change.LEVEL}), reason="新增高级工需求")
NAME = ChangeFacts(frozenset({Change.NAME}), name="上海新名有限公司", former_name="上海旧名有限公司", reason="工商变更")
PEOPLE = ChangeFacts(frozenset({Change.PEOPLE}), people="李某", reason="任免")

CASES = [
    *table(
        changing.changes_written,
        ("增加等级", (LEVEL, TODAY), MET, "等级"),
        ("选了等级而没有新等级", (replace(LEVEL, added=frozenset()), TODAY), UNMET, "还没有新的等级"),
        ("只减少范围", (replace(LEVEL, added=frozenset(), ended=2), TODAY), UNMET, "终止部分评价范围"),
        ("多出没有选择的考核点", (replace(LEVEL, added=frozenset({Change.LEVEL, Change.VENUE})), TODAY), UNMET, "没有选择"),
        ("没有原因", (replace(LEVEL, reason=""), TODAY), UNMET, "变更原因"),
        ("更名", (NAME, TODAY), MET, "机构名称"),
        ("名称与原来相同", (replace(NAME, name="上海旧名有限公司"), TODAY), UNMET, "变更后的机构名称"),
        ("法定代表人", (PEOPLE, TODAY), MET),
        ("分管负责人", (replace(PEOPLE, people="", leader="赵某"), TODAY), MET),
        ("主要人员有进出", (replace(PEOPLE, people="", staff=1), TODAY), MET),
        ("人员没有变化", (replace(PEOPLE, people=""), TODAY), UNMET, "法定代表人、分管负责人"),
    ),
    *table(
        changing.renewal_may_be_asked,
        ("三个月前一天", (TERM, OPENS - EVE), MET, "自2027-10-01起计算"),
        ("三个月第一天", (TERM, OPENS), MET),
        ("期满前一天", (TERM, EXPIRES - EVE), MET),
        ("期满当日", (TERM, EXPIRES), UNMET, "期满"),
        ("通知施行前备案的", (Period(date(2023, 6, 1), date(2026, 6, 1)), date(2026, 3, 1)), MET),
    ),
    *table(
        changing.renewal_may_be_decided,
        ("三个月前一天", (TERM, OPENS - EVE), UNMET, "不能准予"),
        ("三个月第一天", (TERM, OPENS), MET),
        ("期满之后", (TERM, EXPIRES + EVE), MET),
    ),
    *table(
        changing.expiry_evaluation_passed,
        ("合格", (True, "制度健全", TODAY), MET, "制度健全"),
        ("不合格", (False, "", TODAY), UNMET, "不合格"),
        ("没有结果", (None, "", TODAY), UNPROVEN),
    ),
]
