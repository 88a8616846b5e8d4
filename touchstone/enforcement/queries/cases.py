"""案件查询: which cases may somebody see, and what lies in one of them?"""

from django.db.models import Prefetch, QuerySet

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.enforcement.models import Case, CaseMeasure, CaseSet, Correction, Discussant, Evidence, Help, Letter, Officer, ReExamination
from touchstone.enforcement.states import LAW, LetterKind, State
from touchstone.policy.roles import OfficeKind


def cases(actor: Actor) -> CaseSet:
    """This function will give the cases the actor may see, newest first."""
    return Case.objects.visible_to(actor).select_related("office", "body").order_by("-id")


def own_cases(actor: Actor) -> CaseSet:
    """This function will give the cases about the actor's own body, newest first."""
    return cases(actor).filter(body__office_id=actor.office_id)


def case(number: str, actor: Actor) -> Case:
    """This function will give a case the actor may see. :raises NotAllowed: for another's, and where there is none."""
    rows = cases(actor).select_related(
        "body__office", "handed_by", "appeal_to", "begun_by__person", "opened_by__person", "decided_by__person", "lawyer__person",
        "hearing_led_by__person", "answered_by__person", "proposed_by__person", "archive",
    )  # fmt: skip
    found = rows.filter(number=number).first()
    if found is None:
        raise NotAllowed("没有这件机构案件，或者它不归您查看。", LAW, "请从“机构案件”列表中打开。")
    return found


def led_to(kind: str, number: str) -> str:
    """This function will give the number of the case that rests on something (as `ORIGINS` names it), empty where none does."""
    found = Case.objects.filter(from_kind=kind, from_number=number).exclude(state=State.REFUSED).order_by("id")
    return found.values_list("number", flat=True).first() or ""


def officers_of(found: Case) -> QuerySet[Officer]:
    """This function will give all who handle a case, were invited, or left it, in order."""
    return found.officers.order_by("id")


def discussants_of(found: Case) -> QuerySet[Discussant]:
    """This function will give who signed the joint discussion, in order."""
    return found.discussants.order_by("id")


def evidence_of(found: Case) -> QuerySet[Evidence]:
    """This function will give the list of evidence, what was taken off it too, in order."""
    return found.evidence.order_by("place")


def letters_of(found: Case, actor: Actor) -> QuerySet[Letter]:
    """This function will give the letters of a case, in order; a body those that are for it."""
    rows = found.letters.order_by("id")
    return rows.exclude(kind=LetterKind.HAND_OVER) if actor.office_kind is OfficeKind.ASSESSMENT_BODY else rows


def letter(number: str, actor: Actor) -> Letter:
    """This function will give one letter of a case the actor may see. :raises NotAllowed:"""
    found = Letter.objects.select_related("case").filter(number=number).first()
    if found is not None and letters_of(case(found.case.number, actor), actor).filter(pk=found.pk).exists():
        return found
    raise NotAllowed("没有这份文书，或者它不归您查看。", LAW, "请从案件页面打开。")


def measures_of(found: Case) -> QuerySet[CaseMeasure]:
    """This function will give the measures of a decision, with what the body reported on each, in order."""
    examined = Prefetch("examined", ReExamination.objects.order_by("id"))
    reports = Prefetch("corrections", Correction.objects.order_by("id").prefetch_related(examined))
    return found.measures.order_by("id").prefetch_related(reports)


def corrections_of(one: CaseMeasure) -> QuerySet[Correction]:
    """This function will give what a body reported on a measure, in order."""
    return one.corrections.order_by("id")


def helps_of(found: Case) -> QuerySet[Help]:
    """This function will give the opinions asked about a case, in order."""
    return found.helps.select_related("office").order_by("id")


def helps_asked(actor: Actor) -> QuerySet[Help]:
    """This function will give the opinions asked of the actor's office, those not answered first."""
    # descending, the database puts first what has no moment yet
    return Help.objects.filter(office_id=actor.office_id).select_related("case__office").order_by("-answered_at", "-id")
