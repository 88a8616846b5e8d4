"""调取资料查询: which calls for records may somebody see, what does each ask for, and which are about to be late?"""

from datetime import date, timedelta

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.inspections.models import RecordsCall, RecordsCallSet, RecordsItem
from touchstone.inspections.states.records import OWED, CallState
from touchstone.parameters.queries import calendar, in_force
from touchstone.policy.supervision.records import LAW, REMINDED_BEFORE

_MOST = 500


def calls(actor: Actor) -> RecordsCallSet:
    """This function will give the calls the actor may see, newest first, with how many things each asks for and how many are still owed."""
    found = RecordsCall.objects.visible_to(actor).select_related("office", "body")
    # counted for each call that is shown: joined, the items of all calls would be counted first
    return found.annotate(asked=_count(), owed=_count(state__in=[one.value for one in OWED])).order_by("-id")


def _count(**narrowed: object) -> Coalesce:
    own = RecordsItem.objects.filter(call=OuterRef("pk"), **narrowed).order_by().values("call").annotate(many=Count("pk")).values("many")
    return Coalesce(Subquery(own), 0)


def call(number: str, actor: Actor) -> RecordsCall:
    """This function will give a call the actor may see. :raises NotAllowed: for another's, and where there is none."""
    rows = RecordsCall.objects.visible_to(actor).select_related("office", "body__office", "called_by__person", "closed_by__person")
    found = rows.filter(number=number).first()
    if found is None:
        raise NotAllowed("没有这次调取，或者它不归您查看。", LAW, "请从“调取资料”列表中打开。")
    return found


def items_of(of: RecordsCall) -> QuerySet[RecordsItem]:
    """This function will give what a call asks for, in order."""
    return RecordsItem.objects.filter(call=of).select_related("call__body", "answered_by__person", "judged_by__person").order_by("place")


def to_remind(day: date) -> list[str]:
    """This function will give the calls whose day is near and about which the body was not reminded yet."""
    known, before = calendar(), in_force(REMINDED_BEFORE, day).value
    near = RecordsCall.objects.filter(state=CallState.CALLED, reminded_at__isnull=True, due_on__gte=day, due_on__lte=day + timedelta(days=15))
    rows = near.order_by("due_on", "pk").values_list("number", "due_on")
    return [number for number, due_on in rows if known.working_days_between(day, due_on) <= before][:_MOST]


def to_note_late(day: date) -> list[str]:
    """This function will give the calls whose day has passed, that are still owed, and of which nobody was told."""
    late = RecordsCall.objects.filter(state=CallState.CALLED, overdue_at__isnull=True, due_on__lt=day)
    return list(late.order_by("due_on", "pk").values_list("number", flat=True)[:_MOST])
