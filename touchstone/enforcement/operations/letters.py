"""文书: a letter of a case is written from what is on record, numbered, and fixed by its fingerprint."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from touchstone.accounts.actor import Actor
from touchstone.enforcement.facts.procedure import gravity_of_case
from touchstone.enforcement.facts.wording import acts_told, measures_told
from touchstone.enforcement.models import Case, Letter
from touchstone.enforcement.operations._case import ask_body, note, today
from touchstone.enforcement.states import LADDER, LetterKind
from touchstone.policy.supervision.ladder import Measure
from touchstone.policy.supervision.procedure import HEARD_WITHIN, HEARING_ASKED_WITHIN, Step, steps_for
from touchstone.print.dates import chinese_date
from touchstone.trust.canonical import canonical

_BODY_TOLD = {
    LetterKind.NOTICE: "拟处理告知书已送达，请签收；可以陈述申辩",
    LetterKind.HEARING: "听证通知书已送达，请签收",
    LetterKind.DECISION: "处理决定书已送达，请签收",
    LetterKind.SUMMONS: "约谈通知书已送达，请签收并按时到场",
    LetterKind.CLEARED: "案件认定不成立，请签收告知书",
    LetterKind.RESTORED: "恢复评价通知书已送达，请签收",
    LetterKind.ANSWER: "申诉答复书已送达，请签收",
}


def issue(
    case: Case,
    kind: LetterKind,
    paragraphs: Sequence[str],
    *,
    by: Actor,
    at: datetime,
    facts: Sequence[tuple[str, str]] = (),
    closing: Sequence[str] = (),
    to: str = "",
    copies: str = "",
    office: str = "",
) -> Letter:
    """This function will write a letter of a case and put it before whom it is meant for. Part of the operation that decides so."""
    number = f"{case.number}-{case.letters.count() + 1:02d}"
    content = {
        "office": office or case.office.name,
        "title": f"机构案件{kind.label}",
        "number": number,
        "to": to or case.party_name,
        "paragraphs": list(paragraphs),
        "facts": [list(pair) for pair in facts],
        "closing": list(closing),
        "day": chinese_date(today(at)),
        "copies": copies,
    }
    made = Letter.objects.create(
        case=case,
        number=number,
        kind=kind,
        to=(to or case.party_name)[:160],
        content=content,
        sha256=hashlib.sha256(canonical(content)).hexdigest(),
        issued_at=at,
        issued_by_id=by.user_id,
    )
    note("case.letter_issued", case, by=by.with_key(""), at=at, note=f"{kind.label}{number}", letter=number, sha256=made.sha256)
    if kind in _BODY_TOLD:
        ask_body(case, f"{_BODY_TOLD[kind]}（案件{case.number}）", matter=f"case_letter_{number[-2:]}", by=by, at=at)
    return made


def write_notice(case: Case, *, by: Actor, at: datetime) -> Letter:
    """This function will write the notice: what is about to be found and decided, on what ground, and which rights the body has."""
    day, found = today(at), gravity_of_case(case, today(at))
    measures = [Measure(one) for one in case.proposal]
    said, asked = HEARD_WITHIN.on(day), HEARING_ASKED_WITHIN.on(day)
    rights = [f"你单位可以自收到本告知书之日起{said.value}个工作日内陈述申辩，提交证据；逾期视为放弃。"]
    if Step.HEARING in steps_for(measures, day):
        rights.append(f"你单位可以自收到本告知书之日起{asked.value}个工作日内要求听证。")
    paragraphs = [
        "经查，你单位存在下列行为，拟依规定处理，现予告知。",
        f"事实：{case.facts}",
        f"认定的情形：{'；'.join(acts_told(case))}。{found.reason}（依据：{found.clause}）。",
        f"拟作处理：{measures_told(case.proposal, case.terms)}（依据：{LADDER}）。",
    ]
    return issue(case, LetterKind.NOTICE, paragraphs, closing=rights, by=by, at=at)


def write_decision(case: Case, restricted: Sequence[str], *, by: Actor, at: datetime) -> Letter:
    """This function will write the decision, with what was said, why, and what may be done about it."""
    heard = f"你单位的陈述申辩：{case.statement}。复核意见：{case.statement_answer}" if case.statement else _unsaid(case)
    hearing = [f"{chinese_date(case.hearing_held_on)}举行听证，意见已记录在案。"] if case.hearing_held_on else []
    limits = [f"限制：{'；'.join(restricted)}。"] if restricted else []
    pieces = case.evidence.filter(withdrawn_at__isnull=True).order_by("place")
    paragraphs = [
        f"事实：{case.facts}",
        f"证据：{'；'.join(f'{one.place}. {one.title}' for one in pieces)}。",
        f"认定的情形：{'；'.join(acts_told(case))}。{case.tier_reason}（依据：{case.tier_clause}）。",
        heard,
        *hearing,
        f"理由：{case.decision_reason}",
        f"决定（依据：{LADDER}）：{measures_told(case.decision, case.terms)}。",
        *limits,
    ]
    return issue(case, LetterKind.DECISION, paragraphs, closing=[case.remedies], by=by, at=at)


def _unsaid(case: Case) -> str:
    if case.waived:
        return "你单位书面放弃陈述申辩。"
    return "你单位在期限内没有陈述申辩。" if case.notified_at else "本次处理依规定不经事先告知。"


def write_cleared(case: Case, *, by: Actor, at: datetime) -> Letter:
    """This function will write to a body that nothing was borne out."""
    paragraphs = [
        f"关于{'；'.join(acts_told(case))}，经调查，认定不成立，不予处理。",
        f"理由：{case.decision_reason}",
        "今后不就同一事实再作处理。",
    ]
    return issue(case, LetterKind.CLEARED, paragraphs, by=by, at=at)
