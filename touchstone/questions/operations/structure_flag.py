"""标准结构变动与题库: which questions, blueprints and papers rest on what a new structure changed?

Only what changed marks: an element that was reworded, moved or dropped, the column of a weight table, a form of exam.
"""

from collections import defaultdict
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.ledger.operations import record, record_many
from touchstone.parameters.queries import due
from touchstone.policy.exams.parts import Part
from touchstone.policy.questions.currency import SETTLE_WITHIN
from touchstone.policy.roles import Role
from touchstone.questions import permissions
from touchstone.questions.models import Bank, Blueprint, Paper, PaperItem, Question, QuestionSet
from touchstone.questions.operations.flag import MATTER
from touchstone.questions.states import PaperState, QuestionState
from touchstone.tasks.operations import open_task

if TYPE_CHECKING:
    from touchstone.policy.questions.comparison import Comparison

_NOT_YET_USED = (PaperState.COMPOSED, PaperState.SEALED)


@transaction.atomic
def flag_structure(
    *, standard: str, structure: str, difference: "Comparison", day: date, before: datetime, by: Actor, at: datetime
) -> dict[str, list[str]]:
    """This function will mark what of the banks rests on what changed in an edition (`standard` names the one rested on, `structure` the new
    version), and give the numbers of questions, blueprints and papers. What was written from the moment `before` on rests on the new version.

    What was marked already keeps its mark, unless the end of the edition gave it: then the element says more.
    :raises NotAllowed: unless by the platform.
    """
    permissions.check_may(by, "clock")
    resting = Question.objects.filter(standard__number=standard, written_at__lt=before).exclude(state=QuestionState.RETIRED)
    questions = _questions(resting, structure, difference, day, by, at)
    blueprints: dict[int, str] = {}
    numbers = []
    for one in Blueprint.objects.filter(standard__number=standard, made_at__lt=before, ended_at__isnull=True).select_for_update().order_by("pk"):
        why = difference.column_touched(one.level, Part(one.part))
        if not why:
            continue
        blueprints[one.pk] = f"细目表：{why}"
        if not one.stale_because:
            Blueprint.objects.filter(pk=one.pk).update(stale_because=f"标准{why}（{structure}）"[:200])
            record("blueprint.stale", one.number, by=by.with_key(""), at=at, reason=why, detail={"structure": structure})
            numbers.append(one.number)
    return {"questions": questions, "blueprints": numbers, "papers": _papers(blueprints, questions, structure, by, at)}


def _questions(resting: QuestionSet, structure: str, difference: "Comparison", day: date, by: Actor, at: datetime) -> list[str]:
    by_reason: dict[str, list[tuple[int, str]]] = defaultdict(list)
    banks: set[int] = set()
    rows = resting.select_for_update(of=("self",)).order_by("pk").values_list("pk", "number", "bank", "level", "part", "element", "stale_because")
    for pk, number, bank, level, part, element, stale in rows:
        why = difference.element_touched(level, Part(part), element)
        if not why or (stale and "鉴定点" in stale):
            continue
        by_reason[f"鉴定点变动：{why}"[:200]].append((pk, number))
        banks.add(bank)
    for reason, found in by_reason.items():
        Question.objects.filter(pk__in=[pk for pk, _ in found]).update(stale_because=reason, stale_since=day)
        record_many("question.stale", [(number, {"structure": structure}) for _, number in found], by=by.with_key(""), at=at, reason=reason)
    last = due(SETTLE_WITHIN, at)
    for one in Bank.objects.filter(pk__in=banks).order_by("pk"):
        title = f"标准变动，请复核试题：{one.name}"
        open_task(case=one.number, matter=MATTER, title=title, office_id=one.office_id, role=Role.BANK_KEEPER, by=by, at=at, due_on=last)
    return [number for found in by_reason.values() for _, number in found]


def _papers(blueprints: dict[int, str], questions: list[str], structure: str, by: Actor, at: datetime) -> list[str]:
    waiting = Paper.objects.filter(state__in=_NOT_YET_USED, stale_because="")
    reasons = {pk: blueprints[blueprint] for pk, blueprint in waiting.filter(blueprint__in=blueprints).values_list("pk", "blueprint")}
    items = PaperItem.objects.filter(question__number__in=questions, form__paper__in=waiting)
    for pk in items.order_by().values_list("form__paper", flat=True).distinct():
        reasons[pk] = "；".join(filter(None, (reasons.get(pk, ""), "含有鉴定点变动的试题")))
    flagged = []
    for paper in waiting.filter(pk__in=reasons).select_for_update(of=("self",)).order_by("pk"):
        why = f"{reasons[paper.pk]}（{structure}）"[:200]
        Paper.objects.filter(pk=paper.pk).update(stale_because=why)
        record("paper.stale", paper.number, by=by.with_key(""), at=at, reason=why, detail={"structure": structure})
        flagged.append(paper.number)
    return flagged
