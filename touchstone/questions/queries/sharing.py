"""共建共享查询: which licences are there, what was lent to whom, and which office has contributed how much?"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from django.db.models import Count, Max, Model, Q, QuerySet

from touchstone.accounts.actor import Actor
from touchstone.policy.questions.lending import CREDIT_EACH
from touchstone.policy.roles import OfficeKind
from touchstone.questions.models import Lending, Licence, Question
from touchstone.questions.states import QuestionState

M = TypeVar("M", bound=Model)
LicenceRow = Licence
LicenceSet = QuerySet[Licence]
LendingSet = QuerySet[Lending]


def licences(actor: Actor) -> LicenceSet:
    """This function will give the licences an actor may see, newest first: the centre all, a district those on its ground, a body its own."""
    found = Licence.objects.select_related("body", "standard__occupation", "decided_by__person", "bank").order_by("-id")
    return _seen(found, actor, "body")


def licence(number: str, actor: Actor) -> Licence:
    """This function will give one licence. :raises Licence.DoesNotExist: when there is none, or it is not for the actor to see."""
    return licences(actor).get(number=number)


def licence_state(licence: Licence, day: date) -> tuple[str, str]:
    """This function will say how a licence stands on a day: label and tone."""
    if licence.refused_because:
        return "不予许可", "danger"
    if licence.since is None or licence.until is None:
        return "待决定", "warn"
    if licence.ended_because:
        return "已收回", "neutral"
    return ("有效", "ok") if day < licence.until else ("已到期", "neutral")


def lendings(actor: Actor) -> LendingSet:
    """This function will give what was lent (出借记录), newest first: the centre sees all, a body what it borrowed and what of its own was lent."""
    found = Lending.objects.select_related("licence__body", "question__contributed_by", "question__standard").order_by("-id")
    if actor.office_kind is OfficeKind.ASSESSMENT_BODY:
        return found.filter(Q(licence__body__office_id=actor.office_id) | Q(question__contributed_by_id=actor.office_id))
    return _seen(found, actor, "licence__body")


def _seen(found: QuerySet[M], actor: Actor, body: str) -> QuerySet[M]:
    if actor.is_platform or actor.office_kind is OfficeKind.CITY_CENTRE:
        return found
    if actor.office_kind is OfficeKind.ASSESSMENT_BODY:
        return found.filter(**{f"{body}__office_id": actor.office_id})
    if actor.office_kind is OfficeKind.DISTRICT_BUREAU:
        return found.filter(**{f"{body}__district": actor.district})
    return found.none()


@dataclass(frozen=True)
class Credit:
    """What an office has contributed to the city bank: given, approved, how often lent in all and in the last year, the credit."""

    office: str
    given: int
    approved: int
    lent: int
    lent_lately: int
    credit: int
    last_lent_at: datetime | None


def credits_earned(actor: Actor, at: datetime) -> list[Credit]:
    """This function will give the credit of every contributing office (of the own one, to a body), the greatest first."""
    found = Question.objects.filter(contributed_by__isnull=False, bank__body__isnull=True)
    if actor.office_kind is OfficeKind.ASSESSMENT_BODY:
        found = found.filter(contributed_by_id=actor.office_id)
    lately = Q(lendings__lent_at__gt=at - timedelta(days=365))
    rows = found.order_by().values("contributed_by__name").annotate(
        given=Count("pk", distinct=True),
        approved=Count("pk", distinct=True, filter=Q(state=QuestionState.APPROVED)),
        lent=Count("lendings", distinct=True),
        lent_lately=Count("lendings", distinct=True, filter=lately),
        last=Max("lendings__lent_at"),
    )  # fmt: skip
    each = CREDIT_EACH.on(at.date()).value
    made = [
        Credit(row["contributed_by__name"], row["given"], row["approved"], row["lent"], row["lent_lately"], row["lent"] * each, row["last"])
        for row in rows
    ]
    return sorted(made, key=lambda one: (-one.credit, one.office))
