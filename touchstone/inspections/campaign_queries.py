"""专项督导查询: which campaigns may somebody see, and which does the public?"""

from django.db.models import QuerySet

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.inspections.campaign_states import PUBLIC
from touchstone.inspections.models import Campaign, CampaignSet
from touchstone.policy.supervision.records import LAW


def campaigns(actor: Actor) -> CampaignSet:
    """This function will give the campaigns the actor may see, newest first."""
    return Campaign.objects.visible_to(actor).select_related("office").order_by("-id")


def campaign(number: str, actor: Actor) -> Campaign:
    """This function will give a campaign the actor may see. :raises NotAllowed: for another's, and where there is none."""
    rows = Campaign.objects.visible_to(actor).select_related("office", "made_by__person", "approved_by__person")
    found = rows.filter(number=number).first()
    if found is None:
        raise NotAllowed("没有这次专项督导，或者它不归您查看。", LAW, "请从“专项督导”列表中打开。")
    return found


def public_campaigns() -> QuerySet[Campaign]:
    """This function will give the campaigns that were approved, newest first."""
    return Campaign.objects.filter(state__in=[one.value for one in PUBLIC]).select_related("office").order_by("-since", "-id")


def campaign_under_way(number: str) -> Campaign | None:
    """This function will give a campaign that was approved and is not closed."""
    return Campaign.objects.filter(number=number, state="approved").first()
