"""提交申请: is everything shown, and what exactly was handed in?"""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.calls.operations import settle_filing_owed
from touchstone.files.queries import of_case
from touchstone.filings import permissions
from touchstone.filings.facts import places_of, written
from touchstone.filings.models import Filing, Submission
from touchstone.filings.operations._case import ROUTE, locked, note
from touchstone.filings.operations._steps import come_to, first_step
from touchstone.filings.operations.seek_consent import frozen_scope
from touchstone.filings.queries.changing import LAW, STANDING, difference_told, term_of
from touchstone.filings.queries.checking import must_show
from touchstone.filings.queries.consenting import consents_wanted
from touchstone.filings.states import MOVES, State
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import Outcome, records
from touchstone.policy.filing.purposes import Purpose
from touchstone.policy.filing.terms import renewal_window
from touchstone.tasks.operations import close_tasks


class NotComplete(Refusal):
    """Something that must be shown is missing or not fulfilled."""


@transaction.atomic
def submit(*, number: str, by: Actor, at: datetime) -> Submission:
    """This function will hand in an application: contents and findings are frozen, and the review begins at the first step of its route.

    :raises NotComplete: with every finding that is not met.
    """
    filing = locked(number)
    permissions.check_may(by, "write", filing)
    MOVES.check("submit" if consents_wanted(filing, at.date()) else "submit_without_consent", State(filing.state))
    findings = must_show(filing, at.date())
    lacking = [f for f in findings if f.outcome is not Outcome.MET]
    if lacking:
        details = tuple(f"{f.title}：{f.reason}（依据：{f.clause}）" for f in lacking)
        raise NotComplete(f"还有{len(lacking)}项不符合要求，不能提交。", ROUTE, "请按下列各项补齐后再提交，已填内容都已保存。", details)
    again = filing.state == State.RETURNED
    filing.round += 1
    filing.submitted_at = filing.submitted_at or at
    filing.rules_day = filing.rules_day or at.date()
    submission = Submission.objects.create(
        filing=filing, round=filing.round, submitted_at=at, submitted_by_id=by.user_id, content=frozen(filing, at.date()), findings=records(findings)
    )
    filing.supplements.filter(answered_at__isnull=True).update(answered_at=at)
    close_tasks(case=number, by=by, at=at, outcome="已提交", office_id=filing.body.office_id)
    settle_filing_owed(body=filing.body, places=places_of(filing), case=number, by=by, at=at)
    said = _asked(filing, at)
    come_to(filing, first_step(filing, at), why="补正后重新提交" if again else f"新提交的{filing.purpose_label}", by=by, at=said)
    note("filing.submitted", filing, by=by, at=at, note=f"第{filing.round}次", round=filing.round, findings=records(findings))
    return submission


def _asked(filing: Filing, at: datetime) -> datetime:
    """From when the offices' time runs. A renewal handed in keeps its filing in force until it is decided; an early one counts from the
    first day of its window (choice 4)."""
    if filing.purpose != Purpose.RENEW or filing.root is None:
        return at
    root = locked(filing.root.number)
    if root.state not in STANDING or root.until is None or (at.date() >= root.until and not root.renewal_pending):
        raise Refusal(f"备案{root.number}已经期满或者终止，不能再提交续期申请。", LAW, "请重新申请备案；以前核发的证书不受影响。")
    root.renewal_pending = True
    root.save(update_fields=["renewal_pending"])
    opens = renewal_window(term_of(root)).since
    return at if at.date() >= opens else at + (opens - at.date())


def frozen(filing: Filing, day: date) -> dict[str, Any]:
    """This function will write down everything an application shows, so that later changes in the registers do not change it."""
    body = filing.body
    return {
        "body": {
            "name": body.name,
            "uscc": body.uscc,
            "kind": body.get_kind_display(),
            "ownership": body.get_ownership_display(),
            "address": body.address,
            "legal_representative": body.legal_representative,
            "founded_on": body.founded_on.isoformat() if body.founded_on else "",
            "contact_name": body.contact_name,
            "contact_phone": body.contact_phone,
            "introduction": body.introduction,
        },
        "sections": written(filing),
        "changes": difference_told(filing, day),
        "scope": frozen_scope(filing),
        "venues": [
            {
                "name": venue.name,
                "address": venue.address,
                "tenure": venue.get_tenure_display(),
                "leased_until": venue.leased_until.isoformat() if venue.leased_until else "",
                "rooms": [
                    {"name": r.name, "purpose": r.get_purpose_display(), "seats": r.seats, "cameras": r.cameras, "equipment": r.equipment}
                    for r in venue.rooms.order_by("id")
                    if r.until is None or r.until > day
                ],
            }
            for venue in body.venues.filter(pk__in=filing.scope.values("venue_id")).order_by("id")
        ],
        "staff": [
            {
                "person": s.person.number,
                "name": s.person.name,
                "duty": s.get_duty_display(),
                "post": s.post,
                "full_time": s.full_time,
                "occupation": s.occupation.name if s.occupation else "",
                "highest_level": s.highest_level,
                "qualification": s.qualification,
            }
            for s in body.staff.select_related("person", "occupation").order_by("duty", "id")
            if s.until is None or s.until > day
        ],
        "evidence": [{"number": a.number, "label": a.label, "name": a.name, "sha256": a.sha256, "size": a.size} for a in of_case(filing.number)],
    }
