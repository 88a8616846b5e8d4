"""案例·终止: facts for the grounds on which a filing ends, the canary of the run, and what stands after the end."""

from dataclasses import replace
from datetime import date, timedelta

from tests.policy.case import MET, UNMET, table
from touchstone.policy.filing.ending import (
    EndKind,
    FilingFacts,
    LineFacts,
    body_gone,
    canary,
    certificate_stands,
    comes_back,
    ended_by_wish,
    line_lost,
    may_ask_end,
    may_finish,
    may_finish_itself,
    not_renewed,
    renewal_not_granted,
)

END = date(2028, 1, 1)
EVE = END - timedelta(days=1)
FILING = FilingFacts("BA1", END)
ASKED = replace(FILING, renewal_asked_on=EVE, renewal_undecided=True)
GONE = replace(FILING, gone_on=date(2026, 7, 1), gone_because="注销")
LOST = LineFacts("1", "车工三级", lost_on=date(2026, 7, 1), lost_because="不再列入目录", amend_by=date(2026, 9, 30))

CASES = [
    *table(
        may_ask_end,
        ("当日", (EVE, END, EVE), MET),
        ("昨日", (EVE - timedelta(days=1), END, EVE), UNMET, "不能追溯"),
        ("期满前一日", (EVE, END, date(2026, 7, 1)), MET),
        ("期满当日", (END, END, date(2026, 7, 1)), UNMET, "期满之前"),
        ("续期待决没有期满日", (END, None, EVE), MET),
    ),
    *table(
        ended_by_wish,
        ("没有提出", (None, EVE, END), UNMET),
        ("提出的日期前一日", (date(2026, 7, 1), END, EVE), UNMET, "尚未到"),
        ("提出的日期当日", (date(2026, 7, 1), END, END), MET, "主动提出"),
    ),
    *table(
        may_finish_itself,
        ("自愿终止", (EndKind.VOLUNTARY, None, END, END), MET),
        ("期满自动终止", (EndKind.AUTOMATIC, None, END, END), MET),
        ("责令终止", (EndKind.ORDERED, None, END, END), UNMET, "责令"),
        ("主体灭失当日", (EndKind.AUTOMATIC, END, END, END), UNMET, "主体灭失"),
        ("主体灭失前一日", (EndKind.VOLUNTARY, END, EVE, EVE), MET),
    ),
    *table(
        comes_back,
        ("接收机构没有办理", ("", END, EVE), MET, "转回原机构"),
        ("接收机构已完成审核", ("已完成资格审核", END, EVE), UNMET, "已完成资格审核"),
        ("原考试日当日撤销", ("", END, END), UNMET, "已过"),
    ),
    *table(
        not_renewed,
        ("期满前一日", (FILING, EVE), UNMET),
        ("期满当日未申请", (FILING, END), MET, "未书面申请续期"),
        ("期满前一日申请", (ASKED, END), UNMET, "已于2027-12-31"),
        ("窗口之前申请也算", (replace(FILING, renewal_asked_on=date(2027, 1, 5)), END), UNMET),
        ("期满当日才申请", (replace(FILING, renewal_asked_on=END), END), MET),
    ),
    *table(
        renewal_not_granted,
        ("申请未决", (ASKED, END), UNMET, "继续有效"),
        ("未获准而期满", (replace(ASKED, renewal_undecided=False), END), MET, "未获准"),
        ("未获准而未期满", (replace(ASKED, renewal_undecided=False), EVE), UNMET),
        ("没有申请", (FILING, END), UNMET),
    ),
    *table(
        body_gone,
        ("存续", (FILING, EVE), UNMET),
        ("注销前一日", (GONE, date(2026, 6, 30)), UNMET),
        ("注销当日", (GONE, date(2026, 7, 1)), MET, "注销"),
        ("注销前已申请终止", (replace(GONE, end_asked_on=date(2026, 6, 1)), date(2026, 7, 1)), UNMET, "自愿申请"),
        ("注销后才申请终止", (replace(GONE, end_asked_on=date(2026, 7, 2)), date(2026, 7, 3)), MET),
    ),
    *table(
        line_lost,
        ("仍可备案", (LineFacts("1", "车工三级"), END), UNMET),
        ("期限最后一日", (LOST, date(2026, 9, 30)), UNMET, "可在2026-09-30前"),
        ("期限届满次日", (LOST, date(2026, 10, 1)), MET, "不再列入目录"),
        ("期限内已申请变更", (replace(LOST, amendment_asked_on=date(2026, 9, 30)), date(2026, 10, 1)), UNMET),
        ("逾期才申请变更", (replace(LOST, amendment_asked_on=date(2026, 10, 1)), date(2026, 10, 1)), MET),
    ),
    *table(
        canary,
        ("没有预计也没有认定", (0, 0, 100, EVE), MET),
        ("预计而一件没有认定", (2, 0, 100, EVE), UNMET, "认定0件"),
        ("没有预计认定5件", (0, 5, 20, EVE), MET),
        ("没有预计认定6件", (0, 6, 1000, EVE), UNMET, "上限5件"),
        ("三倍以内", (3, 9, 1000, EVE), MET),
        ("超过三倍", (3, 10, 1000, EVE), UNMET, "上限9件"),
        ("恰好百分之五", (10, 10, 200, EVE), MET),
        ("超过百分之五", (10, 11, 200, EVE), UNMET, "5%"),
    ),
    *table(
        may_finish,
        ("终止前编制期限内举行", (EVE, END + timedelta(days=60), END), MET),
        ("超过继续完成的期限", (EVE, END + timedelta(days=61), END), UNMET, "转由其他机构"),
        ("终止当日编制", (END, END, END), UNMET, "不能再编制"),
    ),
    *table(
        certificate_stands,
        ("终止前一日考试", (EVE, date(2025, 1, 1), END, False), MET, "继续承担责任"),
        ("终止当日考试", (END, date(2025, 1, 1), END, False), UNMET),
        ("终止后继续完成", (END, date(2025, 1, 1), END, True), MET),
    ),
]
