"""标准结构查询: what does a standard say in detail on a day: which elements, which weights, which form of exam?"""

from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet

from touchstone.accounts.actor import Actor
from touchstone.catalogue.models import ExamForm, Standard, Structure, StructureElement, StructureFunction, StructureSet, StructureWeight
from touchstone.catalogue.states import StructureState
from touchstone.policy.exams.parts import Part
from touchstone.policy.questions.structure import KIND_EXAMINED

StructureRow = Structure
StructureElementRow = StructureElement
StructureElementSet = QuerySet[StructureElement]
_DECIDED = (StructureState.APPROVED, StructureState.SUPERSEDED)


def structure_of(standard: Standard, day: date) -> Structure | None:
    """This function will give the approved structure of an edition in force on `day`; None when there is none."""
    found = Structure.objects.filter(Q(until__isnull=True) | Q(until__gt=day), standard=standard, state__in=_DECIDED, since__lte=day)
    return found.order_by("-sequence").first()


def elements(structure: Structure, level: int, part: str = "") -> QuerySet[StructureElement]:
    """This function will give the elements (鉴定点) of one level in the order of the standard, those that hold at every level included: knowledge
    for the theory part, skills for the others, both when no part is named."""
    found = structure.elements.filter(Q(level=level) | Q(level__isnull=True)).select_related("content__function").order_by("place")
    return found.filter(kind=KIND_EXAMINED[Part(part)]) if part else found


def weights(structure: Structure, level: int, part: str) -> dict[str, Decimal]:
    """This function will give one column of the weight tables: percent by the code of the function, in order; empty when there is none."""
    rows = structure.weights.filter(level=level, part=part).select_related("function").order_by("function__place")
    return {row.function.code: row.percent for row in rows}


def functions(structure: Structure) -> QuerySet[StructureFunction]:
    """This function will give the functions of a structure in order, 职业道德 and 基础知识 first, with their work contents."""
    return structure.functions.prefetch_related("contents").order_by("place")


def exam_form(structure: Structure, level: int, part: str) -> ExamForm | None:
    """This function will give how one part of one level is examined; None where the standard says nothing."""
    return structure.forms.filter(level=level, part=part).first()


def exam_forms(structure: Structure) -> QuerySet[ExamForm]:
    """This function will give every form of exam, from level 5 up."""
    return structure.forms.order_by("-level", "id")


def weight_rows(structure: Structure) -> QuerySet[StructureWeight]:
    """This function will give every cell of the weight tables."""
    return structure.weights.select_related("function").order_by("part", "-level", "function__place")


def structures(actor: Actor) -> StructureSet:
    """This function will give the structures an actor may see, newest first."""
    found = Structure.objects.visible_to(actor)
    about = ("standard__occupation", "standard__trade", "standard__owner", "office")
    return found.select_related(*about, "loaded_by__person", "submitted_by__person", "approved_by__person").order_by("-id")


def structure(number: str, actor: Actor) -> Structure:
    """This function will give one structure. :raises Structure.DoesNotExist: when there is none, or it is not for the actor to see."""
    return structures(actor).get(number=number)


def element_titles(structure: Structure, level: int, part: str) -> list[tuple[str, str]]:
    """This function will give code and words of each element of a level and part, as a form offers them."""
    return [(one.code, f"{one.code} {one.text}") for one in elements(structure, level, part)]
