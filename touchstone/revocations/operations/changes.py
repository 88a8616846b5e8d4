"""更正内容: what is to stand on a certificate instead, read from the words people write, and turned into what the register keeps."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor
from touchstone.accounts.operations import enter_person
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import must
from touchstone.policy.certificates.revocation import LAW, may_be_corrected

if TYPE_CHECKING:
    from touchstone.certificates.models import Certificate

NAME, ID, TRADE, HOLDER = "姓名", "证件号码", "工种名称", "holder"
_MARKS = {"理论成绩": "theory", "技能成绩": "practical", "综合评审成绩": "panel"}
_HIGHEST, _LONGEST = Decimal(100), 60


def checked_changes(certificate: "Certificate", changes: Mapping[str, str], *, by: Actor, at: datetime) -> dict[str, Any]:
    """This function will give what really changes, tidied, by the Chinese name of the field. A corrected identity number is kept as the person
    who has it (`holder`) and shown masked: the number itself is sealed with the person and nowhere else.

    :raises Refusal: for a field that cannot be corrected, a value that cannot be, an identity of another name, or when nothing changes.
    """
    wanted: dict[str, Any] = {name: text.strip() for name, text in changes.items() if text.strip()}
    must(may_be_corrected(list(wanted), localtime(at).date()), "请填写要更正的内容。")
    for name, text in wanted.items():
        if name in _MARKS:
            _mark(name, text)
        elif len(text) > _LONGEST:
            raise Refusal(f"{name}太长。", LAW, f"请填写{_LONGEST}字以内。")
    now = {NAME: certificate.holder_name, TRADE: certificate.trade_name}
    same = [name for name, text in wanted.items() if now.get(name) == text]
    if same and len(same) == len(wanted):
        raise Refusal(f"{'、'.join(same)}与证书上的相同，没有要更正的内容。", LAW, "请核对后再填。")
    if ID in wanted:
        person = enter_person(name=wanted.get(NAME, certificate.holder_name), id_number=wanted[ID], by=by.with_key(""), at=at)
        wanted |= {ID: person.id_masked, HOLDER: person.pk}
    return wanted


def words_of(changes: Mapping[str, Any]) -> list[tuple[str, str]]:
    """This function will give what changes as pairs that people read."""
    return [(name, str(text)) for name, text in changes.items() if name != HOLDER]


def fields_of(changes: Mapping[str, Any]) -> dict[str, Any]:
    """This function will turn what was checked into the fields of the register."""
    plain = {NAME: "holder_name", TRADE: "trade_name", HOLDER: "holder_id"}
    found = {field: changes[name] for name, field in plain.items() if name in changes}
    return found | {field: _mark(name, changes[name]) for name, field in _MARKS.items() if name in changes}


def _mark(name: str, text: str) -> Decimal:
    try:
        mark = Decimal(text)
    except InvalidOperation:
        mark = Decimal(-1)
    if not (0 <= mark <= _HIGHEST and mark == mark.quantize(Decimal("0.1"))):
        raise Refusal(f"{name}“{text[:20]}”应为0到100的数，最多一位小数。", LAW, "请核对成绩册后填写。")
    return mark
