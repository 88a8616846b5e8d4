"""更正、补发、恢复: another certificate takes the place of one, which is void from that moment; both happen or neither."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.certificates.facts.public import changed_lines, issued_line
from touchstone.certificates.models import Certificate
from touchstone.certificates.operations.issuing import series_of
from touchstone.certificates.operations.publishing import tell_lists
from touchstone.certificates.operations.signing import sign
from touchstone.certificates.queries import successor_of
from touchstone.certificates.states import Standing
from touchstone.kernel.law import Refusal
from touchstone.kernel.numbers import name_key
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.policy.certificates.revocation import LAW

CHANGEABLE = ("holder_id", "holder_name", "trade_name", "theory", "practical", "panel")
_SERIAL_PLACES = 6


class Why(StrEnum):
    """Why a certificate takes the place of another."""

    CORRECTION = "correction"
    REISSUE = "reissue"
    REVERSAL = "reversal"

    @property
    def label(self) -> str:
        return {"correction": "更正", "reissue": "补发", "reversal": "撤销经申诉恢复"}[self.value]


@transaction.atomic
def replace(
    *, number: str, why: Why, changes: Mapping[str, Any], reason: str, case: str, by: Actor, at: datetime
) -> Certificate:
    """This function will declare a certificate void and put another in its place, with what is changed (by name of the field), and give the new one.

    A void one is not revived: what is wrongly void gets another in its place as well (`Why.REVERSAL`), so that a list of what is void only ever
    grows. The new one keeps the body, the day of issue and what it rests on, and gets a number of the same series. The app that decided has checked
    who may.

    :raises Refusal: when the old one is (not) void already, has been replaced, or the holder has a valid one of the level.
    """
    old = Certificate.objects.select_for_update(of=("self",)).select_related("body").filter(number=number).first()
    if old is None:
        raise Refusal(f"没有编号为{number}的证书。", LAW, "请核对证书编号。")
    if successor_of(number) is not None:
        raise Refusal(f"证书{number}已由另一本证书代替。", LAW, "请在代替它的证书上办理。")
    if old.is_valid == (why is Why.REVERSAL):
        raise Refusal(f"证书{number}现为“{old.standing}”，不能{why.label}。", LAW, "请先查看证书的流转记录。")
    unknown = set(changes) - set(CHANGEABLE)
    if unknown:
        raise Refusal("职业、等级、发证日期不能更正。", LAW, "这些是评价的结果，有误的应撤销后按实际评价重新核发。")
    made = _another(old, changes)
    made.basis = {**old.basis, "replaces": number, "replaced_for": why.value, "replaced_on": at.date().isoformat(), "replaced_case": case}
    if old.is_valid:
        old.state, old.revoked_on, old.revoked_reason = Certificate.State.REVOKED, at.date(), f"{why.label}：{reason.strip()}"[:300]
        old.save(update_fields=["state", "revoked_on", "revoked_reason"])
        public = changed_lines("revoked", tell_lists(old, Standing.REVOKED, at=at))
        told = {"case": case, "replaced_by": made.number}
        record("certificate.revoked", number, by=by.with_key(""), at=at, reason=reason.strip(), detail=told, public=public)
    _check_holds_no_other(made)
    made.save()
    line = issued_line(sign(made.body, [made], at=at).get(made.pk))
    detail = {"plan": made.plan_number, "replaces": number, "why": why.value, "case": case, "changed": sorted(changes)}
    public = [line] if line else []
    record("certificate.issued", made.number, by=by.with_key(""), at=at, reason=f"{why.label}，代替{number}", detail=detail, public=public)
    return made


def _another(old: Certificate, changes: Mapping[str, Any]) -> Certificate:
    values = {field.attname: getattr(old, field.attname) for field in Certificate._meta.concrete_fields if not field.primary_key}
    values |= {"state": Certificate.State.VALID, "revoked_on": None, "revoked_reason": "", "examined_since": None, "examined_case": ""}
    for key, value in changes.items():
        values[key] = Decimal(str(value)) if key in {"theory", "practical", "panel"} else value
    values["holder_name_key"] = name_key(values["holder_name"])
    stem = old.number[:-_SERIAL_PLACES]
    series = series_of(stem[:-3], old.level, old.issued_on) if old.is_national else f"enterprise-certificate-{stem}"
    values["number"] = f"{stem}{next_serial(series):0{_SERIAL_PLACES}d}"
    return Certificate(**values)


def _check_holds_no_other(made: Certificate) -> None:
    """One valid certificate a person, occupation and level, as where they are issued."""
    same = Certificate.objects.filter(
        holder_id=made.holder_id, occupation_code=made.occupation_code, trade_name=made.trade_name, level=made.level, scheme=made.scheme
    )
    same = same.filter(state=Certificate.State.VALID) if made.is_national else same.filter(state=Certificate.State.VALID, body_id=made.body_id)
    if (other := same.first()) is not None:
        sentence = f"持证人已持有本职业同一等级的有效证书（{other.number}），不能再登记一本。"
        raise Refusal(sentence, LAW, "请先核实两本证书是否重复，重复的撤销其中一本。")
