"""收尾查询: what becomes of the plans under way when their filing ends, and how far is that settled?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.timezone import localtime

from touchstone.exams.models import Candidate, Moved, Plan, PlanFate, Upload, WindingDown
from touchstone.exams.states import CandidateState, Fate, PlanState
from touchstone.filings.queries.ended import standing_ends
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import Finding, Outcome, met
from touchstone.ledger.queries import history
from touchstone.parameters.queries import in_force
from touchstone.policy.documents import notice
from touchstone.policy.filing.ending import FINISH_WITHIN, EndKind, may_finish, may_finish_itself

OVER = (PlanState.CERTIFIED, PlanState.CANCELLED)
_HELD = (PlanState.HELD, PlanState.ANNOUNCED, PlanState.CONFIRMED)
_BEFORE_EXAM = (PlanState.DRAFTED, PlanState.REPORTED, PlanState.REVIEWED, PlanState.ARRANGED)


class Stopped(Refusal):
    """The filing has ended and this plan's candidates go to another body: no step of it may be taken any more."""


@dataclass(frozen=True)
class Foreseen:
    """What becomes of one plan, why, and by which day it must be finished."""

    plan: Plan
    fate: Fate
    finding: Finding
    finish_by: date | None = None

    @property
    def label(self) -> str:
        return self.fate.label


def under_way(items: Iterable[int]) -> list[Plan]:
    """This function will give the plans under way on lines of scope, by day of exam, each with how many are registered."""
    standing = Count("candidates", filter=~Q(candidates__state=CandidateState.WITHDRAWN))
    found = Plan.objects.filter(scope_item__in=list(items)).exclude(state__in=OVER).select_related("body", "occupation", "trade", "venue")
    return list(found.annotate(registered=standing).order_by("exam_on", "id"))


def foresee(items: Iterable[int], *, kind: EndKind, gone_on: date | None, ended_on: date) -> list[Foreseen]:
    """This function will say what becomes of every plan under way on lines that end on a day."""
    return [fate_of(one, kind=kind, gone_on=gone_on, ended_on=ended_on) for one in under_way(items)]


def fate_of(plan: Plan, *, kind: EndKind, gone_on: date | None, ended_on: date) -> Foreseen:
    """This function will say what becomes of one plan: nobody registered, it is cancelled; examined before the end, or able to be held
    in time by a body that still can, it is finished; otherwise its candidates go to another body."""
    registered = getattr(plan, "registered", None)
    if registered is None:
        registered = plan.candidates.exclude(state=CandidateState.WITHDRAWN).count()
    within = in_force(FINISH_WITHIN, ended_on)
    last = ended_on + timedelta(days=within.value)
    if plan.state in {PlanState.DRAFTED, PlanState.REPORTED} and not registered and not _being_registered(plan):
        return Foreseen(plan, Fate.CANCELLED, met("尚无人报名，计划随备案终止取消", within.clause))
    if plan.state in _HELD or plan.exam_on < ended_on:
        return Foreseen(plan, Fate.FINISHES, met(f"已在终止日前考试，成绩、公示和发证应在{last}前完成", within.clause), last)
    itself = may_finish_itself(kind, gone_on, ended_on, ended_on)
    found = itself if itself.outcome is not Outcome.MET else may_finish(localtime(plan.drafted_at).date(), plan.exam_on, ended_on)
    if found.outcome is Outcome.MET:
        return Foreseen(plan, Fate.FINISHES, found, last)
    return Foreseen(plan, Fate.TO_REPLACE, found)


def _being_registered(plan: Plan) -> bool:
    """Whether a workbook is in work: its people may be registered any moment."""
    return plan.uploads.filter(state__in=[Upload.State.WAITING, Upload.State.RUNNING]).exists()


def to_wind_down() -> list[str]:
    """This function will give the numbers of ends whose plans nobody has gone through yet."""
    return list(standing_ends().filter(winding_down__isnull=True).order_by("id").values_list("number", flat=True))


def to_unwind() -> list[str]:
    """This function will give the numbers of ends that were undone after their plans had been gone through."""
    undone = WindingDown.objects.filter(undone_at__isnull=True, termination__undone_at__isnull=False)
    return list(undone.order_by("id").values_list("termination__number", flat=True))


def fates_of(termination: str) -> list[PlanFate]:
    """This function will give what becomes of every plan of an end, by day of exam, each with how many are registered, how many another body
    took (`moved_count`), and, once undone, how many came back and how many stay."""
    found = PlanFate.objects.filter(winding__termination__number=termination)
    shown = found.select_related("plan__occupation", "plan__trade", "plan__body", "offered_to__body")
    standing = Count("plan__candidates", filter=~Q(plan__candidates__state=CandidateState.WITHDRAWN))
    went = Moved.objects.filter(fate=OuterRef("pk"), became__isnull=False).order_by().values("fate")
    counts = {
        "moved_count": went.annotate(n=Count("pk")),
        "back": went.filter(returned_at__isnull=False).annotate(n=Count("pk")),
        "stay": went.filter(returned_at__isnull=True).exclude(undoing={}).annotate(n=Count("pk")),
    }
    told = {name: Coalesce(Subquery(rows.values("n")), 0) for name, rows in counts.items()}
    return list(shown.annotate(registered=standing, **told).order_by("plan__exam_on", "id"))


def standing_fate(plan: Plan) -> PlanFate | None:
    """This function will give what the end of its filing made of a plan; none where the filing stands, or the end was undone."""
    found = PlanFate.objects.filter(plan=plan, undone_at__isnull=True).select_related("winding__termination")
    return found.order_by("-id").first()


def fate_on(plan: Plan, day: date) -> PlanFate | Foreseen | None:
    """This function will give what the end of its filing makes of a plan, also in the minutes before the platform has gone through it."""
    standing = standing_fate(plan)
    until = None if standing else plan.scope_item.until
    if until is None or until > day:
        return standing
    fresh = standing_ends().filter(winding_down__isnull=True, lines__contains=[{"item": plan.scope_item_id}]).first()
    if fresh is None:
        return None
    return fate_of(plan, kind=EndKind(fresh.kind), gone_on=fresh.filing.body.gone_on, ended_on=fresh.effective_on)


def stopped(plan: Plan, day: date) -> Stopped | None:
    """This function will give the refusal that meets every further step of a plan whose candidates must go to another body; None while it
    may go on."""
    fate = None if plan.state in OVER else fate_on(plan, day)
    if fate is None or fate.fate != Fate.TO_REPLACE:
        return None
    reason = fate.finding.reason if isinstance(fate, Foreseen) else fate.finding.get("reason", "备案已经终止")
    sentence = f"{reason}，本计划不再报名、审核、编排、考试和登记成绩。"
    return Stopped(sentence, notice("三(四)3"), "请在计划页面选择“转出考生”，向其他机构提出转入；已经提出的，请等待答复。")


def overdue(day: date) -> list[str]:
    """This function will give the numbers of plans that were to be finished by a day that has passed and whose exam was never held."""
    found = PlanFate.objects.filter(fate=Fate.FINISHES, undone_at__isnull=True, finish_by__lt=day, plan__state__in=_BEFORE_EXAM)
    unheld = found.exclude(plan__sittings__seats__present__isnull=False)
    return list(unheld.order_by("plan__exam_on", "plan_id").values_list("plan__number", flat=True).distinct())


def to_move(plan: Plan) -> "QuerySet[Candidate]":
    """This function will give the candidates who would go to another body: neither withdrawn nor found ineligible."""
    gone = [CandidateState.WITHDRAWN, CandidateState.INELIGIBLE]
    return plan.candidates.exclude(state__in=gone).select_related("person").order_by("id")


def plans_open_to(plan: Plan, day: date, limit: int = 50) -> list[Plan]:
    """This function will give other bodies' plans that could take candidates of a plan: same occupation, trade and level, registration open,
    room left; by day of exam."""
    standing = Count("candidates", filter=~Q(candidates__state=CandidateState.WITHDRAWN))
    same = Plan.objects.filter(occupation=plan.occupation_id, trade=plan.trade_id, level=plan.level, state=PlanState.REPORTED)
    others = same.exclude(body=plan.body_id).filter(registration_closes_on__gte=day).annotate(registered=standing, room=F("quota") - standing)
    return list(others.filter(room__gt=0).select_related("body", "venue").order_by("exam_on", "id")[:limit])


_ACTED = {
    PlanState.REVIEWED: "已完成资格审核",
    PlanState.ARRANGED: "已编排考务",
    PlanState.HELD: "已组织考试",
    PlanState.ANNOUNCED: "已公示成绩",
    PlanState.CONFIRMED: "已公示成绩",
    PlanState.CERTIFIED: "已完成评价",
}


def acted_on(taken: Candidate, plan: Plan) -> str:
    """This function will say what the receiving body has done with somebody it took over into `plan`, beyond taking him; nothing when nothing."""
    if done := _ACTED.get(PlanState(plan.state)):
        return done
    if taken.state == CandidateState.WITHDRAWN:
        return "已为其办理退出"
    return "已对其办理资格审核" if history(taken.number).exclude(event="candidate.moved").exists() else ""


def last_fate(plan: Plan) -> PlanFate | None:
    """This function will give what the latest end of its filing made of a plan, undone or not."""
    return PlanFate.objects.filter(plan=plan).select_related("winding__termination", "offered_to__body").order_by("-id").first()


def moved_from(fate: PlanFate | None) -> list[Moved]:
    """This function will give what came of every candidate of a plan that was to be re-placed, in order."""
    return list(fate.moved.select_related("candidate", "became__plan__body").order_by("id")) if fate else []


def offers_to(plan: Plan) -> list[PlanFate]:
    """This function will give the offers of candidates that wait for an answer of the body whose plan this is."""
    waiting = PlanFate.objects.filter(offered_to=plan, fate=Fate.TO_REPLACE, undone_at__isnull=True)
    return list(waiting.select_related("plan__body", "plan__occupation", "winding__termination").order_by("id"))
