"""专项督导: a supervisor makes a campaign, the director approves it and it is public, and at the end it is summed up."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor
from touchstone.inspections.facts.campaigns import by_district
from touchstone.inspections.models import Campaign
from touchstone.inspections.permissions import campaigns as permissions
from touchstone.inspections.states.campaigns import CAMPAIGN_MOVES, CampaignState
from touchstone.kernel.law import Refusal
from touchstone.kernel.periods import Period
from touchstone.kernel.rules import must, records
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.policy.districts import DISTRICTS
from touchstone.policy.inspections import plan_approved_by_another
from touchstone.policy.roles import BodyKind, Role
from touchstone.policy.supervision.items import ITEMS
from touchstone.policy.supervision.records import LAW, campaign_is_defined
from touchstone.tasks.operations import close_tasks, open_task


@dataclass(frozen=True)
class CampaignTerms:
    """What a campaign says: theme, items, from when until when (that day not included), and how its bodies are narrowed."""

    theme: str
    items: Sequence[str]
    since: date
    until: date | None
    words: str = ""
    kinds: Sequence[str] = field(default_factory=list)
    districts: Sequence[str] = field(default_factory=list)
    occupations: Sequence[str] = field(default_factory=list)


@transaction.atomic
def draft_campaign(*, terms: CampaignTerms, by: Actor, at: datetime) -> Campaign:
    """This function will begin a campaign of the actor's office. :raises Refusal: as `save_campaign`."""
    permissions.check_may_make(by)
    _check(terms, at)
    made = Campaign(number=f"DD{at:%Y}{next_serial(f'campaign-{at:%Y}'):04d}", office_id=by.office_id, made_at=at, made_by_id=by.user_id)
    _put(made, terms)
    made.save()
    record("campaign.drafted", made.number, by=by, at=at, detail=_told(made))
    return made


@transaction.atomic
def save_campaign(*, number: str, terms: CampaignTerms, by: Actor, at: datetime) -> Campaign:
    """This function will change a campaign that is not before the director. :raises Refusal: where theme, items or term are not as they must be."""
    found = _locked(number)
    permissions.check_may(by, "save", found)
    state = CAMPAIGN_MOVES.check("save", CampaignState(found.state))
    _check(terms, at)
    _put(found, terms)
    found.made_by_id = by.user_id
    found.move_to(state)
    record("campaign.saved", number, by=by, at=at, detail=_told(found))
    return found


def _check(terms: CampaignTerms, at: datetime) -> None:
    day = localtime(at).date()
    if terms.until is not None and terms.until <= terms.since:
        raise Refusal("截止日期应晚于开始日期。", LAW, "请核对日期。")
    must(campaign_is_defined(terms.theme, terms.items, Period(terms.since, terms.until), day), "请补齐主题、检查事项和截止日期。")
    if not set(terms.items) <= set(ITEMS.on(day).value):
        raise Refusal("所选事项不在督导检查事项清单之内。", LAW, "请从清单中选择。")
    if not set(terms.kinds) <= {one.value for one in BodyKind} or not set(terms.districts) <= set(DISTRICTS):
        raise Refusal("机构类别或者所在区没有这一项。", LAW, "请从列出的选项中选择。")


def _put(campaign: Campaign, terms: CampaignTerms) -> None:
    campaign.theme, campaign.words = terms.theme.strip()[:80], terms.words.strip()
    campaign.items, campaign.since, campaign.until = list(terms.items), terms.since, terms.until
    campaign.kinds, campaign.districts, campaign.occupations = list(terms.kinds), list(terms.districts), list(terms.occupations)


def _told(one: Campaign) -> dict[str, object]:
    period = {"since": one.since.isoformat(), "until": one.until.isoformat() if one.until else ""}
    return {"theme": one.theme, "items": one.items, **period, "kinds": one.kinds, "districts": one.districts, "occupations": one.occupations}


@transaction.atomic
def submit_campaign(*, number: str, by: Actor, at: datetime) -> Campaign:
    """This function will put a campaign before the director of its office."""
    found = _locked(number)
    permissions.check_may(by, "submit", found)
    found.move_to(CAMPAIGN_MOVES.check("submit", CampaignState(found.state)))
    record("campaign.submitted", number, by=by, at=at)
    close_tasks(case=number, by=by, at=at, outcome="已报请批准")
    title = f"批准专项督导：{found.theme}"
    open_task(case=number, matter="approve_campaign", title=title, office_id=found.office_id, role=Role.DIRECTOR, by=by, at=at)
    return found


@transaction.atomic
def return_campaign(*, number: str, opinion: str, by: Actor, at: datetime) -> Campaign:
    """This function will send a campaign back to its makers. :raises Refusal: without words."""
    found = _locked(number)
    permissions.check_may(by, "return", found)
    state = CAMPAIGN_MOVES.check("return", CampaignState(found.state))
    if not opinion.strip():
        raise Refusal("退回须写明理由。", LAW, "请写清需要修改什么。")
    found.opinion = opinion.strip()
    found.move_to(state)
    record("campaign.returned", number, by=by, at=at, reason=found.opinion)
    close_tasks(case=number, by=by, at=at, outcome="退回修改")
    title = f"修改专项督导：{found.theme}"
    open_task(case=number, matter="mend_campaign", title=title, office_id=found.office_id, role=Role.SUPERVISOR, by=by, at=at)
    return found


@transaction.atomic
def approve_campaign(*, number: str, opinion: str, by: Actor, at: datetime) -> Campaign:
    """This function will approve a campaign, which is public from then on. :raises Refusal: by whoever made it, or where it is not defined."""
    found = _locked(number)
    permissions.check_may(by, "approve", found)
    state = CAMPAIGN_MOVES.check("approve", CampaignState(found.state))
    another = plan_approved_by_another(found.made_by_id, by.user_id)
    must(another, "请由本单位其他负责人批准。")
    defined = campaign_is_defined(found.theme, found.items, Period(found.since, found.until), localtime(at).date())
    must(defined, "请退回修改。")
    found.opinion, found.findings, found.approved_at, found.approved_by_id = opinion.strip(), records([another, defined]), at, by.user_id
    found.move_to(state)
    record("campaign.approved", number, by=by, at=at, reason=found.opinion, detail=_told(found) | {"findings": found.findings})
    close_tasks(case=number, by=by, at=at, outcome="已批准公布")
    return found


@transaction.atomic
def close_campaign(*, number: str, summary: str, by: Actor, at: datetime) -> Campaign:
    """This function will sum a campaign up, in words for the public, with how far it came. :raises Refusal: without words."""
    found = _locked(number)
    permissions.check_may(by, "close", found)
    state = CAMPAIGN_MOVES.check("close", CampaignState(found.state))
    if not summary.strip():
        raise Refusal("请写明专项督导的总结。", LAW, "写清检查了多少、发现了什么、怎样改进；向社会公布，不写个人信息。")
    lines = by_district(found, localtime(at).date())
    found.summary, found.closed_at = summary.strip()[:4000], at
    found.move_to(state)
    counts = {"scope": sum(one.scope for one in lines), "checked": sum(one.checked for one in lines), "found": sum(one.found for one in lines)}
    record("campaign.closed", number, by=by, at=at, reason=found.summary, detail=counts)
    return found


def _locked(number: str) -> Campaign:
    found = Campaign.objects.select_for_update(of=("self",)).select_related("office").filter(number=number).first()
    if found is None:
        raise Refusal("没有这次专项督导。", LAW, "请从“专项督导”列表中打开。")
    return found
