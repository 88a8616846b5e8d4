"""机构入驻: a body is entered with its own office, and keeps its profile."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from touchstone.accounts.actor import PLATFORM, Actor
from touchstone.accounts.operations import set_up_office
from touchstone.accounts.queries import city_authorities
from touchstone.bodies import permissions
from touchstone.bodies.models import Body
from touchstone.kernel.law import Refusal
from touchstone.kernel.numbers import half_width, name_key, parse_uscc
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.policy.districts import DISTRICTS
from touchstone.policy.documents import USCC_STANDARD, notice
from touchstone.policy.roles import BodyKind, OfficeKind, Ownership

LICENCE = USCC_STANDARD.clause("编码规则")


@transaction.atomic
def register_body(
    *,
    name: str,
    uscc: str,
    kind: BodyKind,
    ownership: Ownership,
    district: str,
    industry: str,
    address: str,
    legal_representative: str,
    founded_on: date | None,
    contact_name: str,
    contact_phone: str,
    by: Actor,
    at: datetime,
) -> Body:
    """This function will enter a body and set up the office in which its people act. To be entered is not yet to be filed.

    :raises Refusal: for a wrong or known credit code, a known name, a district outside the city, a missing fact.
    """
    permissions.check_may_register(by)
    uscc = checked_uscc(uscc)
    name = half_width(name).replace("(", "（").replace(")", "）")
    _check_facts(name, district, industry, address, legal_representative, founded_on, at.date())
    _check_new(name, uscc)
    number = f"PJ{next_serial('body'):06d}"
    office = set_up_office(
        number=number,
        kind=OfficeKind.ASSESSMENT_BODY,
        name=name,
        short_name=name[:40],
        district=district,
        industry=industry,
        phone=contact_phone,
        by=PLATFORM,
        at=at,
    )
    try:
        with transaction.atomic():
            body = Body.objects.create(
                number=number,
                office=office,
                name=name,
                name_key=name_key(name),
                uscc=uscc,
                kind=kind,
                ownership=ownership,
                district=district,
                industry=industry,
                address=address.strip(),
                legal_representative=legal_representative.strip(),
                founded_on=founded_on,
                contact_name=contact_name.strip(),
                contact_phone=contact_phone.strip(),
                registered_at=at,
            )
    except IntegrityError:
        raise _known(uscc) from None
    detail = {"name": name, "uscc": uscc, "kind": kind.value, "ownership": ownership.value, "district": district, "industry": industry}
    record("body.registered", number, by=by, at=at, detail=detail)
    return body


@transaction.atomic
def change_profile(
    *,
    body: Body,
    address: str,
    legal_representative: str,
    contact_name: str,
    contact_phone: str,
    introduction: str,
    by: Actor,
    at: datetime,
) -> Body:
    """This function will keep the facts a body may change by itself; name, code, kind, district and industry are not among them.

    :raises Refusal: when a required fact is empty.
    """
    body = Body.objects.select_for_update().get(pk=body.pk)
    permissions.check_may_keep(by, body)
    new = {
        "address": address.strip(),
        "legal_representative": legal_representative.strip(),
        "contact_name": contact_name.strip(),
        "contact_phone": contact_phone.strip(),
        "introduction": introduction.strip(),
    }
    for field, label in (("address", "注册地址"), ("legal_representative", "法定代表人"), ("contact_name", "联系人"), ("contact_phone", "联系电话")):
        if not new[field]:
            raise Refusal(f"{label}不能为空。", notice("一"), f"请填写{label}后再保存。")
    changed = {field: [getattr(body, field), value] for field, value in new.items() if getattr(body, field) != value}
    for field, value in new.items():
        setattr(body, field, value)
    body.save(update_fields=list(new))
    record("body.profile_changed", body.number, by=by, at=at, detail={"changed": changed})
    return body


@transaction.atomic
def choose_superior(*, body: Body, office_id: int | None, by: Actor, at: datetime) -> Body:
    """This function will note which authority of the city is the body's superior (上级主管部门), or that it has none.

    :raises Refusal: for an office that is not an industry authority of the city, or no longer stands.
    """
    body = Body.objects.select_for_update(of=("self",)).select_related("superior").get(pk=body.pk)
    permissions.check_may_keep(by, body)
    chosen = city_authorities(at.date()).filter(pk=office_id).first() if office_id is not None else None
    if office_id is not None and chosen is None:
        sentence = "所选单位不是市级行业主管部门，不能作为上级主管部门。"
        raise Refusal(sentence, notice("三(一)"), "请从列出的部门中选择；没有上级主管部门的，请选择“没有”。")
    before, body.superior = body.superior, chosen
    body.save(update_fields=["superior"])
    detail = {"changed": {"superior": [before.number if before else "", chosen.number if chosen else ""]}}
    record("body.profile_changed", body.number, by=by, at=at, detail=detail)
    return body


@transaction.atomic
def record_export(*, body: Body, what: str, kind: str, count: int, by: Actor, at: datetime) -> None:
    """This function will put on record that `count` rows of a list of the body's left the platform as a file."""
    record("list.exported", body.number, by=by, at=at, detail={"list": what, "format": kind, "rows": count})


def checked_uscc(text: str) -> str:
    """This function will read a credit code. :raises Refusal: with the sentence saying what is wrong in it."""
    try:
        return parse_uscc(text)
    except ValueError as error:
        raise Refusal(str(error), LICENCE, "请对照营业执照或登记证书逐位核对。") from error


def _check_facts(name: str, district: str, industry: str, address: str, head: str, founded_on: date | None, day: date) -> None:
    for value, label in ((name, "机构名称"), (industry, "所属行业"), (address, "注册地址"), (head, "法定代表人")):
        if not value.strip():
            raise Refusal(f"{label}没有填写。", notice("一"), f"请填写{label}。")
    if district not in DISTRICTS:
        raise Refusal("注册地不在本市16个区内。", notice("三(一)1"), "在本市注册登记的机构才能在本平台备案，请核对注册地所在区。")
    if founded_on is not None and founded_on > day:
        raise Refusal("成立日期晚于今天。", notice("三(一)1"), "请对照营业执照或登记证书填写成立日期。")


def _check_new(name: str, uscc: str) -> None:
    if Body.objects.filter(uscc=uscc).exists():
        raise _known(uscc)
    if Body.objects.filter(name_key=name_key(name)).exists():
        raise Refusal(f"“{name}”已有同名机构入驻。", notice("一"), "请核对名称；确为不同机构的，请联系市职鉴中心核实。")


def _known(uscc: str) -> Refusal:
    return Refusal(
        f"统一社会信用代码 {uscc} 的机构已经入驻。", notice("一"), "请向本机构负责人索取账号；无人掌握账号的，请持营业执照联系市职鉴中心。"
    )
