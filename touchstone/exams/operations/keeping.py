"""保留成绩办理: whoever registers again need not sit a part they passed before."""

from collections.abc import Sequence
from datetime import datetime

from touchstone.accounts.actor import Actor
from touchstone.exams.models import Candidate, KeptScore, Plan
from touchstone.exams.queries.kept import passed_before
from touchstone.ledger.operations import record_many


def keep_scores(plan: Plan, fresh: Sequence[Candidate], *, by: Actor, at: datetime) -> int:
    """This function will carry over, for candidates just registered, the parts they passed before, and count them; part of the registration."""
    known = passed_before([one.person_id for one in fresh], plan) if fresh else {}
    made = [
        KeptScore(candidate=one, part=part, value=entry.value, passed_on=entry.candidate.plan.exam_on, comes_from=entry.candidate)
        for one in fresh
        for part, entry in known.get(one.person_id, {}).items()
    ]
    KeptScore.objects.bulk_create(made)
    record_many("candidate.score_kept", [(one.candidate.number, _told(one)) for one in made], by=by, at=at)
    return len(made)


def _told(one: KeptScore) -> dict[str, str]:
    return {"part": str(one.part), "value": str(one.value), "passed_on": one.passed_on.isoformat(), "from": one.comes_from.number}
