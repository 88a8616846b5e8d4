"""站点代码: a body gets the six places without which no certificate number can be made."""

import re
from datetime import datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.bodies import permissions
from touchstone.bodies.models import Body
from touchstone.bodies.queries import next_free_site_code
from touchstone.kernel.law import Refusal
from touchstone.kernel.numbers import half_width
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.policy.documents import CERTIFICATE_NUMBER_RULE

RULE = CERTIFICATE_NUMBER_RULE.clause("第8至13位")


@transaction.atomic
def assign_site_code(*, body: Body, code: str, by: Actor, at: datetime) -> Body:
    """This function will give a body its site code: the one named, or the next free one when `code` is empty.

    A body keeps its code for good; the same code again changes nothing.
    :raises Refusal: for a code that is not six digits, belongs to another body, or differs from the body's own.
    """
    permissions.check_may_assign_site_code(by)
    serial = next_serial("site-code")
    body = Body.objects.select_for_update().get(pk=body.pk)
    code = half_width(code)
    if body.site_code is not None:
        if code in ("", body.site_code):
            return body
        raise Refusal(f"{body.name}的站点代码已是 {body.site_code}，不能改动。", RULE, "已发证书的编号含有该代码，请沿用原代码。")
    if not code:
        code = next_free_site_code(serial - 1)
    if not re.fullmatch(r"\d{6}", code, re.ASCII) or code == "000000":
        raise Refusal(f"“{code}”不是有效的站点代码。", RULE, "请填写6位数字，且不能全为0；留空则自动取下一个未用的代码。")
    holder = Body.objects.filter(site_code=code).first()
    if holder is not None:
        raise Refusal(f"站点代码 {code} 已分配给{holder.name}。", RULE, "请换一个代码，或留空由系统取下一个未用的代码。")
    body.site_code = code
    body.save(update_fields=["site_code"])
    record("body.site_code_assigned", body.number, by=by.with_key(""), at=at, detail={"site_code": code})
    return body
