"""证书内容: what must a certificate say, and which identity documents may it name?"""

from collections.abc import Mapping
from datetime import date

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.rules import Finding, met, rule, unmet
from touchstone.policy.documents import our_default

_SINCE = date(2019, 1, 1)

FIELDS: Dated[tuple[str, ...]] = Dated(
    "证书应载明的内容",
    Value(
        _SINCE,
        (
            "姓名",
            "证件类型",
            "证件号码",
            "职业名称",
            "职业技能等级",
            "证书编号",
            "评价机构",
            "发证日期",
            "查询二维码",
        ),
        our_default("证书内容"),
    ),
    key="certificates.fields",
    changeable=True,
)
IDENTITY_DOCUMENTS: Dated[tuple[str, ...]] = Dated(
    "报名和发证可以使用的证件类型",
    Value(
        _SINCE,
        (
            "居民身份证",
            "港澳居民来往内地通行证",
            "台湾居民来往大陆通行证",
            "港澳台居民居住证",
            "外国人永久居留身份证",
            "护照",
        ),
        our_default("证件类型"),
    ),
    key="certificates.identity_documents",
    changeable=True,
)


@rule("证书内容齐全")
def says_everything(content: Mapping[str, str], day: date) -> Finding:
    """Whether every field a certificate must carry is filled; `content` by the Chinese name of the field."""
    fields = FIELDS.on(day)
    missing = [name for name in fields.value if not content.get(name, "").strip()]
    if missing:
        return unmet(f"证书缺少：{'、'.join(missing)}", fields.clause)
    return met("证书内容齐全", fields.clause)


@rule("证件类型在可用范围之内")
def identity_document_accepted(kind: str, day: date) -> Finding:
    """Whether the kind of identity document is on the list."""
    kinds = IDENTITY_DOCUMENTS.on(day)
    if kind not in kinds.value:
        return unmet(f"证件类型“{kind}”不在“{'、'.join(kinds.value)}”之内", kinds.clause)
    return met(f"证件类型为{kind}", kinds.clause)
