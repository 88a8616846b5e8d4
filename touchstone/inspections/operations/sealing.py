"""封存检查记录: once answered and signed, the record is printed and sealed; what it came to follows from the answers, and is public."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor
from touchstone.files.operations import attach
from touchstone.files.queries import content, of_case
from touchstone.inspections import permissions
from touchstone.inspections.models import Answer, Task, Visit, VisitFinding
from touchstone.inspections.operations.visiting import locked
from touchstone.inspections.queries import visiting
from touchstone.inspections.states import TASK_MOVES, VISIT_MOVES, TaskState, VisitState
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import all_met, records
from touchstone.ledger.operations import record
from touchstone.parameters.queries import calendar
from touchstone.policy.inspections import LAW, VisitOutcome, outcome_of
from touchstone.policy.roles import Role
from touchstone.policy.supervision.checks import Check
from touchstone.policy.supervision.items import Answer as Answered
from touchstone.policy.supervision.items import Item, acts_hinted, score_of
from touchstone.policy.supervision.publication import result_is_published
from touchstone.print.dates import chinese_date
from touchstone.print.inspection_record import InspectionRecord, Line, Part, Signed, print_inspection_record
from touchstone.print.press import CannotPrint
from touchstone.tasks.operations import close_tasks, open_task

_MOMENT = "%Y-%m-%d %H:%M"


@transaction.atomic
def seal_visit(*, number: str, by: Actor, at: datetime) -> Visit:
    """This function will seal a visit: the record as PDF with its hash in the ledger, the result from the answers, a finding for each no. Of a drawn
    visit the result is public from then on.

    :raises NotAllowed: :raises Refusal: while questions or signatures are missing, or where it cannot be printed.
    """
    visit = locked(number)
    permissions.check_may_inspect(by, "seal", visit)
    state = VISIT_MOVES.check("seal", VisitState(visit.state))
    found = visiting.sealing_findings(visit)
    all_met(found, "请填写完检查项目并完成签字后再封存。")
    found.append(result_is_published(visit.visit_on, localtime(at).date(), localtime(at).date(), calendar()))
    said = visiting.answered(visit)
    visit.outcome = VisitOutcome(visit.hindrance) if visit.hindrance else outcome_of(said)
    visit.score = None if visit.hindrance else score_of(said, visit.visit_on)
    visit.findings, visit.sealed_at, visit.sealed_by_id = records(found), at, by.user_id
    made = VisitFinding.objects.bulk_create([] if visit.hindrance else _problems(visit, said))
    kept = attach(case=number, label=visiting.RECORD, name=f"检查记录{number}.pdf", content=_printed(visit, said, at), by=by, at=at)
    visit.record_sha256 = kept.sha256
    visit.move_to(state)
    told = {"outcome": visit.outcome, "score": visit.score, "body": visit.body.number, "record": kept.sha256, "problems": len(made)}
    record("inspection.sealed", number, by=by, at=at, detail=told | {"findings": visit.findings, "note": VisitOutcome(visit.outcome).label})
    close_tasks(case=number, by=by, at=at, outcome=VisitOutcome(visit.outcome).label)
    if visit.task is not None:
        _publish(visit, visit.task, at)
    if made:
        title = f"确定{visit.body.name}检查发现的{len(made)}个问题的处理方式"[:200]
        open_task(case=number, matter="treat_findings", title=title, office_id=visit.office_id, role=Role.SUPERVISOR, by=by, at=at)
    return visit


def _publish(visit: Visit, drawn: Task, at: datetime) -> None:
    """The task tells the public what the visit came to: the first who signed it and the second, neither of them named."""
    task = Task.objects.select_for_update(of=("self",)).get(pk=drawn.pk)
    state = TASK_MOVES.check("publish", TaskState(task.state))
    signed = visiting.signatures_of(visit).filter(for_body=False).select_related("person__user")
    signers = [one.person.user.pk for one in signed if one.person is not None]
    task.outcome, task.words, task.findings = visit.outcome, words_of(visit), visit.findings
    task.reported_at, task.confirmed_at = at, at
    task.reported_by_id, task.confirmed_by_id = signers[0], signers[1]
    task.move_to(state)


def words_of(visit: Visit) -> str:
    """This function will say what is told the public of a visit: how many questions, in which items, and where something was wrong; no person."""
    if visit.hindrance:
        return visit.words
    told, said = [], visiting.answered(visit)
    for item, checks in visiting.items_of(visit):
        wrong = [one.question for one in checks if said.get(one.key) is Answered.NO]
        told.append(f"{item.title}：" + (f"{len(checks)}项中{len(wrong)}项不符合（{'；'.join(wrong)}）" if wrong else f"{len(checks)}项未发现问题"))
    return "。".join(told) + "。"


def _problems(visit: Visit, said: dict[str, Answered]) -> list[VisitFinding]:
    hinted, answers = acts_hinted(said, visit.visit_on), visiting.answers_of(visit)
    return [
        VisitFinding(visit=visit, check_key=one.key, item=item.key, question=one.question, note=answers[one.key].note, acts=list(hinted[one.key]))
        for item, checks in visiting.items_of(visit)
        for one in checks
        if said.get(one.key) is Answered.NO
    ]


def _printed(visit: Visit, said: dict[str, Answered], at: datetime) -> bytes:
    answers, photos = visiting.answers_of(visit), visiting.photos_of(visit)
    signed, drawings = [], dict[str, bytes]()
    for n, one in enumerate(visiting.signatures_of(visit), 1):
        drawn = of_case(visit.number, visiting.DRAWN_SIGNATURE).filter(number=one.drawing).first() if one.drawing else None
        name = f"signature{n}.png" if drawn is not None else ""
        if drawn is not None:
            drawings[name] = content(drawn)
        who = f"{one.name}　{one.post}" if one.post else one.name
        signed.append(Signed("被检查机构" if one.for_body else "检查人员", who, f"{localtime(one.signed_at):{_MOMENT}}", name))
    counts = {key: len(several) for key, several in photos.items()}
    parts = [] if visit.hindrance else [_part(item, checks, answers, counts) for item, checks in visiting.items_of(visit)]
    sheet = InspectionRecord(
        office=visit.office.name,
        number=visit.number,
        facts=_facts(visit),
        parts=parts,
        result=_result(visit),
        day=chinese_date(localtime(at).date()),
        digest=visiting.digest_of(visit),
        signed=signed,
        note="　".join(text for text in (visit.words, f"机构没有签字：{visit.refusal}" if visit.refusal else "") if text),
        photos=[f"{one.name}　{one.sha256}" for several in photos.values() for one in several],
    )
    try:
        return print_inspection_record(sheet, drawings)
    except CannotPrint as fault:
        raise Refusal(fault.sentence, LAW, "请核对签名和填写的内容后再封存。") from fault


def _facts(visit: Visit) -> list[tuple[str, str]]:
    where = "；".join(
        f"{one.person.name}：{_whereabouts(one.distance, one.measured_from, one.unknown_because)}" for one in visiting.positions_of(visit)
    )
    return [
        ("被检查机构", f"{visit.body.name}（{visit.body.number}）"),
        ("检查地点", visit.place_words),
        ("检查日期", chinese_date(visit.visit_on)),
        ("检查方式", "双随机抽查" if visit.task_id else "专项督导" if visit.campaign else "日常督导"),
        ("检查人员", "、".join(one.name for one in visiting.people_of(visit))),
        ("检查事项", "、".join(item.title for item, _ in visiting.items_of(visit))),
        ("现场定位", where or "没有取定位"),
    ]


def _whereabouts(distance: float | None, measured_from: str, why_not: str) -> str:
    if why_not:
        return f"没有定位（{why_not}）"
    return f"距{measured_from}约{distance:.0f}米" if distance is not None else "已定位，没有可供比较的已知地点"


def _part(item: Item, checks: tuple[Check, ...], answers: dict[str, Answer], photos: dict[str, int]) -> Part:
    lines = [
        Line(one.question, str(one.weight), Answered(answers[one.key].answer).label, answers[one.key].note, photos.get(one.key, 0))
        for one in checks
    ]
    return Part(item.title, item.clause.short, lines)


def _result(visit: Visit) -> str:
    label = VisitOutcome(visit.outcome).label
    return f"{label}（{visit.score:g}分）" if visit.score is not None else label
