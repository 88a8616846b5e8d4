"""开始填报: who may begin a filing, and on which route?"""

from datetime import datetime

from django.db import transaction

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.bodies.queries import own_body
from touchstone.bodies.queries.restricted import barred_from
from touchstone.filings import permissions
from touchstone.filings.models import Filing
from touchstone.filings.operations._case import ROUTE, note
from touchstone.filings.queries.cases import active_filing
from touchstone.filings.states import State
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import must
from touchstone.ledger.numbering import next_serial
from touchstone.policy.filing.routes import which_route
from touchstone.policy.roles import BodyKind, OfficeKind, Ownership
from touchstone.policy.supervision.restrictions import Barred

RESTRICTED = "限制期满后再申请；对处理决定有异议的，请按决定书写明的途径办理。"


@transaction.atomic
def begin_filing(*, by: Actor, at: datetime) -> Filing:
    """This function will begin a filing of the actor's own body, on the route that body takes.

    :raises NotAllowed: for others than the body's filers. :raises Refusal: when one is under way, or another office takes this kind.
    """
    permissions.check_may(by, "begin")
    if by.office_kind is not OfficeKind.ASSESSMENT_BODY:
        raise NotAllowed("备案申请由申请单位自己填报。", ROUTE, f"您当前身份为“{by.label}”，请换用申请单位的身份。")
    body = own_body(by)
    type(body).objects.select_for_update().get(pk=body.pk)
    if under_way := active_filing(by.office_id):
        sentence = f"本机构已有一件备案申请{under_way.number}正在办理（{under_way.state_label}）。"
        raise Refusal(sentence, ROUTE, "请继续办理该件；需要重来的，先撤回它。")
    must(barred_from(body, Barred.FILE, at.date()), RESTRICTED)
    route = which_route(BodyKind(body.kind), Ownership(body.ownership), at.date())
    filing = Filing.objects.create(
        number=f"BA{at:%Y}{body.district}{next_serial(f'filing-{at:%Y}'):05d}",
        body=body,
        route=route.key,
        state=State.DRAFTED,
        begun_at=at,
        saved_at=at,
    )
    note("filing.begun", filing, by=by, at=at, note=route.title, clause=str(ROUTE))
    return filing
