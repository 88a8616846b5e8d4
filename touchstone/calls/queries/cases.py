"""征集查询: which projects, calls and applications may this person see, and what stands in them?"""

from collections.abc import Sequence
from datetime import date

from django.db.models import Count, Q, QuerySet

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.calls.models import Application, ApplicationSet, Call, CallLot, DemandFigure, Project, Selection
from touchstone.calls.states import ApplicationState, CallState, ProjectState
from touchstone.notices.queries import open_objections
from touchstone.policy.documents import notice
from touchstone.policy.roles import OfficeKind

_WHOLE_CITY = {OfficeKind.CITY_BUREAU, OfficeKind.CITY_CENTRE}
MATTER = "call"
"""The matter under which results stand in public notice."""


def projects(actor: Actor) -> QuerySet[Project]:
    """This function will give the projects an office may see, newest first: the city's all, an industry authority's own field, the selected ones for
    everybody else."""
    found = Project.objects.select_related("occupation", "trade", "recommended_by_office").order_by("-id")
    if actor.is_platform or actor.office_kind in _WHOLE_CITY:
        return found
    known = Q(state__in=[ProjectState.SELECTED, ProjectState.RETIRED])
    if actor.office_kind is OfficeKind.INDUSTRY_AUTHORITY:
        return found.filter(known | Q(industry=actor.industry))
    return found.filter(known)


def project(number: str, actor: Actor) -> Project:
    """This function will give a project. :raises NotAllowed: when it is not for the actor to see, or there is none."""
    found = projects(actor).filter(number=number).first()
    if found is None:
        raise NotAllowed(f"没有您可以查看的评价项目{number}。", notice("三(一)2"), "请从项目列表中选择。")
    return found


def callable_projects() -> QuerySet[Project]:
    """This function will give the selected projects, which may be called for, by occupation."""
    found = Project.objects.filter(state=ProjectState.SELECTED).select_related("occupation", "trade")
    return found.order_by("occupation__code", "trade__name", "id")


def calls(actor: Actor | None = None) -> QuerySet[Call]:
    """This function will give the calls anyone may see, those that were published; the city's offices see drafts too. Newest first."""
    found = Call.objects.select_related("drafted_by__person").order_by("-id")
    if actor is not None and (actor.is_platform or actor.office_kind in _WHOLE_CITY):
        return found
    return found.filter(published_at__isnull=False)


def call(number: str, actor: Actor | None = None) -> Call:
    """This function will give a call. :raises NotAllowed: when it is not for the actor to see, or there is none."""
    found = calls(actor).filter(number=number).first()
    if found is None:
        raise NotAllowed(f"没有您可以查看的征集公告{number}。", notice("三(一)2"), "请从征集列表中选择。")
    return found


def with_counts(found: QuerySet[Call]) -> QuerySet[Call]:
    """This function will note on each call how many lots it has (`lot_count`) and how many applications came in (`sent_count`)."""
    sent = Q(lots__applications__submitted_at__isnull=False) & ~Q(lots__applications__state=ApplicationState.WITHDRAWN)
    return found.annotate(lot_count=Count("lots", distinct=True), sent_count=Count("lots__applications", filter=sent, distinct=True))


def lots_of(call: Call) -> QuerySet[CallLot]:
    """This function will give the lots of a call with their projects, by occupation and district, each with the applications that came in."""
    sent = Q(applications__submitted_at__isnull=False) & ~Q(applications__state=ApplicationState.WITHDRAWN)
    found = call.lots.select_related("project__occupation", "project__trade").annotate(sent_count=Count("applications", filter=sent))
    return found.order_by("project__occupation__code", "project__trade__name", "district", "id")


def applications(actor: Actor) -> ApplicationSet:
    """This function will give the applications an actor may see, newest first."""
    found = Application.objects.visible_to(actor)
    return found.select_related("lot__call", "lot__project__occupation", "lot__project__trade", "body__office").order_by("-id")


def application(number: str, actor: Actor) -> Application:
    """This function will give an application. :raises NotAllowed: when it is not on the actor's ground, or there is none."""
    found = applications(actor).filter(number=number).first()
    if found is None:
        raise NotAllowed(f"应征申请{number}不在您的职责范围内。", notice("三(一)2"), "请从应征申请列表中选择。")
    return found


def applications_of(call: Call) -> QuerySet[Application]:
    """This function will give the applications of a call that were sent and not withdrawn, lot by lot, in the order of their ranks."""
    found = Application.objects.filter(lot__call=call, submitted_at__isnull=False).exclude(state=ApplicationState.WITHDRAWN)
    found = found.select_related("lot__project__occupation", "lot__project__trade", "body__office")
    return found.order_by("lot__project__occupation__code", "lot__project__trade__name", "lot__district", "lot_id", "rank", "number")


def selections_from(call: Call) -> QuerySet[Selection]:
    """This function will give who was selected in a call, lot by lot."""
    found = Selection.objects.filter(application__lot__call=call).select_related("body", "project__occupation", "project__trade", "application")
    return found.order_by("project__occupation__code", "district", "application__rank")


def demand_figures(occupation_codes: Sequence[str]) -> dict[tuple[str, str], DemandFigure]:
    """This function will give the newest demand figure of each occupation and district (empty: the whole city)."""
    found = DemandFigure.objects.filter(occupation__code__in=occupation_codes).select_related("occupation").order_by("year", "id")
    return {(one.occupation.code, one.district): one for one in found}


def past_their_last_day(day: date) -> list[str]:
    """This function will give the numbers of open calls whose last day is over."""
    return list(Call.objects.filter(state=CallState.OPEN, closes_on__lt=day).order_by("id").values_list("number", flat=True))


def objected() -> list[str]:
    """This function will give the numbers of calls whose result somebody objected to and nobody has answered yet."""
    return list(dict.fromkeys(open_objections(MATTER).values_list("notice__case", flat=True)))
