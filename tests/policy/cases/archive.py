"""案例·评价档案: facts for sealing, keeping and looking into the archive of an evaluation."""

from datetime import date

from tests.policy.case import MET, UNMET, UNPROVEN, table
from touchstone.kernel.periods import Calendar
from touchstone.policy.exams import archive
from touchstone.policy.exams.archive import Carrier, Volume

EXAM, LAST = date(2026, 3, 20), date(2026, 4, 3)
DAY = date(2026, 4, 7)

CASES = [
    *table(
        archive.sealed_in_time,
        ("最后一日封存", (EXAM, LAST, Calendar(), DAY), MET, "不迟于2026-04-03"),
        ("迟一个工作日封存", (EXAM, date(2026, 4, 7), Calendar(), DAY), UNMET, "迟了1个工作日"),
        ("还没有封存，期限已过", (EXAM, None, Calendar(), DAY), UNMET, "已超过1个工作日"),
        ("还没有封存，期限未到", (EXAM, None, Calendar(), LAST), UNPROVEN, "应在2026-04-03前封存"),
    ),
    *table(
        archive.all_volumes_are_bound,
        ("五卷都在", (tuple(Volume),), MET),
        ("没有证书卷", (tuple(Volume)[:4],), UNMET, "证书卷"),
    ),
    *table(
        archive.lacks_are_explained,
        ("没有缺件", ((), "", DAY), MET, "没有缺件"),
        ("缺件没有说明", (("培训方案",), " ", DAY), UNPROVEN, "培训方案"),
        ("缺件已说明", (("培训方案",), "本批次没有组织培训", DAY), MET, "已在备考表说明"),
    ),
    *table(
        archive.need_not_be_kept,
        ("没有封存", (None, Carrier.PAPER, DAY), UNMET, "没有封存"),
        ("最后一日", (date(2029, 4, 3), Carrier.PAPER, date(2029, 4, 2)), UNMET, "未满"),
        ("届满当日", (date(2029, 4, 3), Carrier.PAPER, date(2029, 4, 3)), MET, "届满"),
        ("电子档案", (date(2031, 4, 3), Carrier.ELECTRONIC, date(2029, 4, 3)), UNMET, "电子档案"),
    ),
    *table(
        archive.consulted_for_a_reason,
        ("主管单位写明", (True, "核查投诉"), MET, "有事由"),
        ("主管单位没有写", (True, " "), UNMET, "须写明事由"),
        ("主管单位只写两个字", (True, "检查"), UNMET, "须写明事由"),
        ("本机构", (False, ""), MET, "本机构"),
    ),
]
