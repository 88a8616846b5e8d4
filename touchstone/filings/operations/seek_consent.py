"""征求同意: which offices are asked, and about what? All that are needed at once, in parallel."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.filings import permissions
from touchstone.filings.facts import scope_rows
from touchstone.filings.models import Consent, Filing
from touchstone.filings.operations._case import ROUTE, locked, note, owes, words
from touchstone.filings.queries.checking import check
from touchstone.filings.queries.consenting import WantedGroup, agreed_key, consents_wanted
from touchstone.filings.states import MOVES, State
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import Outcome
from touchstone.parameters.queries import due
from touchstone.policy.filing.terms import CONSENT_WITHIN
from touchstone.policy.roles import Role
from touchstone.tasks.operations import close_tasks

if TYPE_CHECKING:
    from touchstone.accounts.models import Office


@transaction.atomic
def seek_consent(*, number: str, office_ids: Sequence[int], by: Actor, at: datetime) -> list[Consent]:
    """This function will ask, at once, every office whose consent is needed and does not yet cover the draft. Where any one of several
    may agree, the applicant picks it in `office_ids`. The first time fixes the rules' day. Where nobody is left to ask, the draft is agreed to.

    :raises Refusal: when no consent is needed, an office was not picked or is not one of them, or the identity or the scope cannot be filed
        yet, with the findings.
    """
    filing = locked(number)
    permissions.check_may(by, "write", filing)
    target = MOVES.check("seek_consent", State(filing.state))
    groups = consents_wanted(filing, at.date())
    if not groups:
        raise Refusal("本次申请不需要征求同意。", ROUTE, "请直接提交申请。")
    to_ask = [(group, office) for group in groups for office in _to_ask(group, office_ids)]
    found = check(filing, at.date())
    bad = [f for key in ("identity", "scope") for f in found.get(key, ()) if f.outcome is not Outcome.MET]
    if bad:
        raise Refusal("机构信息或申报范围还不能征求同意。", ROUTE, "请先改正下列各项。", tuple(f"{f.reason}（依据：{f.clause}）" for f in bad))
    filing.rules_day = filing.rules_day or at.date()
    step = groups[0].key
    close_tasks(case=number, by=by, at=at, outcome="已征求同意", office_id=filing.body.office_id)
    if not to_ask:
        filing.move_to(MOVES.check("complete_consents", target), step=step)
        owes(filing, "filing.submit", "已获同意，请提交备案申请", office=filing.body.office, role=Role.BODY_FILER, by=by, at=at, due_on=None)
        note("filing.consent_sought", filing, by=by, at=at, note="已取得的同意覆盖本次范围", clause=str(groups[0].needed.clause))
        return []
    filing.move_to(target, step=step)
    shown = frozen_scope(filing)
    within = due(CONSENT_WITHIN, at)
    asked = []
    for group, office in to_ask:
        filing.consents.filter(office=office, group=group.key, lapsed_at__isnull=True, answered_at__isnull=False).update(lapsed_at=at)
        asked.append(Consent.objects.create(filing=filing, office=office, group=group.key, scope=shown, asked_at=at, due_on=within))
        owes(filing, "filing.consent", "答复是否同意备案申请", office=office, role=Role.CONSENT_OFFICER, by=by, at=at, due_on=within)
    names = "、".join(office.name for _, office in to_ask)
    note("filing.consent_sought", filing, by=by, at=at, note=names, clause=str(groups[0].needed.clause), due_on=within.isoformat())
    return asked


def _to_ask(group: WantedGroup, office_ids: Sequence[int]) -> "list[Office]":
    if group.finding.outcome is Outcome.MET:
        return []
    open_ones = [one for one in group.offices if one.state != "given"]
    missing = [one.wanted.label for one in open_ones if not one.offices]
    if missing and (group.needed.asked_of == "all_of" or len(missing) == len(group.offices)):
        raise Refusal(f"平台上还没有{'、'.join(missing)}。", group.needed.clause, "请联系市职鉴中心，由平台运行单位设立该部门后再征求同意。")
    choices = [office for one in open_ones for office in one.offices]
    if group.needed.asked_of == "all_of":
        return choices
    picked = [office for office in choices if office.pk in office_ids]
    if len(picked) == 1 or (not picked and len(choices) == 1):
        return picked or choices
    labels = "、".join(office.name for office in choices)
    if picked:
        raise Refusal(f"“{group.needed.title}”只须向一个部门征求，请选择其中一个。", group.needed.clause, f"可选：{labels}。")
    raise Refusal(f"请选择向哪个部门征求“{group.needed.title}”。", group.needed.clause, f"可选：{labels}。")


@transaction.atomic
def recall_consent(*, number: str, reason: str, by: Actor, at: datetime) -> Filing:
    """This function will call a draft back from the offices that have not answered; what others agreed to stays good. :raises WordsMissing:"""
    filing = locked(number)
    permissions.check_may(by, "write", filing)
    target = MOVES.check("recall_consent", State(filing.state))
    reason = words(reason, "撤回征求须写明原因。", "例如：需要调整申报范围。已取得的同意在其范围内继续有效。")
    filing.consents.filter(answered_at__isnull=True, lapsed_at__isnull=True).update(lapsed_at=at)
    filing.move_to(target, step="")
    close_tasks(case=number, by=by, at=at, outcome="申请单位撤回征求")
    owes(filing, "filing.revise", "已撤回征求，请修改后重新征求", office=filing.body.office, role=Role.BODY_FILER, by=by, at=at, due_on=None)
    note("filing.consent_recalled", filing, by=by, at=at, reason=reason)
    return filing


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
            "venue_number": item.venue.number,
            "address": item.venue.address,
            "district": item.venue.district,
        }
        for item in scope_rows(filing)
    ]
