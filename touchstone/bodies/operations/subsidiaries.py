"""下属企业: whose workers may an enterprise evaluate besides its own?"""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.bodies import permissions
from touchstone.bodies.models import Body, Subsidiary
from touchstone.bodies.operations.register import checked_uscc
from touchstone.kernel.law import Refusal
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.policy.documents import notice
from touchstone.policy.provinces import PROVINCES
from touchstone.policy.roles import BodyKind

SUBSIDIARIES = notice("三(二)5")


@transaction.atomic
def enter_subsidiary(
    *, body: Body, name: str, uscc: str, province: str, address: str, share: Decimal, since: date, by: Actor, at: datetime
) -> Subsidiary:
    """This function will enter a subsidiary, in the city or outside it; `province` are the first two places of its area code.

    :raises Refusal: for another kind of body, a wrong code, the body itself, a share out of range, a day to come, one known already.
    """
    body = Body.objects.select_for_update().get(pk=body.pk)
    permissions.check_may_keep(by, body)
    if body.kind != BodyKind.ENTERPRISE:
        raise Refusal("只有用人单位登记下属企业。", SUBSIDIARIES, "请核对机构类别。")
    uscc = checked_uscc(uscc)
    if uscc == body.uscc:
        raise Refusal("下属企业不能是本机构自己。", SUBSIDIARIES, "请核对统一社会信用代码。")
    if not name.strip() or not address.strip():
        raise Refusal("下属企业的名称或地址没有填写。", SUBSIDIARIES, "请按营业执照填写。")
    if province not in PROVINCES:
        raise Refusal("没有选择所在省级行政区。", SUBSIDIARIES, "请选择下属企业注册所在的省、自治区或直辖市。")
    if not 0 < share <= 100:
        raise Refusal("持股比例须大于0且不超过100。", SUBSIDIARIES, "请按工商登记填写持股比例。")
    if since > at.date():
        raise Refusal("纳入日晚于今天。", SUBSIDIARIES, "请在该企业成为下属企业后登记。")
    if body.subsidiaries.filter(uscc=uscc, until__isnull=True).exists():
        raise Refusal(f"{name.strip()}已登记为下属企业。", SUBSIDIARIES, "信息有变化的，请先登记退出，再重新登记。")
    made = Subsidiary.objects.create(
        number=f"XS{next_serial('subsidiary'):06d}",
        body=body,
        name=name.strip(),
        uscc=uscc,
        province=province,
        address=address.strip(),
        share=share,
        since=since,
        entered_at=at,
    )
    record("subsidiary.entered", body.number, by=by, at=at, detail={"number": made.number, "uscc": uscc, "province": province})
    return made


@transaction.atomic
def end_subsidiary(*, number: str, on: date, by: Actor, at: datetime) -> Subsidiary:
    """This function will let a subsidiary leave; `on` is the first day it is none. :raises Refusal:"""
    found = Subsidiary.objects.select_for_update(of=("self",)).select_related("body").get(number=number)
    permissions.check_may_keep(by, found.body)
    if found.until is not None:
        raise Refusal(f"{found.name}已登记退出。", SUBSIDIARIES, "无需重复办理。")
    if not found.since <= on <= at.date():
        raise Refusal("退出日须在纳入日与今天之间。", SUBSIDIARIES, "请核对退出日。")
    found.until = on
    found.save(update_fields=["until"])
    record("subsidiary.ended", found.body.number, by=by, at=at, detail={"number": number, "on": str(on)})
    return found
