"""试卷查询: which blueprints, papers, shares and enemies may somebody see? Rows and figures; never what a question says."""

from typing import TYPE_CHECKING

from django.db.models import Count, QuerySet

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.kernel.rules import Outcome
from touchstone.policy.documents import notice
from touchstone.policy.questions.currency import StandingFacts, rests_on_a_standard_in_force
from touchstone.questions.models import (
    AnswerImport,
    Bank,
    Blueprint,
    BlueprintSet,
    EnemyPair,
    ItemFigure,
    KeyShare,
    Paper,
    PaperForm,
    PaperItem,
    PaperSet,
)
from touchstone.questions.pool import Function, functions_of
from touchstone.questions.states import PaperState, QuestionState
from touchstone.questions.terms import Terms, read_terms

if TYPE_CHECKING:
    from datetime import date

    from touchstone.catalogue.models import Standard

PaperRow = Paper
BlueprintRow = Blueprint
_ABOUT = ("standard__occupation", "bank__body", "bank__office", "made_by__person")
_OF_PAPER = ("blueprint__standard__occupation", "bank__body", "bank__office", "composed_by__person")


def blueprints(actor: Actor, bank: Bank | None = None) -> BlueprintSet:
    """This function will give the blueprints an actor may see (of one bank, when named), newest first, with how many papers rest on each."""
    found = Blueprint.objects.visible_to(actor).select_related(*_ABOUT).annotate(paper_count=Count("papers")).order_by("-id")
    return found if bank is None else found.filter(bank=bank)


def blueprint(number: str, actor: Actor) -> Blueprint:
    """This function will give a blueprint. :raises Blueprint.DoesNotExist: when there is none. :raises NotAllowed: when it is another's."""
    found = Blueprint.objects.select_related(*_ABOUT).get(number=number)
    if not Blueprint.objects.visible_to(actor).filter(pk=found.pk).exists():
        raise _not_yours(f"细目表{number}", actor)
    return found


def papers(actor: Actor, bank: Bank | None = None) -> PaperSet:
    """This function will give the papers an actor may see (of one bank, when named), newest first."""
    found = Paper.objects.visible_to(actor).defer("report").select_related(*_OF_PAPER).order_by("-id")
    return found if bank is None else found.filter(bank=bank)


def paper(number: str, actor: Actor) -> Paper:
    """This function will give a paper as a row. :raises Paper.DoesNotExist: when there is none. :raises NotAllowed: when it is another's."""
    found = Paper.objects.select_related(*_OF_PAPER).get(number=number)
    if not Paper.objects.visible_to(actor).filter(pk=found.pk).exists():
        raise _not_yours(f"试卷{number}", actor)
    return found


def papers_waiting(before: object) -> list[str]:
    """This function will name the papers that were asked for before a moment and are not composed yet."""
    return list(Paper.objects.filter(state=PaperState.ASKED, composed_at__lt=before).order_by("id").values_list("number", flat=True))


def terms_of(found: Blueprint) -> Terms:
    """This function will give the terms of a blueprint."""
    return read_terms(found.terms)


def allotment(found: Blueprint, day: "date") -> tuple[Function, ...]:
    """This function will give how the questions of a blueprint are shared out by the weight table in force on a day."""
    return functions_of(found.standard, found.level, found.part, read_terms(found.terms).size, day)


def shared_out(standard: "Standard", level: int, part: str, size: int, day: "date") -> tuple[Function, ...]:
    """This function will share out `size` questions by the weight table in force on a day; empty when there is none."""
    return functions_of(standard, level, part, size, day)


def forms_of(found: Paper) -> QuerySet[PaperForm]:
    """This function will give the forms of a paper, A first, without what is sealed."""
    return found.forms.defer("sealed").order_by("letter")


def items_of(found: Paper) -> QuerySet[PaperItem]:
    """This function will give the questions of a paper's forms at their places."""
    rows = PaperItem.objects.filter(form__paper=found).select_related("form", "question").defer("form__sealed", "question__grams")
    return rows.order_by("form__letter", "position")


def stale_in(paper: Paper) -> list[str]:
    """This function will name the questions of a paper that no longer lie in the bank as they were when it was composed."""
    rows = PaperItem.objects.filter(form__paper=paper).select_related("question").order_by("question__number")
    gone = (
        one.question.number
        for one in rows
        if one.question.state != QuestionState.APPROVED or one.question.stale_because or one.question.current != one.version
    )
    return list(dict.fromkeys(gone))


def why_stale(paper: Paper, day: "date") -> list[str]:
    """This function will say why a paper itself, to be used on `day`, rests on what is no longer so: a mark on it or on its blueprint, or a standard
    that has ended by then; its questions are for `stale_in`."""
    blueprint, standard = paper.blueprint, paper.blueprint.standard
    facts = StandingFacts(str(standard), standard.in_force_from, standard.until, "")
    standing = rests_on_a_standard_in_force(facts, day)
    said = [paper.stale_because, blueprint.stale_because, "" if standing.outcome is Outcome.MET else standing.reason]
    return list(dict.fromkeys(one for one in said if one))


def shares_of(found: Paper) -> QuerySet[KeyShare]:
    """This function will give who holds a share of a paper's key, and whether it was taken and given."""
    return found.shares.select_related("holder__person").order_by("id")


def enemies(bank: Bank) -> QuerySet[EnemyPair]:
    """This function will give the enemy pairs of a bank, standing ones first."""
    rows = EnemyPair.objects.filter(first__bank=bank).select_related("first", "second", "noted_by__person")
    return rows.order_by("-lifted_at", "-id")


def imports_of(found: Paper) -> QuerySet[AnswerImport]:
    """This function will give the answers handed in for a paper, newest first."""
    return found.answer_imports.select_related("begun_by__person").order_by("-id")


def imports_waiting(before: object) -> list[str]:
    """This function will name the imports begun before a moment that came to no end."""
    rows = AnswerImport.objects.filter(finished_at__isnull=True, failed_because="", begun_at__lt=before)
    return list(rows.order_by("id").values_list("number", flat=True))


def figures_of(found: Paper) -> QuerySet[ItemFigure]:
    """This function will give the figures that the use of a paper showed, question by question; of several imports the latest."""
    latest = ItemFigure.objects.filter(paper=found.number).order_by("question", "-id").distinct("question")
    return ItemFigure.objects.filter(pk__in=latest.values("pk")).select_related("question__bank").order_by("question__number")


def figures_of_question(question_id: int) -> QuerySet[ItemFigure]:
    """This function will give every figure of a question, newest first."""
    return ItemFigure.objects.filter(question_id=question_id).order_by("-id")


def letters_of(paper_id: int) -> tuple[str, ...]:
    """This function will give the letters of a paper's forms, A first."""
    return tuple(PaperForm.objects.filter(paper_id=paper_id).order_by("letter").values_list("letter", flat=True))


def _not_yours(what: str, actor: Actor) -> NotAllowed:
    step = f"您当前身份为“{actor.label}”，请联系该题库的管理单位。"
    return NotAllowed(f"{what}不是您所在单位的，也不在您的属地范围内。", notice("三(二)3"), step)


def papers_with(question: str) -> QuerySet[PaperItem]:
    """This function will give the places of a question in every paper it was put into, with paper and points, the latest paper first."""
    rows = PaperItem.objects.filter(question__number=question).select_related("form__paper__bank__body").defer("form__sealed")
    return rows.order_by("-form__paper_id", "form__letter")
