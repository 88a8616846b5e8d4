"""报名资格卷: how did people come into this evaluation, what did they hand in, and what was found?"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

from touchstone.exams.facts import photo
from touchstone.exams.facts.archive.sheets import (
    FILE_COLUMNS,
    bound_files,
    day_of,
    facts_of,
    file_rows,
    lacking,
    list_paper,
    moment_of,
    nothing,
    paper,
)
from touchstone.exams.facts.papers import tickets
from touchstone.exams.models import Candidate, Plan
from touchstone.exams.queries.enquiries import enquiries_of
from touchstone.exams.queries.registration import candidates
from touchstone.exams.queries.results import trade_or_occupation
from touchstone.exams.queries.sittings import entrants, seats_of_plan
from touchstone.exams.states import CandidateState, Part
from touchstone.files.queries import of_cases
from touchstone.kernel.rules import Outcome
from touchstone.policy.eligibility.admission import Ground
from touchstone.policy.eligibility.conditions import conditions_for
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.eligibility.outside import Register
from touchstone.print.eligibility_summary import ReviewedPlan, ReviewedRow, print_eligibility_summary
from touchstone.print.letter import Letter, print_letter
from touchstone.print.ticket import Ticket, print_tickets
from touchstone.print.volume import Leaf, Paper

MOST_TICKETS, WITH_PHOTOS = 200, 1000
"""So many tickets make one part of what is bound, and so many are bound with the photos: these alone would fill the memory of the worker."""


def registration_papers(plan: Plan) -> list[Paper]:
    """This function will give the papers of the first volume."""
    everyone = list(candidates(plan))
    files = list(of_cases(one.number for one in everyone))
    evidence = [one for one in files if one.label != photo.LABEL]
    return [
        _call(plan),
        _roll(plan, everyone),
        _uploads(plan),
        _review(plan, everyone),
        _enquiries(plan),
        list_paper(plan, "申报和佐证材料目录", FILE_COLUMNS, file_rows(files), flipped=True)
        if files
        else lacking("申报和佐证材料目录", "考生没有在平台上传材料，佐证由机构核对原件，核对结果见资格审核汇总表"),
        bound_files(plan, "佐证材料", evidence, lacking("佐证材料", "考生没有在平台上传佐证材料，由机构核对原件")),
        *_tickets(plan),
        lacking("培训方案", "平台不收集培训方案；本批次组织培训的，请在封存前补入纸质卷"),
    ]


def _call(plan: Plan) -> Paper:
    if not plan.open_to_candidates:
        return nothing("评价公告", "本计划由机构集体登记，没有面向考生公开报名")
    letter = Letter(
        office=plan.body.name,
        title="职业技能等级认定评价公告",
        number=plan.number,
        to="各位考生",
        paragraphs=(
            f"我单位组织{trade_or_occupation(plan)}{Level(plan.level).label}职业技能等级认定，考生可以在平台报名。",
            *filter(None, [plan.remark]),
        ),
        facts=(
            *facts_of(plan),
            ("报名截止", day_of(plan.registration_closes_on)),
            ("计划人数", f"{plan.quota}人"),
            ("收费标准", f"{plan.fee}元/人" if plan.fee else "不收费"),
            ("联系人及电话", plan.contact),
        ),
        day=day_of(plan.reported_at),
    )
    return paper(plan, "评价公告", [Leaf(print_letter(letter))], day=plan.reported_at)


def _roll(plan: Plan, everyone: list[Candidate]) -> Paper:
    if not everyone:
        return lacking("考生名册", "没有人报名")
    grounds = {one.value: one.label for one in Ground}
    rows = (
        (
            one.number,
            one.name,
            one.person.id_masked,
            grounds.get(one.ground, one.ground),
            one.employer,
            "本人报名" if one.entered_oneself else "机构登记",
            CandidateState(one.state).label,
        )
        for one in everyone
    )
    columns = (("考生编号", 40), ("姓名", 34), ("证件号码", 38), ("参评来源", 40), ("工作单位", 0), ("报名方式", 22), ("资格", 24))
    return list_paper(plan, "考生名册", columns, rows, day=plan.registration_closes_on, flipped=True)


def _uploads(plan: Plan) -> Paper:
    found = list(plan.uploads.select_related("attachment").order_by("id"))
    if not found:
        return nothing("集体报名表", "没有用集体报名表报名，逐人登记见考生名册")
    rows = (
        (one.number, one.attachment.name, str(one.total), str(one.accepted), str(one.refused), moment_of(one.uploaded_at), one.sha256)
        for one in found
    )
    columns = (("编号", 40), ("文件名", 46), ("行数", 16), ("登记", 16), ("退回", 16), ("上传时间", 28), ("SHA-256", 0))
    notes = ("报名表为工作簿，原件存电子档案，此处列名称和SHA-256。",)
    return list_paper(plan, "集体报名表", columns, rows, day=found[-1].uploaded_at, remark="工作簿原件存电子件", notes=notes, flipped=True)


def _enquiries(plan: Plan) -> Paper:
    """What was asked of outside registers about whom, and what came of it; never what the register told of them beyond the finding."""
    title = "外部登记核查记录"
    found = list(enquiries_of(plan))
    if not found:
        return nothing(title, "没有向外部登记核查")
    outcomes = {one.value: one.label for one in Outcome}
    rows = (
        (
            one.number,
            one.candidate.name,
            Register(one.register).label,
            moment_of(one.opened_at),
            moment_of(one.answered_at) if one.answered_at else "没有答复",
            outcomes.get(one.outcome, one.get_state_display()),
            "；".join(filter(None, [*(each["reason"] for each in one.findings), one.why if not one.answered_at else "", one.settled])),
        )
        for one in found
    )
    columns = (("查询编号", 46), ("姓名", 26), ("外部登记", 34), ("提出", 30), ("答复", 30), ("结果", 20), ("意见和核实", 0))
    return list_paper(plan, title, columns, rows, day=plan.registration_closes_on, flipped=True)


def _review(plan: Plan, everyone: list[Candidate]) -> Paper:
    decided = [one for one in everyone if one.state != CandidateState.WITHDRAWN]
    if not decided:
        return lacking("资格审核汇总表", "没有考生可以审核")
    words = {one.key: one.label for one in conditions_for(Level(plan.level), plan.registration_closes_on)}
    last = max((one.decided_at for one in decided if one.decided_at), default=None)
    head = ReviewedPlan(plan.body.name, plan.number, trade_or_occupation(plan), Level(plan.level).label, day_of(last))
    pressed = print_eligibility_summary(head, list(_reviewed(plan, decided, words)))
    return paper(plan, "资格审核汇总表", [Leaf(pressed)], day=last)


def _reviewed(plan: Plan, decided: list[Candidate], words: dict[str, str]) -> Iterator[ReviewedRow]:
    for one in decided:
        condition = one.satisfied_condition or one.condition
        own = [found for found in one.findings if found.get("condition") in (None, condition)] or one.findings
        rested = next((found for found in own if found.get("condition") == condition), None)
        eligible = one.state == CandidateState.ELIGIBLE
        told = [rested] if eligible and rested else [found for found in own if found["outcome"] != "met"]
        grounds = "；".join(dict.fromkeys(found["reason"] for found in told)) or "—"
        clause = rested["clause"] if rested else ""
        outcome = CandidateState(one.state).label
        yield ReviewedRow(one.name, one.person.id_masked, Level(plan.level).label, words.get(condition, condition), clause, outcome, grounds)


def _tickets(plan: Plan) -> list[Paper]:
    seats = list(seats_of_plan(plan))
    if not seats:
        return [lacking("准考证发放清单", "没有编排座位，没有准考证"), lacking("准考证", "没有编排座位，没有准考证")]
    rows = (
        (
            seat.candidate.ticket_number or "",
            seat.candidate.name,
            seat.candidate.person.id_masked,
            Part(seat.sitting.part).label,
            seat.sitting.room.name,
            str(seat.seat_number),
        )
        for seat in seats
    )
    columns = (("准考证号", 38), ("姓名", 34), ("证件号码", 38), ("科目", 30), ("考场", 0), ("座位", 14))
    made = list_paper(plan, "准考证发放清单", columns, rows, day=plan.exam_on)
    return [made, bound_tickets(plan)]


def bound_tickets(plan: Plan) -> Paper:
    """This function will bind everybody's ticket, in parts of `MOST_TICKETS`."""
    with_photos = entrants(plan).count() <= WITH_PHOTOS
    everybody = tickets(plan) if with_photos else (replace(one, photo=None) for one in tickets(plan))
    leaves = [Leaf(print_tickets(part, per_page=2)) for part in _in_parts(everybody)]
    told = [f"分{len(leaves)}部分装订，每部分{MOST_TICKETS}张" if len(leaves) > 1 else "", "" if with_photos else "照片存电子件"]
    return paper(plan, "准考证", leaves, day=plan.exam_on, remark="；".join(filter(None, told)))


def _in_parts(everybody: Iterable[Ticket]) -> Iterator[list[Ticket]]:
    rest = iter(everybody)
    while part := list(islice(rest, MOST_TICKETS)):
        yield part
