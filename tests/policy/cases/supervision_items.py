"""案例·检查: facts for the public list of items, the inspector's sheet, visits, records called for, cameras, campaigns, tracing back."""

from datetime import date, datetime, timedelta

from tests.policy.case import MET, UNMET, UNPROVEN, table
from touchstone.kernel.periods import Calendar, Period
from touchstone.policy.roles import BodyKind
from touchstone.policy.supervision import items, records
from touchstone.policy.supervision.items import Answer, Way
from touchstone.policy.supervision.records import Source

DAY = date(2026, 3, 20)
NOON = datetime(2026, 3, 20, 12, 0)  # noqa: DTZ001 - only the distance between two moments counts
CALENDAR = Calendar()
E = BodyKind.ENTERPRISE
FEES = {"fees.charged": Answer.YES, "fees.words": Answer.YES, "fees.answers": Answer.NOT_HERE}
ALL_OF_QUESTION = ("用过该题的试卷", "使用这些试卷的场次", "这些场次中该题影响结论的考生")

CASES = [
    *table(
        items.item_is_listed,
        ("清单内事项现场检查", ("sitting", Way.ON_SITE, E, DAY), MET, "现场检查"),
        ("清单内事项随机抽取", ("sitting", Way.RANDOM_DRAW, E, DAY), MET, "双随机"),
        ("清单外事项", ("taxes", Way.ON_SITE, E, DAY), UNMET, "不得检查"),
        ("线索核实不随机抽取", ("leads", Way.RANDOM_DRAW, E, DAY), UNMET, "依线索检查"),
        ("考评人员不能只远程监控", ("staff", Way.REMOTE, E, DAY), UNMET, "可以采用的方式"),
        ("企业不查收费", ("fees", Way.ON_SITE, E, DAY), UNMET, "不适用于企业"),
        ("未经备案的现场检查", ("unfiled", Way.ON_SITE, None, DAY), MET),
    ),
    *table(
        items.every_check_is_answered,
        ("逐项有结论", ("fees", FEES, {}, DAY), MET, "3项"),
        ("缺一项结论", ("fees", {"fees.charged": Answer.YES}, {}, DAY), UNPROVEN, "还有2项"),
        ("不符合没有说明", ("fees", {**FEES, "fees.charged": Answer.NO}, {}, DAY), UNPROVEN, "没有写明情况"),
        ("不符合已说明", ("fees", {**FEES, "fees.charged": Answer.NO}, {"fees.charged": "窗口未张贴"}, DAY), MET),
    ),
    *table(
        records.visit_is_signed,
        ("双方签字", ({1, 2}, {1, 2}, True, False, DAY), MET, "已签字"),
        ("一人检查", ({1}, {1}, True, False, DAY), UNMET, "不少于2人"),
        ("一名检查人员没有签字", ({1, 2}, {1}, True, False, DAY), UNMET, "还有1名"),
        ("机构没有签字也没有说明", ({1, 2}, {1, 2}, False, False, DAY), UNPROVEN),
        ("机构拒绝签字已注明", ({1, 2}, {1, 2}, False, True, DAY), MET, "拒绝签字"),
    ),
    *table(
        records.records_in_time,
        ("第五个工作日提供", (DAY, date(2026, 3, 27), date(2026, 4, 1), CALENDAR), MET),
        ("第六个工作日提供", (DAY, date(2026, 3, 30), date(2026, 4, 1), CALENDAR), UNMET, "实际于2026-03-30"),
        ("期限内还没有提供", (DAY, None, date(2026, 3, 27), CALENDAR), MET, "应在2026-03-27前"),
        ("逾期没有提供", (DAY, None, date(2026, 3, 30), CALENDAR), UNMET, "未按期提供资料"),
        ("调取通知写明较短的期限", (DAY, date(2026, 3, 25), date(2026, 4, 1), CALENDAR, date(2026, 3, 24)), UNMET, "应在2026-03-24前"),
        ("同意延期以后提供", (DAY, date(2026, 4, 1), date(2026, 4, 1), CALENDAR, date(2026, 4, 3)), MET),
    ),
    *table(
        records.records_left_alone,
        ("调取后没有改动", (NOON, None, DAY), MET),
        ("调取前的改动", (NOON, NOON - timedelta(minutes=1), DAY), MET),
        ("调取后改动", (NOON, NOON, DAY), UNMET, "不得改动"),
    ),
    *table(
        records.camera_is_alive,
        ("三分钟以内", (NOON - timedelta(minutes=3), NOON, DAY), MET),
        ("四分钟没有信号", (NOON - timedelta(minutes=4), NOON, DAY), UNMET, "已4分钟"),
        ("从来没有信号", (None, NOON, DAY), UNPROVEN, "没有收到"),
    ),
    *table(
        records.campaign_is_defined,
        ("主题范围期限齐全", ("暑期院校专项", ["eligibility"], Period(DAY, date(2026, 9, 20)), DAY), MET, "1个事项"),
        ("没有截止日期", ("暑期院校专项", ["eligibility"], Period(DAY), DAY), UNMET, "截止日期"),
        ("超过六个月一天", ("暑期院校专项", ["eligibility"], Period(DAY, date(2026, 9, 21)), DAY), UNMET, "最长6个月"),
        ("没有事项", ("暑期院校专项", [], Period(DAY, date(2026, 4, 1)), DAY), UNPROVEN),
    ),
    *table(
        records.traced_back,
        ("回溯齐全并追责", (Source.QUESTION, ALL_OF_QUESTION, 1, DAY), MET, "追究1人"),
        ("漏查一项", (Source.QUESTION, ALL_OF_QUESTION[1:], 1, DAY), UNPROVEN, "用过该题的试卷"),
        ("没有追责结论", (Source.QUESTION, ALL_OF_QUESTION, 0, DAY), UNPROVEN, "责任追究"),
        ("写明无人有责的理由", (Source.QUESTION, ALL_OF_QUESTION, 0, DAY, "印刷设备故障，已更换"), MET, "无人有责"),
    ),
]
