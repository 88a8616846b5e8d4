"""备案卷: what was planned and reported, who signed for it, and how was the exam arranged?"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from touchstone.exams.facts.archive.sheets import day_of, facts_of, lacking, list_paper, moment_of, paper
from touchstone.exams.facts.papers import hours, printed_seats, room_of
from touchstone.exams.models import Plan, Sitting
from touchstone.exams.queries.plans import timeline
from touchstone.exams.queries.sittings import seats, sittings
from touchstone.exams.states import Part
from touchstone.kernel.rules import Outcome
from touchstone.print.filing_form import FilingForm, FormTable, Section, print_filing_form
from touchstone.print.seating import print_seating_chart
from touchstone.print.volume import Leaf, Paper

if TYPE_CHECKING:
    from touchstone.ledger.models import Entry

_QUIET = {"people.entered", "upload.rows_taken", "task.signed_for"}


def filed_papers(plan: Plan, words: Callable[[str], str]) -> list[Paper]:
    """This function will give the papers of the second volume."""
    lines = [one for one in timeline(plan) if one.event not in _QUIET]
    told = ((moment_of(one.at), words(one.event), one.actor_label, one.reason, f"第{one.pk}号") for one in lines)
    columns = (("时间", 34), ("事项", 40), ("办理人", 50), ("说明", 0), ("存证", 20))
    return [
        paper(plan, "认定计划申报表", [Leaf(print_filing_form(_form(plan)))], day=plan.reported_at),
        _signed(plan, next((one for one in lines if one.event == "plan.signed_for"), None)),
        *_arranged(plan),
        list_paper(plan, "计划办理过程", columns, told, remark="依存证逐条列出"),
    ]


def _signed(plan: Plan, signed: "Entry | None") -> Paper:
    if signed is None:
        return lacking("区人社局签收记录", "区人社局没有在平台签收本计划", plan.number)
    columns = (("签收单位和人员", 70), ("时间", 34), ("意见", 0))
    rows = [(signed.actor_label, moment_of(signed.at), signed.reason)]
    return list_paper(plan, "区人社局签收记录", columns, rows, day=signed.at, owner=signed.actor_label.split(" ")[0])


def _form(plan: Plan) -> FilingForm:
    pairs = (
        *facts_of(plan),
        ("评价依据", f"{plan.standard.number} {plan.standard.title}"),
        ("备案编号", plan.scope_item.filing.number),
        ("考核点地址", plan.venue.address),
        ("报名截止日", day_of(plan.registration_closes_on)),
        ("计划人数", f"{plan.quota}人"),
        ("报名方式", "机构登记，考生也可以本人报名" if plan.open_to_candidates else "机构登记"),
        ("收费标准", f"{plan.fee}元/人" if plan.fee else "不收费"),
        ("联系人及电话", plan.contact),
    )
    rows = tuple((one["title"] or one["reason"], Outcome(one["outcome"]).label, one["reason"], one["clause"]) for one in plan.findings)
    sections = [Section("计划内容", pairs, tuple(filter(None, [plan.remark])))]
    if rows:
        sections.append(Section("上报时的审查意见", table=FormTable(("事项", "结论", "说明", "依据"), (40, 18, 0, 44), rows)))
    return FilingForm("职业技能等级认定计划申报表", plan.number, plan.body.name, plan.title, day_of(plan.reported_at), tuple(sections))


def _arranged(plan: Plan) -> list[Paper]:
    held = list(sittings(plan))
    if not held:
        why = "没有编排场次"
        return [lacking("考务实施方案", why), lacking("考场座次表", why)]
    columns = (("场次", 46), ("科目", 26), ("时间", 60), ("考场", 34), ("人数", 14), ("监考或考评人员", 0), ("内部督导员", 26))
    rows = (
        (
            one.number,
            Part(one.part).label,
            hours(one.starts_at, one.ends_at),
            one.room.name,
            str(_seated(one)),
            _people(one),
            one.supervisor.name if one.supervisor else "",
        )
        for one in held
    )
    charts = [Leaf(print_seating_chart(room_of(plan, one), printed_seats(seats(one)))) for one in held if _seated(one)]
    return [
        list_paper(plan, "考务实施方案", columns, rows, day=plan.exam_on, flipped=True),
        paper(plan, "考场座次表", charts, day=plan.exam_on, remark=f"{len(charts)}个场次") if charts else lacking("考场座次表", "没有编排座位"),
    ]


def _seated(one: Any) -> int:
    return int(one.seated)


def _people(one: Sitting) -> str:
    """Name those who serve in a sitting as arranged."""
    named: list[Mapping[str, str]] = one.invigilators
    return "、".join(person["name"] for person in named) or "由平台随机派遣"
