"""登记考生: how do rows of declarations become candidates of a plan, each with an outcome?

One chunk, a fixed number of queries: people, those registered already, certificates held, the body's registers, restrictions, numbers, rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from touchstone.accounts.actor import Actor
from touchstone.accounts.operations import enter_people
from touchstone.accounts.people import Identity
from touchstone.accounts.queries import finding_of, restrictions_on
from touchstone.exams.facts.applicant import Registered
from touchstone.exams.facts.claims import Claims
from touchstone.exams.models import Candidate, Plan
from touchstone.exams.operations.eligibility import decide_and_keep, registered_certificates
from touchstone.exams.operations.enquiry_opening import open_enquiries
from touchstone.exams.operations.keeping import keep_scores
from touchstone.exams.operations.register_lookup import Lookup, look_up
from touchstone.exams.states import CandidateState
from touchstone.kernel.law import Refusal
from touchstone.kernel.numbers import name_key
from touchstone.kernel.rules import Finding
from touchstone.ledger.numbering import next_serials
from touchstone.policy.documents import notice
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.violations.acts import Party

RECORD = notice("三(二)4")


@dataclass(frozen=True)
class Entry:
    """One person's registration as declared, wherever it came from: a row of a workbook, the form, or the person (`oneself`)."""

    identity: Identity
    ground: str
    employment: str
    employer: str
    condition: str
    claims: Claims
    oneself: bool = False


@dataclass(frozen=True)
class Entered:
    """What came of one registration: the candidate (new, or the one already there), or the sentence why not."""

    candidate: Candidate | None
    sentence: str = ""
    new: bool = False
    decision: str = ""


@dataclass
class _Chunk:
    plan: Plan
    standing: dict[int, Candidate]
    held: dict[int, list[Registered]]
    room: int
    registers: Lookup
    kept_away: dict[int, Finding]
    fresh: list[Candidate] = field(default_factory=list)


def enter(plan: Plan, entries: Sequence[Entry], *, applied_on: date, by: Actor, at: datetime) -> list[Entered]:
    """This function will register every entry that can be, decide about it, and say for each what came of it, in order.

    The caller holds the plan locked and writes the ledger line.
    """
    people = enter_people(identities=[entry.identity for entry in entries], case=plan.number, by=by, at=at)
    known = [person.pk for person in people if not isinstance(person, Refusal)]
    chunk = _chunk_of(plan, known, [entry.ground for entry in entries], applied_on)
    found = []
    for entry, person in zip(entries, people, strict=True):
        if isinstance(person, Refusal):
            found.append(Entered(None, f"{person.sentence}{person.next_step}"))
            continue
        made = Candidate(
            plan=plan,
            person=person,
            name=person.name,
            name_key=name_key(person.name),
            ground=entry.ground,
            employment=entry.employment,
            employer=entry.employer,
            applied_on=applied_on,
            condition=entry.condition,
            claims=entry.claims,
            entered_oneself=entry.oneself,
        )
        found.append(_one(chunk, made, by=by, at=at))
    _number(plan, chunk.fresh)
    Candidate.objects.bulk_create(chunk.fresh, batch_size=500)
    keep_scores(plan, chunk.fresh, by=by, at=at)
    open_enquiries(chunk.fresh, by=by, at=at)
    return found


def take_over(plan: Plan, candidates: Sequence[Candidate], *, by: Actor, at: datetime) -> list[Entered]:
    """This function will register candidates of another body's plan, whose filing has ended, in this one: each is decided about anew, with
    what was proved except the tie to the former body, and has an outcome.

    The caller holds the plan locked, has set ground and day of application on each, and writes the ledger line.
    """
    known, grounds = [one.person_id for one in candidates], [one.ground for one in candidates]
    chunk = _chunk_of(plan, known, grounds, at.date())
    found = [_one(chunk, one, by=by, at=at) for one in candidates]
    _number(plan, chunk.fresh)
    Candidate.objects.bulk_create(chunk.fresh, batch_size=500)
    keep_scores(plan, chunk.fresh, by=by, at=at)
    open_enquiries(chunk.fresh, by=by, at=at)
    return found


def _chunk_of(plan: Plan, known: Sequence[int], grounds: Sequence[str], applied_on: date) -> _Chunk:
    standing = plan.candidates.exclude(state=CandidateState.WITHDRAWN)
    return _Chunk(
        plan,
        {one.person_id: one for one in standing.filter(person_id__in=known)},
        dict(registered_certificates(known, plan)),
        plan.quota - standing.count(),
        look_up(plan, known, grounds, applied_on),
        {key: finding_of(one, Party.CANDIDATE, applied_on) for key, one in restrictions_on(known, Party.CANDIDATE, applied_on).items()},
    )


def _one(chunk: _Chunk, made: Candidate, *, by: Actor, at: datetime) -> Entered:
    before = chunk.standing.get(made.person_id)
    if before is not None:
        return _again(before, made)
    kept_away = chunk.kept_away.get(made.person_id)
    if kept_away is not None:
        return Entered(None, f"{kept_away.reason}（依据：{kept_away.clause}）。限制期满后可以再报名；对处理决定有异议的，可以按决定书申诉。")
    held = chunk.held.get(made.person_id, [])
    same = next((one for one in held if one.level == chunk.plan.level), None)
    if same is not None:
        level = Level(chunk.plan.level).label
        return Entered(None, f"已持有本职业{level}证书（{same.number}，{same.issued_on}发证），不能重复申报同一等级。可以改报更高等级。")
    if chunk.room < 1:
        return Entered(None, f"计划人数{chunk.plan.quota}人已满。请先变更计划人数，再提交本行。")
    try:
        found = decide_and_keep(made, chunk.plan, held, chunk.registers.of(made.person_id), by=by, at=at)
    except Refusal as refusal:
        return Entered(None, str(refusal))
    chunk.room -= 1
    chunk.registers.take(made)
    chunk.standing[made.person_id] = made
    chunk.fresh.append(made)
    return Entered(made, new=True, decision=found.sentence)


def _again(before: Candidate, made: Candidate) -> Entered:
    """The same declaration twice has the effect of one; a different one must not silently replace what was reviewed."""
    if _declared(before) == _declared(made):
        return Entered(before, f"已登记（{before.number}），没有重复登记。")
    where = f"考生编号{before.number}" if before.number else "本表前面的一行"
    return Entered(None, f"此人已在本计划登记（{where}），但所填内容不同，本行没有采用。要改的，请先为该考生办理退出，再重新提交。")


def _declared(candidate: Candidate) -> tuple[object, ...]:
    claims = {key: value for key, value in candidate.claims.items() if key != "sequence"}
    return candidate.ground, candidate.employment, candidate.employer, candidate.condition, claims


def _number(plan: Plan, fresh: list[Candidate]) -> None:
    """Number the new ones `KS` + the plan's digits + a running number without gaps."""
    if fresh:
        for candidate, serial in zip(fresh, next_serials(f"candidate-{plan.number}", len(fresh)), strict=True):
            candidate.number = f"KS{plan.number[2:]}{serial:05d}"
