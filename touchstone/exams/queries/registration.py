"""报名查询: who is registered in a plan, what was found about them, and what came of each row of a workbook?"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import Count, QuerySet

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.exams.facts.claims import ProofKind
from touchstone.exams.facts.options import options_of
from touchstone.exams.models import Candidate, Plan, Upload, UploadRow
from touchstone.exams.queries.plans import plan as visible_plan
from touchstone.exams.states import CandidateState, PlanState
from touchstone.files.queries import of_case
from touchstone.kernel.law import Refusal
from touchstone.policy.documents import notice
from touchstone.sheets.registration_template import registration_template

if TYPE_CHECKING:
    from datetime import date

    from touchstone.files.models import Attachment

NO_PLACE = (CandidateState.WITHDRAWN, CandidateState.INELIGIBLE)
"""Whoever withdrew or was refused leaves their place of a commission to somebody else."""
_NOT_FOUND = "没有这条记录，或者它不在您的管辖范围内。"


def candidates(plan: Plan) -> QuerySet[Candidate]:
    """This function will give a plan's candidates in order of registration."""
    return plan.candidates.select_related("person").order_by("id")


def candidate(number: str, actor: Actor) -> Candidate:
    """This function will give a candidate with person and plan. :raises NotAllowed: when it is not the actor's to see, or there is none."""
    found = Candidate.objects.select_related("person", "reviewed_by__person").filter(number=number).first()
    if found is None:
        raise NotAllowed(_NOT_FOUND, notice("一"), "请返回考生列表查找。")
    found.plan = visible_plan(Plan.objects.values_list("number", flat=True).get(pk=found.plan_id), actor)
    return found


def numbers_in(plan_number: str, numbers: Iterable[str]) -> list[str]:
    """This function will give those of some numbers that are candidates of one plan."""
    return list(Candidate.objects.filter(plan__number=plan_number, number__in=list(numbers)).values_list("number", flat=True))


def own_files(number: str, attachments: Iterable[str]) -> tuple[str, ...]:
    """This function will give the numbers of files as they were told, if all lie under the candidate. :raises Refusal: naming one that does not."""
    told = tuple(attachments)
    held = set(of_case(number).filter(number__in=told).values_list("number", flat=True)) if told else set()
    strange = next((one for one in told if one not in held), None)
    if strange is not None:
        raise Refusal(f"该考生没有编号为“{strange}”的材料。", notice("三(二)4"), "请先为该考生上传材料，再以返回的材料编号作为依据。")
    return told


def people_admitted(numbers: Iterable[str]) -> dict[str, set[int]]:
    """This function will give, by entry of a register, the people who rest on it in any plan that was not cancelled."""
    found: dict[str, set[int]] = {}
    standing = Candidate.objects.filter(admitted_by__in=list(numbers)).exclude(state__in=NO_PLACE).exclude(plan__state=PlanState.CANCELLED)
    for number, person in standing.values_list("admitted_by", "person_id"):
        found.setdefault(number, set()).add(person)
    return found


def places_taken(numbers: Iterable[str]) -> dict[str, int]:
    """This function will count, by entry of a register, the people who rest on it."""
    return {number: len(people) for number, people in people_admitted(numbers).items()}


def admitted_by(number: str) -> QuerySet[Candidate]:
    """This function will give everybody whose admission rests on this entry of a body's registers, the latest first."""
    return Candidate.objects.filter(admitted_by=number).select_related("person", "plan").order_by("-id")


def counts(plan: Plan) -> dict[str, int]:
    """This function will count a plan's candidates by state; `standing` leaves out those withdrawn."""
    found = dict(plan.candidates.order_by().values_list("state").annotate(count=Count("pk")))
    by_state = {state.value: found.get(state.value, 0) for state in CandidateState}
    return {**by_state, "standing": sum(n for state, n in by_state.items() if state != CandidateState.WITHDRAWN)}


def upload(number: str, actor: Actor) -> Upload:
    """This function will give an upload. :raises NotAllowed: when it is not the actor's to see, or there is none."""
    found = Upload.objects.select_related("plan", "attachment", "returned", "uploaded_by__person").filter(number=number).first()
    if found is None:
        raise NotAllowed(_NOT_FOUND, notice("一"), "请返回报名页查找。")
    found.plan = visible_plan(found.plan.number, actor)
    return found


def is_done(upload: Upload) -> bool:
    """This function will say whether nothing more will come of an upload."""
    return upload.state in {Upload.State.FINISHED, Upload.State.REFUSED}


def rows(upload: Upload) -> QuerySet[UploadRow]:
    """This function will give the outcome of every row of a workbook processed so far."""
    return upload.rows.select_related("candidate").order_by("row_number")


def unfinished() -> QuerySet[Upload]:
    """This function will give the uploads that wait or are being processed, the oldest first."""
    return Upload.objects.filter(state__in=[Upload.State.WAITING, Upload.State.RUNNING]).order_by("id")


def came_with(candidate: Candidate) -> UploadRow | None:
    """This function will give the row of the workbook by which a candidate was first registered; None when it was by form."""
    found = UploadRow.objects.filter(candidate=candidate, accepted=True).select_related("upload__uploaded_by__person")
    return found.order_by("id").first()


def evidence(case: str) -> dict[ProofKind, list["Attachment"]]:
    """This function will give the evidence of a candidate, or of the form they still fill in, by kind."""
    by_label: dict[str, list[Attachment]] = {}
    for one in of_case(case).select_related("uploaded_by__person"):
        by_label.setdefault(one.label, []).append(one)
    return {kind: by_label.get(kind.label, []) for kind in ProofKind}


def template(plan: Plan, day: "date") -> bytes:
    """This function will give the registration workbook of a plan, with the drop-downs of `day`."""
    return registration_template(options_of(plan, day))


def open_asks(candidate: Candidate) -> list[dict[str, Any]]:
    """This function will give the findings that still ask for something."""
    return [one for one in candidate.findings if one["outcome"] == "unproven"]
