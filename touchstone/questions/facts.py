"""题库事实: which facts do the rules read from a question, its review, its licence, and who wants to open it?"""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from touchstone.accounts.actor import Actor
from touchstone.catalogue import queries as catalogue
from touchstone.measurement.interchange.question import ZERO
from touchstone.measurement.interchange.question import Question as Content
from touchstone.policy.questions.currency import StandingFacts
from touchstone.policy.questions.kinds import QuestionFacts
from touchstone.policy.questions.lending import LicenceFacts
from touchstone.policy.questions.reviewing import ReviewFacts
from touchstone.policy.questions.secrecy import Reader
from touchstone.policy.roles import Role
from touchstone.questions.contents import lacking
from touchstone.questions.models import Lending, Licence, Paper, PaperItem, Question, QuestionVersion, Review
from touchstone.questions.states import PaperState

if TYPE_CHECKING:
    from touchstone.catalogue.models import Standard

_BANK_ROLES = (Role.QUESTION_AUTHOR, Role.QUESTION_REVIEWER, Role.BANK_KEEPER, Role.PAPER_KEEPER)


def question_facts(
    *, kind: str, part: str, level: int, element: str, standard: "Standard", content: Content, day: date
) -> QuestionFacts:
    """This function will give what the rules on the making of a question read; the elements are those of the structure in force, if there is one."""
    structure = catalogue.structure_of(standard, day)
    known = None if structure is None else frozenset(catalogue.elements(structure, level, part).values_list("code", flat=True))
    points: Decimal | None = sum((one.points for one in content.criteria), ZERO) if content.criteria else None
    return QuestionFacts(
        kind=kind,
        part=part,
        level=level,
        element=element,
        standard_levels=frozenset(standard.levels),
        elements=known,
        lacking=lacking(content, kind),
        points=points,
    )


def review_facts(version: QuestionVersion) -> ReviewFacts:
    """This function will give who judges a version and what those who are done found."""
    asked = list(version.reviews.order_by("id"))
    return ReviewFacts(version.written_by_id, tuple(one.reviewer_id for one in asked), tuple(one.passes for one in asked if one.passes is not None))


def standing_facts(question: Question) -> StandingFacts:
    """This function will give what a question rests on."""
    standard = question.standard
    unchanged = False if question.stale_because else None
    return StandingFacts(str(standard), standard.in_force_from, standard.until, question.element, unchanged)


def licence_facts(licence: Licence | None) -> LicenceFacts | None:
    """This function will give a licence as the rules read it; one that was refused or not yet decided is none."""
    if licence is None or licence.since is None:
        return None
    return LicenceFacts(str(licence.standard), licence.since, licence.until, licence.ended_because)


def reader_facts(actor: Actor, question: Question, judged: Collection[int] | None = None) -> Reader:
    """This function will give what somebody who wants to open a question is to it; `judged` are the questions they judge, where these are known."""
    own = actor.office_id == question.bank.office_id
    lent = Lending.objects.filter(question=question, licence__body__office_id=actor.office_id)
    judges = own and actor.has(Role.QUESTION_REVIEWER)
    return Reader(
        in_bank=own and actor.has(*_BANK_ROLES),
        keeps=actor.is_platform or (own and actor.has(Role.BANK_KEEPER)),
        wrote=own and actor.user_id is not None and question.written_by_id == actor.user_id,
        judges=judges and question.pk in (judged_by(actor, [question.pk]) if judged is None else judged),
        lent=not own and actor.has(Role.BANK_KEEPER, Role.PAPER_KEEPER) and lent.exists(),
    )


def judged_by(actor: Actor, questions: Collection[int]) -> frozenset[int]:
    """This function will give those of some questions that somebody judges or has judged."""
    found = Review.objects.filter(version__question__in=questions, reviewer_id=actor.user_id)
    return frozenset(found.values_list("version__question", flat=True))


def sealed_away(questions: Collection[int], at: datetime) -> dict[int, Paper]:
    """This function will give, for those of some questions that a sealed paper holds whose hour has not come, the paper that opens last."""
    rows = PaperItem.objects.filter(question__in=questions, form__paper__state=PaperState.SEALED, form__paper__opens_at__gt=at)
    found = rows.select_related("form__paper__bank").defer("form__sealed", "form__paper__report").order_by("form__paper__opens_at")
    return {one.question_id: one.form.paper for one in found}


def lent_within_a_year(question: Question, at: datetime) -> int:
    """This function will count how often a question was lent in the twelve months before `at`."""
    return question.lendings.filter(lent_at__gt=at - timedelta(days=365)).count()
