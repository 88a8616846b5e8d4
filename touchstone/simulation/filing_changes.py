"""虚构变更与续期: how does a body of the synthetic city change or renew its filing, by the real operations?"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from touchstone.accounts.actor import PLATFORM, Actor
from touchstone.catalogue import queries as catalogue
from touchstone.filings import operations
from touchstone.filings.facts import sheet_of
from touchstone.filings.queries import consents_wanted, evidence_wanted, filing, has_step, sections_of
from touchstone.filings.states import State
from touchstone.notices.queries import of_case
from touchstone.policy.filing.purposes import Change
from touchstone.policy.filing.undertaking import PROMISES
from touchstone.simulation.filing import _STEPS, PDF, STAGES

NEEDED = {
    "consent_sought": "", "consented": "", "appointed": "technical_assessment", "visited": "technical_assessment", "scored": "technical_assessment",
    "concluded": "technical_assessment", "opined": "first_opinion", "panelled": "expert_re_review", "reviewed": "expert_re_review",
}  # fmt: skip
"""Stages that a change passes only where its route has the step."""


def promise(number: str, *, by: Actor, at: datetime) -> None:
    """This function will give the promise anew, without which nothing is handed in."""
    content = {"promised": [one.key for one in PROMISES.on(at.date()).value], "signer": filing(number, by).body.legal_representative}
    operations.save_draft(number=number, section="promise", content=content, revision=0, session=f"sim-promise-{number}", by=by, at=at)


def amend(
    root: str, kinds: Iterable[Change], *, by: Actor, at: datetime, name: str = "", people: str = "", leader: str = "", ends: Iterable[int] = ()
) -> str:
    """This function will begin an amendment, say what it changes, and write all but its new lines; it gives its number."""
    number = operations.begin_amendment(number=root, kinds=kinds, by=by, at=at).number
    operations.write_changes(number=number, name=name, people=people, leader=leader, reason="生产经营需要。", ends=ends, by=by, at=at)
    draft = filing(number, by)
    if "self_score" in sections_of(draft, at.date()):
        scores = {item.key: {"score": "9", "note": "已落实"} for item in sheet_of(draft, at.date()).items}
        operations.save_draft(number=number, section="self_score", content=scores, revision=0, session=f"sim-{number}", by=by, at=at)
    for label in evidence_wanted(draft, at.date()):
        operations.attach_evidence(number=number, label=label, name=f"{label}.pdf", content=PDF, by=by, at=at)
    promise(number, by=by, at=at)
    return number


def add_line(number: str, occupation: str, level: int, venue: str, *, by: Actor, at: datetime, trade: str = "", standard: str = "") -> None:
    """This function will add a line to a change, by the standard in force unless one is named, with enough papers for it."""
    found = catalogue.occupation(occupation, at.date())
    assert found is not None
    chosen = standard or catalogue.standards_on(found, None, level, at.date())[0].number
    operations.add_scope_item(number=number, occupation=occupation, trade=trade, level=level, standard=chosen, venue=venue, by=by, at=at)
    draft = filing(number, by)
    kept = draft.sections.filter(key="questions").first()
    content = kept.content if kept else {}
    content = content | {"sets": content.get("sets", {}) | {f"{occupation}|{level}": "4"}}
    revision = kept.revision if kept else 0
    operations.save_draft(number=number, section="questions", content=content, revision=revision, session=f"sim-{number}", by=by, at=at)


def take_to(stage: str, number: str, people: Mapping[str, Actor], *, at: datetime) -> datetime:
    """This function will take a drafted change along its route to a stage of `STAGES`, passing over what its route does not have, and
    give the moment at which it arrived."""
    for name in STAGES[1 : STAGES.index(stage) + 1]:
        case = filing(number, people["filer"])
        needed = NEEDED.get(name)
        if needed == "" and (case.state not in {State.DRAFTED, State.CONSENT_SOUGHT} or not consents_wanted(case, at.date())):
            continue
        if needed and not has_step(case, needed, at.date()):
            continue
        if name == "accepted":
            if case.state == State.ANNOUNCED:
                at += timedelta(days=max(10, (of_case(number).latest("id").closes_on - at.date()).days))
                operations.accept_filing(number=number, by=PLATFORM, at=at)
        elif name == "signed":
            operations.sign_for_report(number=case.report.number, site_code="", by=people["registrar"], at=at)
        else:
            _STEPS[name](number, people, at)
    return at
