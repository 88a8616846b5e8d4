"""专项督导查询: which campaigns may somebody see, and which does the public?"""

from django.db.models import QuerySet

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.inspections.models import Campaign, CampaignSet
from touchstone.inspections.states.campaigns import PUBLIC, CampaignState
from touchstone.kernel.law import Refusal
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


def under_way(actor: Actor) -> CampaignSet:
    """This function will give the campaigns that an office may check under: approved and not closed, its own and those of the city centre."""
    return campaigns(actor).filter(state=CampaignState.APPROVED)


def named_under_way(number: str, actor: Actor) -> str:
    """This function will give the number of a campaign under which the actor's office may check; empty for none.

    :raises Refusal: for one that is not under way, or not theirs to see.
    """
    plain = number.strip().upper()
    if plain and not under_way(actor).filter(number=plain).exists():
        raise Refusal(f"没有编号为“{plain}”的进行中的专项督导。", LAW, "请从列出的专项中选择；不属于专项的不填。")
    return plain
