"""标准结构查询: what does a standard say in detail on a day: which elements, which weights, which form of exam?"""

from datetime import date, datetime
from decimal import Decimal

from django.db.models import Q, QuerySet

from touchstone.accounts.actor import Actor
from touchstone.catalogue.models import (
    ExamForm,
    Standard,
    Structure,
    StructureElement,
    StructureFunction,
    StructureImport,
    StructureImportRow,
    StructureImportSet,
    StructureSet,
)
from touchstone.catalogue.states import StructureState
from touchstone.policy.exams.parts import Part
from touchstone.policy.questions.structure import KIND_EXAMINED

StructureRow = Structure
ExamFormRow = ExamForm
IMPORT_OUTCOMES = StructureImportRow.Outcome.choices
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


def base_of(structure: Structure) -> Structure | None:
    """This function will give what a structure is compared with: the version before it, else the last one of the edition it replaces."""
    own = Structure.objects.filter(standard=structure.standard, sequence__lt=structure.sequence, state__in=_DECIDED)
    found = own.select_related("standard").order_by("-sequence").first()
    if found is not None:
        return found
    standard = structure.standard
    earlier = Structure.objects.filter(
        standard__kind=standard.kind,
        standard__occupation__code=standard.occupation.code,
        standard__trade__name=standard.trade.name if standard.trade else None,
        standard__owner=standard.owner,
        standard__in_force_from__lt=standard.in_force_from,
        state__in=_DECIDED,
    )
    return earlier.select_related("standard").order_by("-standard__in_force_from", "-sequence").first()


def structures_of(standard: Standard, actor: Actor) -> list[Structure]:
    """This function will give every version of what an edition says that an actor may see, newest first."""
    return list(structures(actor).filter(standard=standard).order_by("-sequence"))


def structure_imports(actor: Actor) -> StructureImportSet:
    """This function will give the workbooks an actor may see, newest first."""
    return StructureImport.objects.visible_to(actor).select_related("standard", "office", "begun_by__person", "made").order_by("-id")


def structure_import_rows(run: StructureImport) -> QuerySet[StructureImportRow]:
    """This function will give what came of each row, in the order of the workbook."""
    return run.rows.order_by("id")


def unfinished_structures(before: datetime) -> list[str]:
    """This function will give the numbers of workbooks that came before a moment and are neither done nor given up."""
    found = StructureImport.objects.filter(finished_at__isnull=True, failed_because="", begun_at__lt=before)
    return list(found.values_list("number", flat=True))


def source_of(structure: Structure) -> str:
    """This function will name the workbook that a structure was written from."""
    return StructureImport.objects.filter(number=structure.loaded_from).values_list("name", flat=True).first() or structure.loaded_from
