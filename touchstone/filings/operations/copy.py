"""抄送: which offices are shown a case for their information? They owe nothing, and may read it."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.accounts.queries import district_bureau, offices
from touchstone.filings import permissions
from touchstone.filings.models import Filing
from touchstone.filings.operations._case import ROUTE, bureau, locked, note, words
from touchstone.filings.queries.routing import has_step
from touchstone.filings.states import State
from touchstone.kernel.law import Refusal
from touchstone.policy.roles import OfficeKind
from touchstone.tasks.operations import send_copy

if TYPE_CHECKING:
    from touchstone.accounts.models import Office


@transaction.atomic
def copy_filing(*, number: str, office_ids: Sequence[int], said: str, by: Actor, at: datetime) -> "list[Office]":
    """This function will show a case to other offices of the city, saying why. :raises Refusal: before it was sent to anybody, and for offices that
    are no authorities, or the actor's own. :raises WordsMissing: without words."""
    filing = locked(number)
    permissions.check_may(by, "copy", filing)
    if filing.state in {State.DRAFTED, State.WITHDRAWN}:
        raise Refusal(f"当前为“{filing.state_label}”，不能抄送。", ROUTE, "申请单位征求同意或者提交之后才可以抄送。")
    said = words(said, "请写明抄送的说明。", "例如：该机构在贵区设有考核点，请知悉。")
    found = [one for one in offices(day=at.date()).filter(pk__in=office_ids).order_by("pk") if OfficeKind(one.kind).is_authority]
    if not found or len(found) != len(set(office_ids)) or any(one.pk == by.office_id for one in found):
        raise Refusal("只能抄送给本单位以外的人社部门、市职鉴中心和行业主管部门。", ROUTE, "请从列出的单位中选择。")
    for office in found:
        send_copy(case=number, title=f"抄送：{filing.body.name}{filing.purpose_label}申请", office_id=office.pk, words=said, by=by, at=at)
    note("filing.copied", filing, by=by, at=at, reason=said, note="、".join(office.name for office in found))
    return found


def tell_the_consulted(filing: Filing, outcome: str, by: Actor, at: datetime) -> None:
    """This function will show the outcome to the offices that were asked for consent, and to the district that gave its first opinion; part of the
    decision."""
    told = {consent.office_id for consent in filing.consents.filter(answered_at__isnull=False)}
    if has_step(filing, "first_opinion", at.date()):
        told.add(district_bureau(filing.body.district).pk)
    title = f"{outcome}：{filing.body.name}{filing.purpose_label}申请"
    for office_id in sorted(told - {bureau(filing, "decision").pk}):
        send_copy(case=filing.number, title=title, office_id=office_id, words="贵单位曾就本件提出意见，现将结果告知。", by=by, at=at)
