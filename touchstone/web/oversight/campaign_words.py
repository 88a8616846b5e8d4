"""专项督导用语: how do campaigns stand on the pages?"""

from typing import TYPE_CHECKING, Any

from django.utils.timezone import localtime

from touchstone.catalogue.queries import occupation
from touchstone.inspections.states.campaigns import CampaignState
from touchstone.policy.districts import district_name
from touchstone.policy.roles import BodyKind
from touchstone.policy.supervision.items import ITEMS

if TYPE_CHECKING:
    from touchstone.inspections.models import Campaign

_TONES = {
    CampaignState.DRAFTED: "neutral",
    CampaignState.SUBMITTED: "info",
    CampaignState.RETURNED: "warn",
    CampaignState.APPROVED: "ok",
    CampaignState.CLOSED: "neutral",
}
CAMPAIGN_STATES = {state.value: (state.label, _TONES[state]) for state in CampaignState}


def campaign_pairs(one: "Campaign") -> list[tuple[str, Any]]:
    """This function will write what a campaign says, for a list of fields."""
    day = localtime(one.made_at).date()
    listed = ITEMS.on(day).value
    named = (occupation(code, day) for code in one.occupations)
    occupations = "、".join(found.name if found is not None else code for found, code in zip(named, one.occupations, strict=True))
    return [
        ("组织单位", one.office.name),
        ("检查事项", "、".join(listed[key].title for key in one.items if key in listed)),
        ("机构类别", "、".join(BodyKind(kind).label for kind in one.kinds) or "全部"),
        ("注册所在区", "、".join(district_name(code) for code in one.districts) or "全部"),
        ("职业", occupations or "全部"),
    ]
