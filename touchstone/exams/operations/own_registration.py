"""本人报名: a form is filled in step by step and handed in; what comes of it is the same candidate as from a workbook."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.accounts.people import Identity, opened_id_number
from touchstone.accounts.queries import person_behind
from touchstone.exams import permissions
from touchstone.exams.facts import photo as photos
from touchstone.exams.facts.claims import Claims, ProofKind
from touchstone.exams.models import Candidate, OwnDraft, Plan
from touchstone.exams.operations.eligibility_evidence import attach_evidence
from touchstone.exams.operations.payments import owe
from touchstone.exams.operations.plans import locked
from touchstone.exams.operations.registration_entry import Entry, enter
from touchstone.exams.operations.registration_gate import RECORD, check_ground, check_open
from touchstone.files.operations import attach, carry_over
from touchstone.files.operations import withdraw as withdraw_file
from touchstone.files.queries import of_case
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import Outcome, must
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.policy.eligibility.conditions import find_condition
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.exams.photo import photo_findings
from touchstone.policy.exams.undertaking import undertaken

if TYPE_CHECKING:
    from touchstone.accounts.models import Person
    from touchstone.files.models import Attachment


@transaction.atomic
def begin_own_registration(*, plan_number: str, by: Actor, at: datetime) -> OwnDraft:
    """This function will open a form for the person who acts; one that is open already is given back.

    :raises Refusal: when the plan is not open to candidates, registration is closed, or the person is registered in it.
    """
    plan, person = _plan_of(plan_number, by), _oneself(by)
    open_one = OwnDraft.objects.filter(plan=plan, person=person, candidate__isnull=True).first()
    if open_one is not None:
        return open_one
    check_open(plan, at.date())
    _check_not_registered(plan, person)
    number = f"BM{at.year}{next_serial(f'own-draft-{at.year}'):06d}"
    draft = OwnDraft.objects.create(number=number, plan=plan, person=person, begun_at=at, saved_at=at)
    record("own_registration.begun", number, by=by, at=at, detail={"plan": plan.number})
    return draft


@transaction.atomic
def save_own_registration(
    *, number: str, ground: str, employment: str, employer: str, condition: str, claims: Claims, by: Actor, at: datetime
) -> OwnDraft:
    """This function will keep what the person declares. :raises Refusal: for a ground or condition that is not open."""
    draft = _draft(number, by)
    day = at.date()
    check_open(draft.plan, day)
    check_ground(draft.plan, ground, employment, day)
    find_condition(condition, Level(draft.plan.level), day)
    draft.declared = {"ground": ground, "employment": employment, "employer": employer.strip(), "condition": condition, "claims": claims}
    draft.saved_at = at
    draft.save(update_fields=["declared", "saved_at"])
    record("own_registration.saved", number, by=by, at=at, detail={"ground": ground, "condition": condition})
    return draft


@transaction.atomic
def give_photo(*, number: str, name: str, content: bytes, by: Actor, at: datetime) -> "Attachment":
    """This function will keep the person's photo in place of an earlier one. :raises Refusal: saying what is wrong with it."""
    draft = _draft(number, by)
    picture = photos.upright(name, content)
    findings = photo_findings(photos.measured(picture), at.date())
    wrong = [one for one in findings if one.outcome is not Outcome.MET]
    if wrong:
        raise Refusal("；".join(one.reason for one in wrong) + "。", wrong[0].clause, "原来的照片（如有）仍然保留，请重新拍一张。")
    for earlier in of_case(number, photos.LABEL):
        withdraw_file(number=earlier.number, by=by.with_key(""), at=at)
    kept = attach(case=number, label=photos.LABEL, name="照片.jpg", content=picture, by=by, at=at)
    record("own_registration.photo_given", draft.number, by=by, at=at, detail={"attachment": kept.number})
    return kept


@transaction.atomic
def add_own_evidence(*, number: str, kind: ProofKind, name: str, content: bytes, by: Actor, at: datetime) -> "Attachment":
    """This function will keep a picture or PDF that is to prove something. :raises Refusal: for another kind of file."""
    draft = _draft(number, by)
    kept = attach_evidence(case=number, kind=kind, name=name, content=content, by=by, at=at)
    record("own_registration.evidence_added", draft.number, by=by, at=at, detail={"kind": kind.value, "attachment": kept.number})
    return kept


@transaction.atomic
def take_off_own_evidence(*, number: str, attachment: str, by: Actor, at: datetime) -> None:
    """This function will take a file off the person's own form. :raises Refusal: when it does not lie there."""
    draft = _draft(number, by)
    if not of_case(number).filter(number=attachment).exists():
        raise Refusal("这份材料不在您的报名表中。", RECORD, "请刷新页面查看。")
    withdraw_file(number=attachment, by=by.with_key(""), at=at)
    record("own_registration.evidence_taken_off", draft.number, by=by, at=at, detail={"attachment": attachment})


@transaction.atomic
def register_oneself(*, number: str, undertaking: str, by: Actor, at: datetime) -> Candidate:
    """This function will hand the form in: the person becomes a candidate and is decided about at once, as anybody in a workbook is.

    `undertaking` is the version of the text that was ticked.

    :raises Refusal: when something is missing, registration is closed or full, or the level is held already; the form stays as it is.
    """
    draft = _draft(number, by)
    plan, day = draft.plan, at.date()
    check_open(plan, day)
    missing = missing_of(draft)
    if missing:
        raise Refusal(f"还缺：{'、'.join(missing)}。", RECORD, "请补齐后再提交，已经填写的都保留着。")
    must(undertaken(undertaking, day), "请阅读告知承诺并勾选确认。")
    check_ground(plan, draft.declared["ground"], draft.declared["employment"], day)
    (entered,) = enter(plan, [_entry(draft)], applied_on=day, by=by, at=at)
    if entered.candidate is None or not entered.new:
        raise Refusal(entered.sentence, RECORD)
    candidate = entered.candidate
    candidate.undertaking, candidate.reviewed_by_id = {"version": undertaking, "at": at.isoformat()}, None
    candidate.save(update_fields=["undertaking", "reviewed_by"])
    owe(candidate, at=at)
    carry_over(from_case=number, to_case=candidate.number, by=by, at=at)
    draft.candidate, draft.saved_at = candidate, at
    draft.save(update_fields=["candidate", "saved_at"])
    detail: dict[str, Any] = {
        "candidate": candidate.number, "state": candidate.state, "findings": candidate.findings, "own_form": number, "undertaking": undertaking,
    }  # fmt: skip
    record("candidate.registered", candidate.number, by=by, at=at, detail=detail)
    return candidate


def missing_of(draft: OwnDraft) -> list[str]:
    """This function will name what a form still lacks before it can be handed in."""
    missing = [] if draft.declared else ["报名内容"]
    return missing if of_case(draft.number, photos.LABEL).exists() else [*missing, "照片"]


def _entry(draft: OwnDraft) -> Entry:
    person, told = draft.person, draft.declared
    identity = Identity(person.name, opened_id_number(person), "", person.id_kind, person.sex, person.birthday)
    return Entry(identity, told["ground"], told["employment"], told["employer"], told["condition"], told["claims"], oneself=True)


def _oneself(by: Actor) -> "Person":
    person = person_behind(by)
    if person is None:
        raise Refusal("您还没有登录。", RECORD, "请先登录考生账号。")
    return person


def _plan_of(plan_number: str, by: Actor) -> Plan:
    try:
        plan = locked(plan_number)
    except Plan.DoesNotExist:
        raise Refusal("没有这份计划。", RECORD, "请从可报名的计划中选择。") from None
    permissions.check_may_register_oneself(by, plan)
    return plan


def _draft(number: str, by: Actor) -> OwnDraft:
    """The person's own form, not handed in yet, held with its plan until the transaction ends."""
    own = OwnDraft.objects.filter(number=number, person__user__pk=by.user_id or 0)
    plan_number = own.values_list("plan__number", flat=True).first()
    if plan_number is None:
        raise Refusal("没有这份报名表，或者它不是您本人的。", RECORD, "请从首页继续办理。")
    plan = _plan_of(plan_number, by)
    draft = own.select_for_update(of=("self",)).select_related("person").get()
    if draft.candidate_id is not None:
        raise Refusal("这份报名表已经提交。", RECORD, "请在“我的报名”中查看。")
    draft.plan = plan
    return draft


def _check_not_registered(plan: Plan, person: "Person") -> None:
    before = plan.candidates.filter(person=person).exclude(state="withdrawn").first()
    if before is not None:
        raise Refusal(f"您已在本计划报名（{before.number}）。", RECORD, "请在“我的报名”中查看进度。")
