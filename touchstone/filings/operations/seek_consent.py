"""征求同意: which office is asked, and about what?"""

from datetime import datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.filings import permissions
from touchstone.filings.facts import scope_rows
from touchstone.filings.models import Consent, Filing
from touchstone.filings.operations._case import ROUTE, due, locked, note, owes
from touchstone.filings.operations.scope import agreed_key
from touchstone.filings.queries.checking import check, consents_asked_of
from touchstone.filings.states import MOVES, State
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import Outcome
from touchstone.policy.filing.terms import CONSENT_WITHIN
from touchstone.policy.roles import Role
from touchstone.tasks.operations import close_tasks


@transaction.atomic
def seek_consent(*, number: str, office_id: int, by: Actor, at: datetime) -> Consent:
    """This function will ask one of the offices that may agree; the applicant picks which. The first time fixes the rules' day.

    :raises Refusal: when the office is not one of them, or the identity or the scope cannot be filed yet, with the findings.
    """
    filing = locked(number)
    permissions.check_may(by, "write", filing)
    target = MOVES.check("seek_consent", State(filing.state))
    office = next((o for o in consents_asked_of(filing, at.date()) if o.pk == office_id), None)
    if office is None:
        raise Refusal("只能向注册地所在区的行业主管部门或人社部门征求同意。", ROUTE, "请从列出的部门中选择一个。")
    found = check(filing, at.date())
    bad = [f for key in ("identity", "scope") for f in found[key] if f.outcome is not Outcome.MET]
    if bad:
        raise Refusal("机构信息或申报范围还不能征求同意。", ROUTE, "请先改正下列各项。", tuple(f"{f.reason}（依据：{f.clause}）" for f in bad))
    filing.rules_day = filing.rules_day or at.date()
    filing.move_to(target, step="consent")
    consent = Consent.objects.create(filing=filing, office=office, scope=frozen_scope(filing), asked_at=at, due_on=due(CONSENT_WITHIN, at))
    close_tasks(case=number, by=by, at=at, outcome="已重新征求同意", office_id=filing.body.office_id)
    owes(filing, "filing.consent", "答复是否同意备案申请", office=office, role=Role.CONSENT_OFFICER, by=by, at=at, due_on=consent.due_on)
    note("filing.consent_sought", filing, by=by, at=at, note=office.name, clause=str(ROUTE), due_on=consent.due_on.isoformat())
    return consent


def frozen_scope(filing: Filing) -> list[dict[str, str]]:
    """This function will write down a scope as it stands."""
    return [
        {
            "key": agreed_key(item),
            "occupation": item.occupation.name,
            "code": item.occupation.code,
            "trade": item.trade.name if item.trade else "",
            "level": str(item.level),
            "standard": str(item.standard),
            "basis": item.standard.get_kind_display(),
            "venue": item.venue.name,
            "address": item.venue.address,
            "district": item.venue.district,
        }
        for item in scope_rows(filing)
    ]
