"""标准变动与试题: which questions rest on an edition or an element that is no longer as it was?"""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.ledger.operations import record_many
from touchstone.parameters.queries import due
from touchstone.policy.questions.currency import SETTLE_WITHIN
from touchstone.policy.roles import Role
from touchstone.questions import permissions
from touchstone.questions.models import Bank, Question, QuestionSet
from touchstone.questions.queries import stale
from touchstone.questions.states import QuestionState
from touchstone.tasks.operations import close_tasks, open_task

MATTER = "bank.stale"


@transaction.atomic
def flag_resting_on(*, edition: str, codes: Collection[str], day: date, by: Actor, at: datetime) -> list[str]:
    """This function will mark every question of these occupations whose edition has ended by `day`, put the work list before each bank, and give
    the questions' numbers. A question is marked once. :raises NotAllowed: unless by the platform."""
    permissions.check_may(by, "clock")
    lost_on = max(day, at.date())
    ended = Question.objects.filter(occupation__code__in=codes, standard__until__lte=lost_on)
    return _flag(ended, "所依据的标准已废止或被新版本替代", day, edition, by, at)


def close_work_list(bank: Bank, *, by: Actor, at: datetime) -> None:
    """This function will close the work list of a bank when nothing is left on it; part of every operation that takes a stale question off it."""
    if not stale(bank).exists():
        close_tasks(case=bank.number, matter=MATTER, by=by, at=at, outcome="已复核")


def _flag(resting: QuestionSet, why: str, day: date, edition: str, by: Actor, at: datetime) -> list[str]:
    found = resting.filter(stale_because="").exclude(state=QuestionState.RETIRED)
    rows = list(found.select_for_update(of=("self",)).order_by("pk").values_list("pk", "number", "bank"))
    if not rows:
        return []
    Question.objects.filter(pk__in=[pk for pk, _, _ in rows]).update(stale_because=why, stale_since=day)
    for bank in Bank.objects.filter(pk__in={bank for _, _, bank in rows}).order_by("pk"):
        title, keeper, last = f"标准变动，请复核试题：{bank.name}", Role.BANK_KEEPER, due(SETTLE_WITHIN, at)
        open_task(case=bank.number, matter=MATTER, title=title, office_id=bank.office_id, role=keeper, by=by, at=at, due_on=last)
    record_many("question.stale", [(number, {"edition": edition}) for _, number, _ in rows], by=by.with_key(""), at=at, reason=why)
    return [number for _, number, _ in rows]
