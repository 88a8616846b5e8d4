"""办理单位: which office does a step of a route mean, in words that fit every applicant?

A place becomes an office only where a filing's facts are known (registered where, venues where, which field).
"""

from enum import StrEnum


class Place(StrEnum):
    """Where a step is taken, as the notice names it."""

    INDUSTRY_OF_REGISTRATION = "industry_of_registration"
    BUREAU_OF_REGISTRATION = "bureau_of_registration"
    INDUSTRY_AUTHORITY = "industry_authority"
    SUPERIOR_AUTHORITY = "superior_authority"
    BUREAU_OF_VENUE = "bureau_of_venue"
    BUREAU_OF_HEADQUARTERS = "bureau_of_headquarters"
    CENTRE = "centre"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Place.INDUSTRY_OF_REGISTRATION: "注册地区行业主管部门",
    Place.BUREAU_OF_REGISTRATION: "注册地区人力资源社会保障局",
    Place.INDUSTRY_AUTHORITY: "行业主管部门",
    Place.SUPERIOR_AUTHORITY: "上级主管部门",
    Place.BUREAU_OF_VENUE: "考核点所在区人力资源社会保障局",
    Place.BUREAU_OF_HEADQUARTERS: "学校总部注册地区人力资源社会保障局",
    Place.CENTRE: "市职鉴中心",
}
