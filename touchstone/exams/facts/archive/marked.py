"""评分记录归档: what did every assessor give, point by point, and how was each candidate's defence held and signed?"""

from typing import TYPE_CHECKING

from touchstone.exams.facts.archive.sheets import day_of, listed, moment_of, paper
from touchstone.exams.facts.panel_papers import defence_minutes, panel_summary
from touchstone.exams.models import Marking, PanelPaper, Plan, Sitting
from touchstone.exams.queries.assessors import assessors_of, reserve_of
from touchstone.exams.queries.marks import Panel, panels, points_of, sendings, sheet_of, standing_marks
from touchstone.exams.queries.panel import stands_of
from touchstone.exams.queries.sittings import where_and_when
from touchstone.exams.states import Part
from touchstone.policy.exams.panel import PAPER_KINDS
from touchstone.policy.exams.parts import plain_mark
from touchstone.print.volume import Leaf

if TYPE_CHECKING:
    from touchstone.experts.models import Assignment
    from touchstone.print.volume import Paper

_COLUMNS = (("准考证号", 34), ("姓名", 28), ("考评人员", 34), ("逐点给分", 0), ("总分", 16), ("计入", 16), ("提交时间", 34))


def marked_on_phones(plan: Plan, part: Part) -> list[Leaf]:
    """This function will print what assessors gave in a part, sitting by sitting: one row for each sheet, with changes and how it counted."""
    leaves = []
    for sitting in Sitting.objects.filter(plan=plan, part=part).select_related("plan", "room").order_by("starts_at", "number"):
        sheet = sheet_of(sitting)
        people = assessors_of(sitting)
        rows, notes = _rows(sitting, people) if sheet is not None else ([], [])
        if sheet is None or not rows:
            continue
        legend = "；".join(f"{one.key} {one.group}{'：' if one.group else ''}{one.words}（{plain_mark(one.points)}分）" for one in points_of(sheet))
        title = f"{part.label}评分记录　{where_and_when(sitting)}"
        leaves.append(listed(plan, title, _COLUMNS, rows, notes=(f"评分点：{legend}", *notes), signatures=("考评组长",), flipped=True))
    return leaves


def _rows(sitting: Sitting, people: "list[Assignment]") -> tuple[list[tuple[str, ...]], list[str]]:
    own = panels(sitting, sent=people)
    reserve = reserve_of(sitting)
    names = {one.number: one.member.person.name for one in [*people, *([reserve] if reserve is not None else [])]}
    sheets = [(panel, one) for panel in own.values() for one in _sheets(panel)]
    given = standing_marks([one for _, one in sheets])
    rows: list[tuple[str, ...]] = []
    for panel, one in sheets:
        who = names.get(one.assignment.number, one.assignment.number) + ("（复评）" if one.review else "")
        points = "　".join(f"{key}：{plain_mark(mark.value)}" for key, mark in sorted(given.get(one.pk, {}).items()) if mark.value is not None)
        candidate = panel.seat.candidate
        counts = "计入" if one.assignment.number in panel.score.counted and (one.review or one.assignment.number != panel.score.reviewer) else "不计"
        rows.append((candidate.ticket_number or "", candidate.name, who, points, plain_mark(one.total), counts, moment_of(one.handed_in_at)))
    by_marking = {one.pk: (panel, one) for panel, one in sheets}
    notes = []
    for each in sendings([one for _, one in sheets]):
        if each.reason:
            panel, one = by_marking[each.marking_id]
            who = names.get(one.assignment.number, "")
            notes.append(f"更正：{who}于{moment_of(each.at)}更正{panel.seat.candidate.name}的评分，理由：{each.reason}")
    return rows, notes


def _sheets(panel: Panel) -> list[Marking]:
    handed_in = [one for one in panel.markings.values() if one.handed_in_at is not None]
    return [*handed_in, *([panel.review] if panel.review is not None and panel.review.handed_in_at is not None else [])]


def defences_held(plan: Plan) -> list[Leaf]:
    """This function will print the summary of each panel of a plan, and the minutes of everybody who was heard."""
    leaves = []
    for sitting in Sitting.objects.filter(plan=plan, part=Part.PANEL).select_related("plan", "room").order_by("starts_at", "number"):
        heard = [one for one in stands_of(sitting) if one.defence is not None]
        if heard:
            leaves.append(Leaf(panel_summary(plan, sitting)))
            leaves += [Leaf(defence_minutes(plan, sitting, one)) for one in heard]
    return leaves


def panel_papers_listed(plan: Plan) -> "Paper | None":
    """This function will list the papers handed in for the panel with their fingerprints; None where there are none. The files stay electronic."""
    found = list(
        PanelPaper.objects.filter(candidate__plan=plan).select_related("candidate", "attachment").order_by("candidate__ticket_number", "kind", "id")
    )
    if not found:
        return None
    rows = (
        (
            one.candidate.ticket_number or "",
            one.candidate.name,
            PAPER_KINDS[one.kind],
            one.title,
            str(one.pages),
            "；".join(filter(None, [day_of(one.handed_in_at), one.reason and f"逾期：{one.reason}", "已被替换或撤回" if one.ended_at else ""])),
            one.attachment.sha256,
        )
        for one in found
    )
    columns = (("准考证号", 34), ("姓名", 26), ("类别", 20), ("题目", 52), ("页数", 12), ("提交", 38), ("SHA-256", 0))
    title = "综合评审材料目录"
    made = listed(plan, title, columns, rows, flipped=True, notes=("材料原件存电子档案，以SHA-256核对。",))
    return paper(plan, title, [made], day=found[-1].handed_in_at, remark="材料原件存电子件")
