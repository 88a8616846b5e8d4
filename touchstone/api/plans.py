"""计划接口: which lines of scope may be planned, and how is a plan drafted, reported and read?"""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localtime

from touchstone.accounts.actor import NotAllowed
from touchstone.api.declared import BASE, Call, asks, does, page_of, page_query, paged, said
from touchstone.api.shapes import Choice, Day, Flag, Listing, Maybe, Moment, Part, Record, Text, Whole
from touchstone.exams.operations.attendance import close_sittings
from touchstone.exams.operations.eligibility_review import close_review
from touchstone.exams.operations.plan_report import report_plan
from touchstone.exams.operations.plans import PlanTerms, draft_plan
from touchstone.exams.queries import plans as queries
from touchstone.exams.queries.registration import counts
from touchstone.exams.states import PlanState
from touchstone.filings.queries import scope_in_force
from touchstone.policy.documents import notice
from touchstone.policy.systems import Scope
from touchstone.systems.operations import Answer

if TYPE_CHECKING:
    from touchstone.exams.models import Plan

TAG = "认定计划"
_ABOUT = {
    "occupation_code": Part(Text(12), "职业编码"),
    "occupation": Part(Text(80), "职业"),
    "trade": Part(Text(80), "工种，没有的为空"),
    "level": Part(Whole(1, 5), "等级，5为初级工，1为高级技师"),
    "venue": Part(Text(120), "考核点"),
}
SCOPE_LINE = Record(
    "ScopeLine",
    {
        "scope_item": Part(Whole(1), "备案范围行号，编制计划时使用"),
        **_ABOUT,
        "standard": Part(Text(200), "标准"),
        "since": Part(Day(), "起"),
        "until": Part(Maybe(Day()), "止（不含当日），没有定的为null"),
    },
    "备案范围里现在可以编制计划的一行",
)
TERMS = Record(
    "PlanTerms",
    {
        "scope_item": Part(Whole(1), "备案范围行号，见 GET /scope"),
        "exam_on": Part(Day(), "考试日期"),
        "registration_closes_on": Part(Day(), "报名截止日"),
        "quota": Part(Whole(1, 20_000), "计划人数"),
        "contact": Part(Text(120, 1), "联系人及电话"),
        "title": Part(Text(120), "计划名称，空着由平台拟定", needed=False, otherwise=""),
        "remark": Part(Text(2000), "说明", needed=False, otherwise=""),
        "open_to_candidates": Part(Flag(), "是否开放考生本人报名", needed=False, otherwise=False),
        "fee": Part(Whole(0, 20_000), "收费标准（元）", needed=False, otherwise=0),
    },
)
PLAN = Record(
    "Plan",
    {
        "number": Part(Text(40), "计划编号"),
        "title": Part(Text(120), "计划名称"),
        **_ABOUT,
        "exam_on": Part(Day(), "考试日期"),
        "registration_closes_on": Part(Day(), "报名截止日"),
        "quota": Part(Whole(), "计划人数"),
        "registered": Part(Whole(), "已报名人数，退出的不计"),
        "contact": Part(Text(120), "联系人及电话"),
        "remark": Part(Text(2000), "说明"),
        "open_to_candidates": Part(Flag(), "是否开放考生本人报名"),
        "fee": Part(Whole(), "收费标准（元）"),
        "state": Part(Choice({one.value: one.label for one in PlanState}), "状态"),
        "reported_at": Part(Maybe(Moment()), "上报时间"),
        "signed_for_at": Part(Maybe(Moment()), "区人社局签收时间"),
    },
    "认定计划",
)
FINDING = Record(
    "Finding",
    {
        "title": Part(Text(200), "事项"),
        "outcome": Part(Choice({"met": "符合", "unmet": "不符合", "unproven": "待证明"}), "结论"),
        "reason": Part(Text(2000), "理由"),
        "clause": Part(Text(300), "依据"),
        "ask_for": Part(Text(500), "还要补交什么，没有的为空"),
    },
    "一条审查意见",
)
COUNTS = {state: Part(Whole(), words) for state, words in (("registered", "待审核"), ("eligible", "符合条件"), ("unproven", "待补充证明"),
          ("ineligible", "不符合条件"), ("withdrawn", "已退出"))}  # fmt: skip
WHOLE_PLAN = Record(
    "WholePlan",
    {
        **PLAN.parts,
        "findings": Part(Listing(FINDING), "上报时的审查意见"),
        "candidates": Part(Record("CandidateCounts", COUNTS), "各种资格的人数"),
    },
    "认定计划，带审查意见和人数",
)


def finding(one: dict[str, Any]) -> dict[str, Any]:
    """This function will give a stored finding as the interface tells it."""
    return {name: str(one.get(name) or "") for name in FINDING.parts}


def moment(at: Any) -> str | None:
    """This function will write a moment in Shanghai's time."""
    return localtime(at).isoformat() if at is not None else None


def _about(one: Any) -> dict[str, Any]:
    return {
        "occupation_code": one.occupation.code,
        "occupation": one.occupation.name,
        "trade": one.trade.name if one.trade else "",
        "level": one.level,
        "venue": one.venue.name,
    }


def plan_words(one: "Plan", registered: int) -> dict[str, Any]:
    """This function will give a plan as lists of the interface tell it."""
    plain = ("number", "title", "quota", "contact", "remark", "open_to_candidates", "fee", "state")
    return {
        **{name: getattr(one, name) for name in plain},
        **_about(one),
        "registered": registered,
        "exam_on": one.exam_on.isoformat(),
        "registration_closes_on": one.registration_closes_on.isoformat(),
        "reported_at": moment(one.reported_at),
        "signed_for_at": moment(one.signed_for_at),
    }


def whole_plan(number: str, call: Call) -> dict[str, Any]:
    """This function will give a plan of the body in full. :raises NotAllowed: when it is another's, or there is none."""
    one = queries.plan(number, call.actor)
    found = counts(one)
    findings = [finding(each) for each in one.findings]
    return plan_words(one, found["standing"]) | {"findings": findings, "candidates": {state: found[state] for state in COUNTS}}


@asks("scope.list", "/scope", TAG, "可以编制计划的备案范围", Record("ScopeLines", {"items": Part(Listing(SCOPE_LINE), "各行")}))
def scope_list(call: Call) -> Answer:
    """The lines of scope in force today, suspended ones left out."""
    rows = scope_in_force(call.today, call.of_body)
    lines = [
        {
            "scope_item": one.pk,
            **_about(one),
            "standard": str(one.standard),
            "since": one.since.isoformat() if one.since else "",
            "until": one.until.isoformat() if one.until else None,
        }
        for one in rows
    ]
    return said({"items": lines})


_STATE = page_query(state=Part(Choice({one.value: one.label for one in PlanState}), "只看一种状态", needed=False))


@asks("plans.list", "/plans", TAG, "本机构的认定计划", page_of("Plans", PLAN), query=_STATE)
def plans_list(call: Call) -> Answer:
    """The body's plans, the oldest first."""
    found = queries.plans(call.actor)
    state = call.query.get("state")
    return paged(call, found.filter(state=state) if state else found, "/plans", lambda one: plan_words(one, one.registered))


@asks("plans.read", "/plans/{number}", TAG, "一份认定计划", WHOLE_PLAN)
def plan_read(call: Call, number: str) -> Answer:
    """One plan."""
    return said(whole_plan(number, call))


@does(
    "plans.draft", "/plans", TAG, "编制认定计划", Scope.PLANS, WHOLE_PLAN, body=TERMS, code=201,
    words="在一行备案范围下编制计划。备案未生效、已暂停、已终止或到期的，不能编制。",
)  # fmt: skip
def plan_draft(call: Call) -> Answer:
    """Draft a plan under a line of the body's own scope."""
    given = dict(call.body)
    item = given.pop("scope_item")
    if not scope_in_force(call.today, call.of_body).filter(pk=item).exists():
        step = "请从 GET /scope 取得现在有效的行号；备案已暂停或终止的，不能编制新计划。"
        raise NotAllowed(f"本机构没有行号为{item}、现在有效的备案范围。", notice("一"), step)
    plan = draft_plan(scope_item_id=item, terms=PlanTerms(**given), by=call.actor, at=call.at)
    return said(whole_plan(plan.number, call), 201, f"{BASE}/plans/{plan.number}")


@does("plans.report", "/plans/{number}/report", TAG, "上报认定计划", Scope.PLANS, WHOLE_PLAN, words="上报后即可报名，由所在区签收。")
def plan_report(call: Call, number: str) -> Answer:
    """Report a plan."""
    queries.plan(number, call.actor)
    report_plan(number=number, by=call.actor, at=call.at)
    return said(whole_plan(number, call))


@does(
    "plans.close_review", "/plans/{number}/close-review", "资格材料", "完成资格审核", Scope.EVIDENCE, WHOLE_PLAN,
    words="所有考生都有审核结论后办理；此后名单固定，进入考务编排。",
)  # fmt: skip
def plan_close_review(call: Call, number: str) -> Answer:
    """Close the review of a plan's candidates."""
    queries.plan(number, call.actor)
    close_review(number=number, by=call.actor, at=call.at)
    return said(whole_plan(number, call))


@does(
    "plans.close_sittings", "/plans/{number}/close-sittings", "场次过程", "确认考试结束", Scope.PROCESS, WHOLE_PLAN,
    words="所有场次都已结束、每个座位都有到考登记后办理；此后可以报送成绩。",
)  # fmt: skip
def plan_close_sittings(call: Call, number: str) -> Answer:
    """Declare a plan's exam over."""
    queries.plan(number, call.actor)
    close_sittings(plan_number=number, by=call.actor, at=call.at)
    return said(whole_plan(number, call))


def mark(value: Decimal | None) -> str | None:
    """This function will write a mark without needless places."""
    return None if value is None else f"{value.normalize():f}"
