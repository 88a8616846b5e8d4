"""技术指导: who advises a body, and within how many days is a question answered?

`通知 一` charges 市职鉴中心 and the districts with 技术指导 and the industry authorities with 行业指导; days are ours.
"""

from datetime import date

from touchstone.kernel.law import Dated, Value
from touchstone.policy.documents import notice, our_default
from touchstone.policy.filing.routes import CITY_ROUTE
from touchstone.policy.roles import BodyKind, OfficeKind, Ownership

_SINCE = date(2024, 5, 1)
GUIDANCE = notice("一")
ANSWER_WITHIN: Dated[int] = Dated(
    "技术咨询的答复期限", Value(_SINCE, 5, our_default("技术咨询答复期限")), key="guidance.answer_within", unit="个工作日", changeable=True
)


def adviser_of(kind: BodyKind, ownership: Ownership, day: date) -> OfficeKind:
    """This function will say who advises a body: whoever its filing goes to first."""
    to_the_city = kind is BodyKind.SOCIAL or (kind is BodyKind.ENTERPRISE and ownership in CITY_ROUTE.on(day).value)
    return OfficeKind.CITY_CENTRE if to_the_city else OfficeKind.DISTRICT_BUREAU
