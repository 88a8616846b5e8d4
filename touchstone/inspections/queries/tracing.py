"""问题回溯查询: which tracings may somebody see, what was noted at each head, who answers, and which are late?"""

from datetime import date

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.inspections.models import HeldToAccount, TracedHead, Tracing, TracingSet
from touchstone.inspections.states.tracing import TracingState
from touchstone.policy.supervision.records import ITSELF


def tracings(actor: Actor) -> TracingSet:
    """This function will give the tracings the actor may see, newest first, with how many heads were looked into and who answers."""
    rows = Tracing.objects.visible_to(actor).select_related("body", "office")
    return rows.annotate(noted=_count(TracedHead), held=_count(HeldToAccount)).order_by("-id")


def _count(model: type[TracedHead] | type[HeldToAccount]) -> Coalesce:
    own = model.objects.filter(tracing=OuterRef("pk")).order_by().values("tracing").annotate(many=Count("pk")).values("many")
    return Coalesce(Subquery(own), 0)


def tracing(number: str, actor: Actor) -> Tracing:
    """This function will give a tracing the actor may see. :raises NotAllowed: for another's, and where there is none."""
    rows = Tracing.objects.visible_to(actor).select_related("body__office", "office", "finished_by__person")
    found = rows.filter(number=number).first()
    if found is None:
        raise NotAllowed("没有这次问题回溯，或者它不归您查看。", ITSELF, "请从“问题回溯”列表中打开。")
    return found


def heads_of(of: Tracing) -> dict[str, TracedHead]:
    """This function will give what was noted, by head."""
    return {one.head: one for one in TracedHead.objects.filter(tracing=of)}


def accountable_in(of: Tracing) -> QuerySet[HeldToAccount]:
    """This function will give who answers, in order."""
    return HeldToAccount.objects.filter(tracing=of).order_by("id")


def late_tracings(day: date) -> list[str]:
    """This function will give the tracings an office asked for whose day has passed, and of which nobody was told."""
    rows = Tracing.objects.exclude(state=TracingState.FINISHED).filter(due_on__lt=day, overdue_at__isnull=True)
    return list(rows.order_by("due_on", "pk").values_list("number", flat=True)[:500])
