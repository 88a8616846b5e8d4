"""专项督导权限: a supervisor makes a campaign for their office, the director approves it."""

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.inspections.models import Campaign
from touchstone.inspections.permissions import DRAWING
from touchstone.inspections.states.campaigns import CAMPAIGN_MOVES, CampaignState
from touchstone.policy.inspections import SUPERVISED
from touchstone.policy.roles import Role


def check_may_make(actor: Actor) -> None:
    """This function will let pass the supervisors of the city centre and of the districts. :raises NotAllowed:"""
    if actor.office_kind not in DRAWING or not actor.has(Role.SUPERVISOR):
        step = f"您当前身份为“{actor.label}”，请换用质量督导员身份。"
        raise NotAllowed("专项督导由市职鉴中心和各区人社局的质量督导员提出。", SUPERVISED, step)


def check_may(actor: Actor, verb: str, campaign: Campaign) -> None:
    """This function will let pass who may do `verb` to a campaign of their own office. :raises NotAllowed:"""
    roles = [Role(role) for role in CAMPAIGN_MOVES.roles(verb)]
    if actor.office_kind not in DRAWING or not actor.has(*roles):
        title = next(line.title for line in CAMPAIGN_MOVES if line.verb == verb)
        names = "、".join(sorted(role.label for role in roles))
        raise NotAllowed(f"“{title}”由{names}办理。", SUPERVISED, f"您当前身份为“{actor.label}”，请换用有权限的身份。")
    if campaign.office_id != actor.office_id:
        raise NotAllowed(f"这是{campaign.office.name}的专项督导。", SUPERVISED, "只能办理本单位的专项督导。")


def may(actor: Actor, campaign: Campaign) -> set[str]:
    """This function will give the verbs that the actor may do to a campaign now."""
    found = set()
    for line in CAMPAIGN_MOVES:
        if CampaignState(campaign.state) in line.sources:
            try:
                check_may(actor, line.verb, campaign)
            except NotAllowed:
                continue
            found.add(line.verb)
    return found


def can_make(actor: Actor) -> bool:
    """This function will say whether `check_may_make` would let pass."""
    try:
        check_may_make(actor)
    except NotAllowed:
        return False
    return True
