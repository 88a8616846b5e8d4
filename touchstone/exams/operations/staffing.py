"""照搬人员: the people of an earlier sitting serve in this one too, as far as they still can, with an outcome for each."""

from datetime import datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.exams.models import Sitting
from touchstone.exams.operations.arrangement import held_plan, name_people
from touchstone.exams.operations.outcomes import RowResult, refused
from touchstone.exams.operations.plans import RECORD
from touchstone.exams.queries.staffing import availability
from touchstone.exams.states import Part
from touchstone.kernel.law import Refusal


@transaction.atomic
def copy_people(*, sitting_number: str, from_number: str, by: Actor, at: datetime) -> list[RowResult]:
    """This function will name for a sitting those who served in an earlier one of the same part and body, and tell of each whether they could: who no
    longer serves, is kept away or is needed elsewhere at that time is left out.

    :raises Refusal: for a sitting of another body or part, one without people, or when nobody could be named.
    """
    sitting = Sitting.objects.select_related("room", "plan").get(number=sitting_number)
    plan = held_plan(sitting.plan.number, by, at)
    before = Sitting.objects.select_related("supervisor").filter(number=from_number, plan__body_id=plan.body_id, part=sitting.part).first()
    if before is None or before.pk == sitting.pk:
        raise Refusal("没有可以照搬的场次。", RECORD, "请选择本机构同一科目的以往场次。")
    duty = "invigilator" if sitting.part == Part.THEORY else "assessor"
    roster = availability(plan)
    results: list[RowResult] = []
    chosen: dict[str, int] = {}
    asked = [(one["number"], one["name"], duty) for one in before.invigilators]
    asked += [(before.supervisor.number, before.supervisor.name, "internal_supervisor")] if before.supervisor else []
    for number, name, serves_as in asked:
        found = next((one for one in roster if one.member.person.number == number and one.member.duty == serves_as), None)
        why_not = "已不在本机构的人员名册中" if found is None else found.why_not(sitting.starts_at, sitting.ends_at, sitting.number)
        if found is None or why_not:
            results.append(refused(number, name, f"{name}没有安排：{why_not}。"))
            continue
        chosen[f"{serves_as}-{number}"] = found.member.pk
        results.append(RowResult(number, name, True, "已安排"))
    if not chosen:
        raise Refusal("以往场次的人员都不能安排在本场。", RECORD, "请从名册中另选。", tuple(one.sentence for one in results))
    supervisor = next((key for kind, key in chosen.items() if kind.startswith("internal_supervisor")), None)
    people = [key for kind, key in chosen.items() if not kind.startswith("internal_supervisor")]
    name_people(sitting_number=sitting_number, staff_ids=people, supervisor_id=supervisor, by=by, at=at)
    return results
