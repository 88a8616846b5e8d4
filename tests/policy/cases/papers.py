"""案例·试卷: facts for blueprints, composed papers and their seals."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from tests.policy.case import MET, UNMET, table
from tests.policy.people import TODAY
from touchstone.policy.questions import papers
from touchstone.policy.questions.papers import Asked, BlueprintFacts, PaperFacts, SealFacts

HOUR = datetime(2026, 6, 1, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
KINDS = {"choice": Asked(60, Decimal(1)), "true_false": Asked(20, Decimal(1)), "multiple": Asked(10, Decimal(2))}
BLUEPRINT = BlueprintFacts("theory", KINDS, 90, 90, {"A": Decimal(5), "1": Decimal(95)})
PAPER = PaperFacts({"A": 4, "1": 86, "2": 0}, ({"A": 4, "1": 86}, {"A": 4, "1": 86}), 2)
SEAL = SealFacts((1, 2), HOUR - timedelta(days=1), HOUR)

CASES = [
    *table(
        papers.weights_known,
        ("有权重表", (BLUEPRINT, TODAY), MET, "2项"),
        ("没有核准的结构", (replace(BLUEPRINT, weights={}), TODAY), UNMET, "没有核准的权重表"),
    ),
    *table(
        papers.kinds_fit,
        ("理论三种题型", (BLUEPRINT, TODAY), MET, "90题"),
        ("理论卷中有实操任务", (replace(BLUEPRINT, kinds={"practical": Asked(1, Decimal(100))}), TODAY), UNMET, "实操任务"),
        ("一题也没有", (replace(BLUEPRINT, kinds={}), TODAY), UNMET, "没有写明"),
    ),
    *table(
        papers.full_mark,
        ("刚好满分", (BLUEPRINT, TODAY), MET, "100分"),
        ("差一分", (replace(BLUEPRINT, kinds={**KINDS, "choice": Asked(59, Decimal(1))}), TODAY), UNMET, "合计99分"),
        ("半分的题", (replace(BLUEPRINT, kinds={"choice": Asked(200, Decimal("0.5"))}), TODAY), MET),
    ),
    *table(
        papers.time_enough,
        ("规程的最短时间", (BLUEPRINT, TODAY), MET),
        ("短一分钟", (replace(BLUEPRINT, minutes=89), TODAY), UNMET, "不少于90分钟"),
        ("标准更长", (replace(BLUEPRINT, printed_minutes=120), TODAY), UNMET, "不少于120分钟"),
    ),
    *table(
        papers.weights_exact,
        ("各套一致", (PAPER, TODAY), MET, "最大余数法"),
        ("第二套多一题", (replace(PAPER, forms=({"A": 4, "1": 86}, {"A": 5, "1": 85})), TODAY), UNMET, "第2套"),
    ),
    *table(
        papers.forms_enough,
        ("两套", (PAPER, TODAY), MET),
        ("只有一套", (replace(PAPER, forms=({"A": 4, "1": 86},)), TODAY), UNMET, "只有1套"),
        ("一套也没有", (replace(PAPER, forms=()), TODAY), UNMET, "只有0套"),
    ),
    *table(
        papers.fresh,
        ("都有效", (PAPER, TODAY), MET),
        ("一题过时", (replace(PAPER, stale=("ST2026000001",)), TODAY), UNMET, "ST2026000001"),
        ("所依据的标准变动", (replace(PAPER, stale_because=("细目表：权重表有变动",)), TODAY), UNMET, "权重表有变动"),
        ("四题过时", (replace(PAPER, stale=("甲", "乙", "丙", "丁")), TODAY), UNMET, "等4题"),
    ),
    *table(
        papers.held_apart,
        ("两人各持一份", (SEAL, TODAY), MET),
        ("一人持两份", (replace(SEAL, holders=(1, 1)), TODAY), UNMET, "现为1人"),
        ("只有一人", (replace(SEAL, holders=(1,)), TODAY), UNMET, "2名不同的保管人"),
    ),
    *table(
        papers.sealed_before_the_hour,
        ("前一天封存", (SEAL, TODAY), MET),
        ("到了时间才封存", (replace(SEAL, sealed_at=HOUR), TODAY), UNMET, "封存以后"),
    ),
    *table(
        papers.hour_has_come,
        ("整点", (HOUR, HOUR), MET),
        ("早一秒", (HOUR, HOUR - timedelta(seconds=1)), UNMET, "还没有到"),
    ),
    *table(
        papers.in_no_sealed_paper,
        ("没有封存的试卷", (None, HOUR), MET),
        ("整点", (HOUR, HOUR), MET),
        ("早一秒", (HOUR, HOUR - timedelta(seconds=1)), UNMET, "还没有到启封时间"),
    ),
]
