"""分享内容: which facts of a certificate may its holder choose to show, and what does each say?"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from touchstone.certificates.models import Certificate

FACTS: dict[str, str] = {
    "name": "姓名",
    "identity": "证件号码（打码）",
    "occupation": "职业（工种）",
    "level": "技能等级",
    "body": "评价机构",
    "issued_on": "发证日期",
    "number": "证书编号",
    "marks": "成绩",
}
"""Key → label, in the order shown. Whether the certificate stands is always shown."""


def chosen(keys: Iterable[str]) -> list[str]:
    """This function will give the known facts among `keys`, in order."""
    wanted = set(keys)
    return [key for key in FACTS if key in wanted]


def shown(certificate: "Certificate", keys: Iterable[str]) -> list[tuple[str, str]]:
    """This function will give label and words of each chosen fact."""
    said = {
        "name": certificate.holder_name,
        "identity": certificate.holder.id_masked,
        "occupation": certificate.occupation_label,
        "level": certificate.level_label + ("" if certificate.is_national else "（企业等级）"),
        "body": certificate.body_name,
        "issued_on": f"{certificate.issued_on.year}年{certificate.issued_on.month}月{certificate.issued_on.day}日",
        "number": certificate.number,
        "marks": _marks(certificate),
    }
    return [(FACTS[key].removesuffix("（打码）"), said[key]) for key in chosen(keys)]


def _marks(certificate: "Certificate") -> str:
    marks = (("理论", certificate.theory), ("技能", certificate.practical), ("综合评审", certificate.panel))
    return "，".join(f"{label}{mark.normalize():f}分" for label, mark in marks if mark is not None) or "不设分数"
