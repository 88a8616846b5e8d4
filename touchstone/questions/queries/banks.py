"""题库查询: which banks and questions may somebody see, and which questions may a paper use? Never what they say."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from touchstone.accounts.actor import Actor
from touchstone.policy.roles import OfficeKind
from touchstone.questions import permissions
from touchstone.questions.contents import grams_of
from touchstone.questions.models import Bank, GuidanceNote, ItemFigure, Licence, Opening, Question, QuestionSet, QuestionVersion, Review
from touchstone.questions.states import QuestionState

if TYPE_CHECKING:
    from touchstone.catalogue.models import Standard

BankRow = Bank
QuestionRow = Question
BankSet = QuerySet[Bank]
OpeningSet = QuerySet[Opening]
_RELATED = ("bank__body", "bank__office", "standard", "occupation", "written_by__person", "contributed_by")


def city_bank() -> Bank | None:
    """This function will give the city's shared bank; None until it is opened."""
    return Bank.objects.select_related("office", "body").filter(body__isnull=True).first()


def own_bank(actor: Actor) -> Bank | None:
    """This function will give the bank that the actor's own office keeps; None when it has none."""
    return Bank.objects.select_related("office", "body").filter(office_id=actor.office_id).first()


def banks(actor: Actor) -> BankSet:
    """This function will give the banks an actor may see: the centre all, a district those on its ground, a body its own."""
    found = Bank.objects.select_related("office", "body").order_by("number")
    if actor.is_platform or actor.office_kind is OfficeKind.CITY_CENTRE:
        return found
    if actor.office_kind is OfficeKind.ASSESSMENT_BODY:
        return found.filter(office_id=actor.office_id)
    if actor.office_kind is OfficeKind.DISTRICT_BUREAU:
        return found.filter(body__district=actor.district)
    return found.none()


def with_counts(found: BankSet) -> BankSet:
    """This function will note on each bank how many questions it has in all, in use, stale, and how many notes of guidance wait."""
    held = Question.objects.filter(bank=OuterRef("pk")).order_by().values("bank")
    approved, stale = held.filter(state=QuestionState.APPROVED), held.exclude(stale_because="").exclude(state=QuestionState.RETIRED)
    waiting = GuidanceNote.objects.filter(bank=OuterRef("pk"), answered_at__isnull=True).order_by().values("bank")
    return found.annotate(
        question_count=_count(held), approved_count=_count(approved), stale_count=_count(stale), unanswered=_count(waiting)
    )


def with_guidance_waiting(found: BankSet) -> BankSet:
    """This function will narrow banks to those that still owe an answer to a note of guidance."""
    return found.filter(pk__in=GuidanceNote.objects.filter(answered_at__isnull=True).values("bank"))


def _count(found: QuerySet[Any, Any]) -> Subquery:
    return Subquery(found.annotate(n=Count("pk")).values("n")[:1])


def bank(number: str, actor: Actor) -> Bank:
    """This function will give a bank. :raises Bank.DoesNotExist: :raises NotAllowed: when it is not for the actor to see."""
    found = Bank.objects.select_related("office", "body").get(number=number)
    permissions.check_may_see(actor, found)
    return found


def questions(actor: Actor, bank: Bank | None = None) -> QuestionSet:
    """This function will give the questions an actor may see (of one bank, when named), newest first; rows, never what they say."""
    found = Question.objects.visible_to(actor).defer("grams").select_related(*_RELATED).order_by("-id")
    return found if bank is None else found.filter(bank=bank)


def question(number: str, actor: Actor) -> Question:
    """This function will give a question as a row. :raises Question.DoesNotExist: :raises NotAllowed: when it is not for the actor to see."""
    found: Question = Question.objects.select_related(*_RELATED).get(number=number)
    permissions.check_may_see(actor, found.bank)
    return found


def holding_words(found: QuestionSet, text: str) -> QuestionSet:
    """This function will narrow questions to those that hold every pair of neighbouring characters of `text`."""
    pairs = grams_of(text)
    return found.filter(grams__contains=pairs) if pairs else found.none()


def versions_of(question: Question) -> QuerySet[QuestionVersion]:
    """This function will give the versions of a question, newest first, without what they say."""
    return question.versions.defer("sealed").select_related("written_by__person").order_by("-sequence")


def reviews_shown(question: Question, actor: Actor) -> list[Review]:
    """This function will give the reviews an actor may see: a reviewer only the own one until all of that version are in."""
    reviews = list(
        Review.objects.filter(version__question=question).select_related("version", "reviewer__person").order_by("-version__sequence", "id")
    )
    waiting = {one.version_id for one in reviews if one.passes is None}
    return [one for one in reviews if one.version_id not in waiting or one.reviewer_id == actor.user_id]


def reviews_waiting(question: Question) -> int:
    """This function will count the reviewers of the current version who have not judged it yet."""
    return Review.objects.filter(version__question=question, version__sequence=question.current, passes__isnull=True).count()


def my_reviews(actor: Actor) -> QuestionSet:
    """This function will give the questions that the actor is asked to judge and has not."""
    asked = Review.objects.filter(reviewer_id=actor.user_id, passes__isnull=True, version__sequence=F("version__question__current"))
    return questions(actor).filter(pk__in=asked.values("version__question"), state=QuestionState.IN_REVIEW)


def openings(bank: Bank | None = None) -> OpeningSet:
    """This function will give who opened which question when and why (of one bank, when named), newest first."""
    found = Opening.objects.select_related("question", "opened_by__person", "office").order_by("-id")
    return found if bank is None else found.filter(question__bank=bank)


def openings_of(question: Question) -> OpeningSet:
    """This function will give who opened one question, newest first."""
    return openings().filter(question=question)


def opened_lately(question: Question, actor: Actor, since: object) -> bool:
    """This function will say whether the actor has opened a question since a moment; its pictures are shown to nobody else."""
    return Opening.objects.filter(question=question, opened_by_id=actor.user_id, opened_at__gte=since).exists()


def guidance_of(bank: Bank) -> QuerySet[GuidanceNote]:
    """This function will give the notes of guidance to a bank, newest first."""
    return bank.guidance.select_related("office", "written_by__person", "answered_by__person").order_by("-id")


def stale(bank: Bank) -> QuestionSet:
    """This function will give the questions of a bank whose standard moved and that the keeper has to settle, oldest first; what its author
    is writing anyway is tied anew when it is saved."""
    waiting = (QuestionState.IN_REVIEW, QuestionState.REVIEWED, QuestionState.APPROVED)
    found = Question.objects.filter(bank=bank, state__in=waiting).exclude(stale_because="")
    return found.defer("grams").select_related(*_RELATED).order_by("stale_since", "id")


@dataclass(frozen=True)
class Usable:
    """A question that a paper may use, as the composer reads it: no words. Figures are None until real answers have given them.

    `difficulty` is the share of points won as estimated by its author, `observed` as the last use showed it; `model` holds calibrated parameters.
    `from_city` says that it has to be lent.
    """

    pk: int
    number: str
    version: int
    kind: str
    element: str
    difficulty: Decimal
    uses: int
    last_used_on: date | None
    from_city: bool
    observed: float | None
    discrimination: float | None
    model: dict[str, Any]


def usable(
    bank: Bank, standard: "Standard", level: int, part: str, day: date, *, elements: Collection[str] | None = None
) -> list[Usable]:
    """This function will give the questions a paper of `bank` may use on `day`: approved, not stale, of one standard, level and part (and some
    elements, when named); those of the city bank too where a licence is in force."""
    places = Q(bank=bank)
    if bank.body_id is not None and licence_on(bank, standard, day) is not None:
        places |= Q(bank__body__isnull=True)
    found = Question.objects.filter(places, standard=standard, level=level, part=part, state=QuestionState.APPROVED, stale_because="")
    if elements is not None:
        found = found.filter(element__in=list(elements))
    last = ItemFigure.objects.filter(question=OuterRef("pk")).order_by("-id")
    found = found.annotate(
        observed=Subquery(last.values("difficulty")[:1]),
        discrimination=Subquery(last.values("discrimination")[:1]),
        parameters=Subquery(last.values("model")[:1]),
        city=Q(bank__body__isnull=True),
    )
    return [_usable(row, bank) for row in found.defer("grams").order_by("pk")]


def _usable(row: Any, bank: Bank) -> Usable:
    from_city = row.city and bank.body_id is not None
    figures = {"observed": row.observed, "discrimination": row.discrimination, "model": row.parameters or {}}
    return Usable(
        row.pk, row.number, row.current, row.kind, row.element, row.difficulty, row.uses, row.last_used_on, from_city, **figures
    )  # fmt: skip


def licence_on(bank: Bank, standard: "Standard", day: date) -> Licence | None:
    """This function will give the licence under which a body's bank may use the city's questions of a standard on a day; None when there is none."""
    if bank.body_id is None:
        return None
    found = Licence.objects.filter(body_id=bank.body_id, standard=standard, since__lte=day, until__gt=day, ended_because="")
    return found.order_by("-until").first()
