"""试卷及结果卷: what was examined with which paper, who scored what, what was announced and objected?"""

from touchstone.exams.facts.archive.marked import defences_held, marked_on_phones, panel_papers_listed
from touchstone.exams.facts.archive.sheets import day_of, lacking, list_paper, listed, moment_of, nothing, paper, where, who
from touchstone.exams.facts.papers import score_book
from touchstone.exams.models import ComputerExam, Plan, ReviewedScore, ScoreEntry, Script
from touchstone.exams.queries.courses import course_exams, history_of
from touchstone.exams.queries.dual import element_marks, elements_of, second_of, second_outcomes
from touchstone.exams.queries.remarks import remarks
from touchstone.exams.queries.results import MATTER, scores_by_candidate, shown
from touchstone.exams.queries.sittings import entrants, plan_parts
from touchstone.exams.states import Part, ScoreSource, SubmittedBy
from touchstone.notices.printing import print_notice
from touchstone.notices.queries import objections_of, of_case
from touchstone.policy.exams.dual import score_for
from touchstone.policy.exams.parts import plain_mark
from touchstone.print.scores import print_scores
from touchstone.print.volume import Leaf, Paper


def result_papers(plan: Plan) -> list[Paper]:
    """This function will give the papers of the fourth volume."""
    head, rows = score_book(plan)
    return [
        paper(plan, "成绩册", [Leaf(print_scores(head, rows))], day=plan.exam_on) if rows else lacking("成绩册", "没有符合条件的考生"),
        *_entered(plan),
        *filter(None, [panel_papers_listed(plan)]),
        *_by_second_standard(plan),
        *_by_courses(plan),
        *_computer(plan),
        _notices(plan),
        _objections(plan),
    ]


def _entered(plan: Plan) -> list[Paper]:
    entries = list(
        ScoreEntry.objects.filter(candidate__plan=plan)
        .select_related("candidate", "entered_by__person")
        .order_by("candidate__ticket_number", "part", "id")
    )
    columns = (("准考证号", 34), ("姓名", 30), ("科目", 28), ("分数", 14), ("录入人", 26), ("时间", 30), ("说明", 0))

    def lines(found: list[ScoreEntry]) -> list[tuple[str, ...]]:
        return [
            (
                one.candidate.ticket_number or "",
                one.candidate.name,
                Part(one.part).label,
                plain_mark(one.value),
                who(one.entered_by),
                moment_of(one.entered_at),
                "；".join(filter(None, [ScoreSource(one.source).label, one.reason, "已被更正" if one.replaced_at else ""])),
            )
            for one in found
        ]

    def of(part: Part, title: str) -> Paper:
        own = [one for one in entries if one.part == part]
        if part not in plan_parts(plan):
            return nothing(title, f"本等级没有{part.label}")
        if not own:
            return lacking(title, f"没有{part.label}成绩")
        made = listed(plan, title, columns, lines(own), signatures=("考评人员", "考评人员", "考评组长"), flipped=True)
        marked = [*(defences_held(plan) if part is Part.PANEL else []), *marked_on_phones(plan, part)]
        remark = "" if marked else "考评人员手写的评分表请补入纸质卷"
        return paper(plan, title, [*marked, made], day=own[-1].entered_at, remark=remark)

    if not entries:
        whole = lacking("成绩录入和更正记录", "没有录入成绩")
    else:
        whole = paper(
            plan,
            "成绩录入和更正记录",
            [listed(plan, "成绩录入和更正记录", columns, lines(entries), flipped=True), *_looked_again(plan)],
            day=entries[-1].entered_at,
        )
    return [whole, of(Part.PRACTICAL, "技能考核评分记录"), of(Part.PANEL, "综合评审记录")]


def _by_second_standard(plan: Plan) -> list[Paper]:
    """By which second standard the one exam was judged, and with which outcome; no paper where there is the national one alone."""
    second = second_of(plan)
    if second is None:
        return []
    title = "企业标准成绩和结论（一考双证）"
    outcomes, scores, marks = second_outcomes(plan), scores_by_candidate(plan), element_marks(plan)
    elements = elements_of(second)
    if not outcomes:
        return [lacking(title, "没有按企业标准核定结论")]
    columns = (("准考证号", 34), ("姓名", 30), *((one.name[:8], 24) for one in elements), ("综合", 18), ("国家标准", 22), ("企业标准", 0))
    rows = [
        (
            one.ticket_number or "",
            one.name,
            *(shown(score_for(element, scores.get(one.pk, {}), marks.get(one.pk, {}), plan.exam_on)) for element in elements),
            plain_mark(found.total),
            one.get_result_display(),
            found.get_result_display(),
        )
        for one in entrants(plan)
        if (found := outcomes.get(one.pk))
    ]
    note = f"企业标准{second.standard.code}《{second.standard.title}》，对应企业等级{second.grade}，试点{second.pilot}。"
    signatures = ("经办人", "负责人")
    return [list_paper(plan, title, columns, rows, day=plan.exam_on, signatures=signatures, notes=(note,), flipped=True)]


def _by_courses(plan: Plan) -> list[Paper]:
    """Who was exempt from which elements by which course units; no paper where nobody was and no course was examined as well."""
    rows = [
        (
            one.candidate.ticket_number or "", one.candidate.name, Part(one.part).label, f"{one.element}（{one.share}%）", one.unit,
            plain_mark(one.mark), day_of(one.passed_on), who(one.decided_by), f"撤销：{one.ended_because}" if one.ended_at else "有效",
        )
        for one in history_of(plan)
    ]  # fmt: skip
    exams = course_exams(plan)
    if not rows and not exams:
        return []
    title = "课程单元免考名单（课证融通）"
    columns = (
        ("准考证号", 34), ("姓名", 28), ("科目", 28), ("免考要素", 44), ("课程单元", 36), ("成绩", 14), ("考核日期", 28), ("核定人", 24), ("状态", 0),
    )  # fmt: skip
    notes = tuple(f"{Part(one.part).label}同时作为课程单元“{one.unit}”的学历课程考试（试点{one.pilot}）。" for one in exams)
    return [list_paper(plan, title, columns, rows, day=plan.exam_on, signatures=("经办人", "负责人"), notes=notes, flipped=True)]


def _looked_again(plan: Plan) -> list[Leaf]:
    """What was drawn for review and what was asked to be marked again, where there was any."""
    made = []
    reviewed = ReviewedScore.objects.filter(review__lock__plan=plan).select_related("entry__candidate", "seen_by__person", "settled_by__person")
    rows = [
        (
            one.entry.candidate.ticket_number or "", one.entry.candidate.name, Part(one.entry.part).label, plain_mark(one.entry.value),
            plain_mark(one.seen), who(one.seen_by), moment_of(one.seen_at),
            "；".join(filter(None, [one.get_why_display(), one.get_outcome_display(), one.settled_reason])),
        )
        for one in reviewed.order_by("review", "entry__candidate__ticket_number", "entry__part")
    ]  # fmt: skip
    columns = (("准考证号", 34), ("姓名", 30), ("科目", 28), ("登记", 14), ("所见", 14), ("复核人", 26), ("时间", 30), ("结果", 0))
    if rows:
        made.append(listed(plan, "成绩抽查复核记录", columns, rows, flipped=True))
    asked = [
        (
            one.seat.candidate.ticket_number or "", one.seat.candidate.name, Part(one.seat.sitting.part).label, one.reason, one.objection,
            f"{one.before} → {one.after}" if one.closed_at else "复核中", who(one.closed_by), one.words,
        )
        for one in remarks(plan)
    ]  # fmt: skip
    columns = (("准考证号", 34), ("姓名", 26), ("科目", 28), ("理由", 40), ("异议", 30), ("成绩", 26), ("办理人", 24), ("结果", 0))
    return [*made, listed(plan, "成绩复核记录", columns, asked, flipped=True)] if asked else made


def _computer(plan: Plan) -> list[Paper]:
    exams = list(ComputerExam.objects.filter(sitting__plan=plan).select_related("paper", "sitting__room").order_by("sitting__starts_at"))
    if not exams:
        why = "纸笔考试，试卷和答卷为纸质，请在封存前装入本卷"
        return [lacking("试卷清单", why), lacking("答卷清单", why)]
    papers = (
        (
            one.paper.number,
            where(one.sitting),
            one.paper.get_state_display(),
            moment_of(one.paper.sealed_at),
            moment_of(one.paper.opened_at),
        )
        for one in exams
    )
    scripts = list(Script.objects.filter(exam__in=exams).select_related("seat__candidate").order_by("seat__candidate__ticket_number"))
    ends = {one.value: one.label for one in SubmittedBy}
    rows = (
        (
            one.seat.candidate.ticket_number or "",
            one.seat.candidate.name,
            one.number,
            str(one.answered),
            ends.get(one.submitted_by, ""),
            moment_of(one.submitted_at),
            one.digest,
        )
        for one in scripts
    )
    columns = (("准考证号", 34), ("姓名", 30), ("答卷编号", 50), ("已答", 12), ("交卷方式", 24), ("时间", 30), ("作答摘要", 0))
    of_paper = (("试卷编号", 44), ("科目和考场", 48), ("状态", 24), ("封存", 34), ("启封", 0))
    return [
        list_paper(plan, "试卷清单", of_paper, papers, day=plan.exam_on, remark="试卷内容按保密规定存于题库"),
        list_paper(plan, "答卷清单", columns, rows, day=plan.exam_on, remark="逐题作答存电子件，以作答摘要核对", flipped=True)
        if scripts
        else lacking("答卷清单", "没有考生开始机考作答"),
    ]


def _notices(plan: Plan) -> Paper:
    found = list(of_case(plan.number).filter(matter=MATTER).select_related("office").order_by("id"))
    if not found:
        return lacking("成绩公示", "没有在平台公示成绩")
    numbers = "、".join(one.number for one in found)
    return paper(plan, "成绩公示", [Leaf(print_notice(one)) for one in found], number=numbers, day=found[-1].opened_on)


def _objections(plan: Plan) -> Paper:
    found = list(objections_of(plan.number).select_related("answered_by__person").order_by("id"))
    if not found:
        return nothing("异议和答复", "公示期内没有异议")
    rows = (
        (
            one.number,
            one.name,
            one.content,
            day_of(one.made_at),
            "成立" if one.upheld else "不成立" if one.answered_at else "没有答复",
            one.answer,
            who(one.answered_by) if one.answered_at else "",
        )
        for one in found
    )
    columns = (("编号", 36), ("姓名", 28), ("异议", 0), ("提出日期", 30), ("结论", 18), ("答复", 60), ("答复人", 24))
    return list_paper(plan, "异议和答复", columns, rows, day=found[-1].answered_at, flipped=True)
