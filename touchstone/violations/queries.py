"""违纪违规查询: which cases may somebody see, and whom are they about?"""

from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.policy.violations.acts import Party
from touchstone.violations.models import Violation
from touchstone.violations.states import LAW

if TYPE_CHECKING:
    from touchstone.accounts.models import User

_READ = ("body__office", "person", "candidate__plan", "sitting__room", "appeal_to")


def violations(actor: Actor) -> QuerySet[Violation]:
    """This function will give the cases the actor may see, newest first."""
    return Violation.objects.visible_to(actor).select_related(*_READ).order_by("-id")


def violation(number: str, actor: Actor) -> Violation:
    """This function will give a case the actor may see. :raises NotAllowed: for another's, and where there is none."""
    found = violations(actor).select_related("recorded_by__person", "decided_by__person").filter(number=number).first()
    if found is None:
        raise NotAllowed("没有这个案件，或者它不归您查看。", LAW, "请从违纪违规档案或“我的处理”中打开。")
    return found


def of_incidents(numbers: Any) -> dict[str, str]:
    """This function will give, by incident, the number of the case that was opened from it."""
    return dict(Violation.objects.filter(incident__in=list(numbers)).values_list("incident", "number"))


def person_of_case(number: str) -> "User | None":
    """This function will give the log-in of whom a case is about; None where they have none."""
    found = Violation.objects.select_related("person__user").get(number=number)
    return getattr(found.person, "user", None)


def party_of_case(number: str) -> Party:
    """This function will say whether a case is about a candidate or about staff."""
    return Party(Violation.objects.values_list("party", flat=True).get(number=number))
