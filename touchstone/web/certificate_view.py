"""证书页公用: what does a certificate's page show to the body that issued it and to the authorities?"""

from typing import TYPE_CHECKING, Any

from touchstone.accounts.actor import NotAllowed
from touchstone.certificates import permissions
from touchstone.certificates.queries import certificates, credential_of, verify_path
from touchstone.ledger.queries import history
from touchstone.policy.documents import notice
from touchstone.policy.roles import OfficeKind
from touchstone.revocations import permissions as revoking
from touchstone.revocations.queries import cases_about
from touchstone.web.cases import case_url
from touchstone.web.doors import Request, own_side
from touchstone.web.templatetags.look import day

if TYPE_CHECKING:
    from touchstone.certificates.models import Certificate

_EVENTS = {
    "certificate.issued": ("核发", "ok"),
    "certificate.signed": ("补签", "ok"),
    "certificate.entered": ("登记", "ok"),
    "certificate.printed": ("打印", "neutral"),
    "certificate.examination_begun": ("开始核查", "warn"),
    "certificate.examination_ended": ("结束核查", "ok"),
    "certificate.revoked": ("撤销", "danger"),
    "certificate.reissued": ("补发", "info"),
}
_BASIS = (
    ("condition", "申报条件"),
    ("exception", "破格或直接认定"),
    ("exempt", "以课程单元免考"),
    ("earlier_certificate", "原有证书"),
    ("applied_on", "申报日期"),
    ("exam_on", "考试日期"),
    ("appointment", "聘任编号"),
    ("held", "原有证书或聘书"),
    ("notice", "公示编号"),
    ("filing", "备案编号"),
    ("standard", "评价依据"),
    ("pilot", "试点编号"),
    ("replaces", "代替的证书"),
    ("replaced_case", "更正、补发或恢复的案件"),
)


def seen_by(request: Request, number: str) -> "Certificate":
    """This function will give a certificate the actor may see. :raises NotAllowed: with a sentence."""
    found = certificates(request.actor).filter(number=number).first()
    if found is None:
        raise NotAllowed("没有这本证书，或者它不在您的管辖范围内。", notice("一"), "请核对证书编号；核验真伪请用公众查验页面。")
    return found


def shown(request: Request, found: "Certificate") -> dict[str, Any]:
    """This function will give what both pages show."""
    office, credential = found.body.office_id, credential_of(found)
    sees_keys = request.actor.office_kind is not OfficeKind.INDUSTRY_AUTHORITY
    marks = [("理论知识考试", found.theory), ("技能考核", found.practical), ("综合评审", found.panel)]
    return {
        "certificate": found,
        "appointed": found.plan_number.startswith("PP"),
        "basis": [(label, _words(key, found.basis[key])) for key, label in _BASIS if found.basis.get(key)],
        "marks": [
            *((label, f"{mark.normalize():f}分") for label, mark in marks if mark is not None),
            *((name, f"{mark}分") for name, mark in found.basis.get("elements", {}).items()),
            *([("综合成绩", f"{found.basis['total']}分")] if found.basis.get("total") else []),
        ],
        "entries": [_line(entry) for entry in history(found.number)],
        "examined_url": case_url(found.examined_case, request.actor) if found.is_examined else "",
        "verify_path": verify_path(found.number),
        "credential": credential,
        "may_hand_out": permissions.can(request.actor, "hand_out", office),
        "key_url": own_side(request, "issuer_key", credential.key.number) if credential and sees_keys else "",
        "why_not_print": permissions.why_not(request.actor, "print", office),
        "cases": [{"row": one, "url": case_url(one.number, request.actor)} for one in cases_about(found.number, request.actor)],
        "revoke_url": own_side(request, "revocation_new") if revoking.can(revoking.check_may_open, request.actor) else "",
        "why_not_revoke": revoking.why_not(revoking.check_may_open, request.actor) or revoking.why_not_about(request.actor, found.body),
    }


def _words(key: str, value: str) -> str:
    return day(value) if key.endswith("_on") else value


def _line(entry: Any) -> dict[str, Any]:
    what, tone = _EVENTS.get(entry.event, (entry.event, "neutral"))
    return {"what": what, "tone": tone, "who": entry.actor_label, "at": entry.at, "opinion": entry.reason, "receipt": f"#{entry.pk}"}
