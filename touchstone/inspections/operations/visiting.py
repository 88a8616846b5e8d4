"""开始检查: inspectors begin a drawn visit once it is told where it goes, or an office looks in on its own ground without a draw (日常督导)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.accounts.queries import office_by_key, people_with, person_behind, user_of
from touchstone.bodies.queries import bodies_named, venues, venues_of
from touchstone.exams.queries.compared import sittings_named
from touchstone.filings.queries import filings_in_force
from touchstone.filings.queries.supervised import watched_at, watched_body
from touchstone.inspections import permissions
from touchstone.inspections.facts import inspectors_of
from touchstone.inspections.models import Task, Visit, VisitInspector
from touchstone.inspections.states import TASK_MOVES, TaskState
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import Outcome, all_met, must, records
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.ledger.queries import made_before
from touchstone.policy.inspections import LAW, inspector_is_free
from touchstone.policy.roles import BodyKind, OfficeKind, Role
from touchstone.policy.supervision.items import Way, item_is_listed
from touchstone.policy.supervision.who import Matter, Watched, office_supervises
from touchstone.tasks.operations import open_personal_task

if TYPE_CHECKING:
    from touchstone.accounts.models import Person
    from touchstone.bodies.models import Body


@transaction.atomic
def open_visit(*, number: str, by: Actor, at: datetime) -> Visit:
    """This function will begin the visit of a drawn task, once; the second inspector finds it begun. :raises NotAllowed: unless by one sent on it.

    :raises Refusal: before its hour, or once it was cancelled.
    """
    task = Task.objects.select_for_update(of=("self",)).select_related("body", "draw__plan").filter(number=number).first()
    if task is None:
        raise Refusal("没有这项抽查任务。", LAW, "请从“我的抽查任务”中打开。")
    permissions.check_may_visit(by, "open", task)
    kept = Visit.objects.filter(task=task).first()
    if kept is not None:
        return kept
    TASK_MOVES.check("open", TaskState(task.state))
    if at < task.opens_at:
        raise Refusal("还没有到检查日。", LAW, f"{localtime(task.opens_at):%-m月%-d日%H:%M}揭晓以后开始检查。")
    kind = BodyKind(task.body.kind)
    listed = {one: item_is_listed(one, Way.RANDOM_DRAW, kind, task.visit_on) for one in task.draw.plan.items}
    made = Visit.objects.create(
        number=number, task=task, office_id=task.draw.plan.office_id, body=task.body, visit_on=task.visit_on, begun_at=at, begun_by_id=by.user_id,
        items=[one for one, found in listed.items() if found.outcome is Outcome.MET], place_words=task.body.address,
    )  # fmt: skip
    _send(made, [sent.person for sent in task.inspectors.select_related("person").order_by("place")])
    record("inspection.begun", number, by=by, at=at, detail={"body": task.body.number, "items": made.items})
    return made


def _send(visit: Visit, people: "Sequence[Person]") -> None:
    VisitInspector.objects.bulk_create([VisitInspector(visit=visit, person=one, place=place) for place, one in enumerate(people, 1)])


@dataclass(frozen=True)
class CheckTerms:
    """A check without a draw: the body (by number), which items, who goes along (by number), where (a venue or a sitting, by number; empty: the
    body's seat), and the special campaign it belongs to, if any."""

    body: str
    items: Sequence[str]
    second: str
    place: str = ""
    campaign: str = ""


@transaction.atomic
def begin_check(*, terms: CheckTerms, by: Actor, at: datetime) -> Visit:
    """This function will begin a daily check of a body on the office's ground, by two inspectors, with items of the public list, once.

    :raises NotAllowed: :raises Refusal: off its ground, for items not listed, without a second inspector, or with one who must recuse.
    """
    permissions.check_may_begin_check(by)
    if before := made_before("inspection.begun", by):
        return Visit.objects.get(number=before)
    day = localtime(at).date()
    body = bodies_named([terms.body.strip().upper()]).first()
    if body is None:
        raise Refusal(f"没有编号为“{terms.body}”的评价机构。", LAW, "请在评价机构页面或名录中查看编号。")
    watched, words = _watched(body, terms.place.strip().upper(), at)
    assert by.office_kind is not None
    ground = office_supervises(by.office_kind, by.district if by.office_kind is OfficeKind.DISTRICT_BUREAU else "", watched, day)
    must(ground, "请由负责督导该机构或者该考核点的单位检查。")
    if not terms.items:
        raise Refusal("请选择检查事项。", LAW, "从督导检查事项清单中至少选择一项。")
    items = [item_is_listed(one, Way.ON_SITE, BodyKind(body.kind), day) for one in dict.fromkeys(terms.items)]
    all_met(items, "请从督导检查事项清单中选择适用的事项。")
    team = _team(by, terms.second, body, at)
    made = Visit.objects.create(
        number=f"RW{at:%Y}R{next_serial(f'inspection-check-{at:%Y}'):05d}", office_id=by.office_id, body=body, place=terms.place.strip().upper(),
        place_words=words, campaign=terms.campaign.strip(), items=list(dict.fromkeys(terms.items)), visit_on=day, begun_at=at,
        begun_by_id=by.user_id, findings=records([ground, *items]),
    )  # fmt: skip
    _send(made, team)
    detail = {"body": body.number, "items": made.items, "place": made.place, "campaign": made.campaign, "findings": made.findings}
    record("inspection.begun", made.number, by=by, at=at, detail=detail | {"note": body.name})
    _tell(made, team, by=by, at=at)
    return made


def _tell(visit: Visit, team: "Sequence[Person]", *, by: Actor, at: datetime) -> None:
    title = f"填写检查记录并签字：{visit.body.name}"[:200]
    for person in team:
        user = user_of(person)
        if user is not None:
            open_personal_task(
                case=visit.number, matter=f"visit_{person.pk}", title=title, office_id=visit.office_id, role=Role.CORPS_MEMBER, user_id=user.pk,
                by=by, at=at, due_on=visit.visit_on,
            )  # fmt: skip


def _watched(body: "Body", place: str, at: datetime) -> tuple[Watched, str]:
    """Give what is looked at as the law of supervision reads it, and where it is in words. :raises Refusal: for a place that is not the body's."""
    day = localtime(at).date()
    filing = filings_in_force(day, body).first()
    if not place:
        return watched_body(body, filing, venues_of(body, day), day), body.address
    venue = venues().filter(number=place, body=body).first()
    if venue is not None:
        return watched_at(Matter.VENUE, venue.name, body, filing, venue.district), f"{venue.name}（{venue.address}）"
    sitting = sittings_named([place]).get(place)
    if sitting is not None and sitting.plan.body_id == body.pk:
        where = sitting.plan.venue
        return watched_at(Matter.SITTING, sitting.number, body, filing, where.district), f"{where.name}，场次{sitting.number}"
    raise Refusal(f"“{place}”不是该机构的考核点或者场次。", LAW, "请填写该机构考核点或者场次的编号，或者留空。")


def _team(by: Actor, second: str, body: "Body", at: datetime) -> "list[Person]":
    day, own = localtime(at).date(), person_behind(by)
    office = office_by_key(by.office_id)
    other = people_with(Role.SUPERVISOR, office, day).filter(number=second.strip()).first()
    if own is None or other is None:
        raise Refusal("请选择同去的检查人员。", LAW, "检查由本单位两名质量督导员进行。")
    if own.pk == other.pk:
        raise Refusal("同去的检查人员不能是您自己。", LAW, "请选择本单位另一名质量督导员。")
    recused = {one.person.pk: one.recused_from for one in inspectors_of(office, [body], day)}
    for one in (own, other):
        if body.number in recused.get(one.pk, {}):
            must(inspector_is_free([recused[one.pk][body.number].partition("：")[2]]), f"{one.name}请换由其他质量督导员。")
    return [own, other]


def locked(number: str) -> Visit:
    """This function will give a visit, held until the transaction ends. :raises NotAllowed: where there is none."""
    found = Visit.objects.select_for_update(of=("self",)).select_related("body__office", "office", "task").filter(number=number).first()
    if found is None:
        raise NotAllowed("没有这次检查。", LAW, "请从检查清单中打开。")
    return found


def inspector_acting(by: Actor) -> "Person":
    """This function will give the person behind an inspector whose permission was checked."""
    person = person_behind(by)
    assert person is not None
    return person

