"""备案路线: which way does an application go, step by step, and whose is each step?

`通知 三(一)1`, second sentence. A filing follows the route in force on the day its draft was first sent for consent.
"""

from datetime import date

from touchstone.kernel.law import Dated, NotInForce, Refusal, Value
from touchstone.kernel.routes import Route, Step
from touchstone.policy.documents import notice, our_default
from touchstone.policy.filing.terms import (
    ASSESSMENT_WITHIN,
    CONSENT_WITHIN,
    DECISION_WITHIN,
    NOTICE_WORKING_DAYS,
    REPORT_WITHIN,
    SIGN_WITHIN,
)
from touchstone.policy.roles import BodyKind, Ownership, Role

_SINCE = date(2024, 5, 1)
_LAW = notice("三(一)1")

INDUSTRY_OF_REGISTRATION = "注册地区行业主管部门"
BUREAU_OF_REGISTRATION = "注册地区人力资源社会保障局"
CENTRE = "市职鉴中心"

CONSENT = Step("consent", "征求同意", Role.CONSENT_OFFICER, _LAW, (INDUSTRY_OF_REGISTRATION, BUREAU_OF_REGISTRATION), "one_of", CONSENT_WITHIN)
TECHNICAL_ASSESSMENT = Step("technical_assessment", "技术评估", Role.TECHNICAL_ASSESSOR, _LAW, (BUREAU_OF_REGISTRATION,), "one_of", ASSESSMENT_WITHIN)
DECISION = Step("decision", "备案决定", Role.DIRECTOR, _LAW, (BUREAU_OF_REGISTRATION,), "one_of", DECISION_WITHIN)
PUBLIC_NOTICE = Step(
    "public_notice",
    "备案公示",
    Role.PLATFORM,
    our_default("备案公示"),
    (BUREAU_OF_REGISTRATION,),
    "one_of",
    NOTICE_WORKING_DAYS,
)
REPORT_TO_CENTRE = Step("report_to_centre", "报送备案结果", Role.INTAKE_CLERK, _LAW, (BUREAU_OF_REGISTRATION,), "one_of", REPORT_WITHIN)
SIGN_FOR_REPORT = Step("sign_for_report", "签收并赋予站点序列码", Role.REGISTRAR, _LAW, (CENTRE,), "one_of", SIGN_WITHIN)

DISTRICT_ENTERPRISE = Dated(
    "区属企业备案路线",
    Value(
        _SINCE,
        Route(
            "district_enterprise",
            "区属企业备案",
            (CONSENT, TECHNICAL_ASSESSMENT, DECISION, PUBLIC_NOTICE, REPORT_TO_CENTRE, SIGN_FOR_REPORT),
        ),
        _LAW,
    ),
    key="filing.route.district_enterprise",
)

ROUTES: tuple[tuple[BodyKind, Dated[Route]], ...] = ((BodyKind.ENTERPRISE, DISTRICT_ENTERPRISE),)
"""Every route of filing the platform carries, with the kind of body that takes it."""

BY_LAW = Dated("通知明定走区属企业路线的所有制", Value(_SINCE, (Ownership.DISTRICT,), _LAW), key="filing.district_route_by_law")
BY_DEFAULT: Dated[tuple[Ownership, ...]] = Dated(
    "通知未提及、默认走注册地区属企业路线的所有制",
    Value(_SINCE, (Ownership.PRIVATE, Ownership.FOREIGN), our_default("民营、外资企业备案路线")),
    key="filing.district_route_by_default",
    changeable=True,
)


def routes_on(day: date) -> tuple[tuple[BodyKind, Route], ...]:
    """This function will give every route that stands open on `day`, with its kind of body."""
    return tuple((kind, dated.on(day).value) for kind, dated in ROUTES if dated.values[0].since <= day)


def which_route(kind: BodyKind, ownership: Ownership, day: date) -> Route:
    """This function will give the route an applicant takes on `day`.

    :raises Refusal: before any route was in force, and where another office takes the application.
    """
    try:
        route, by_law, by_default = DISTRICT_ENTERPRISE.on(day).value, BY_LAW.on(day).value, BY_DEFAULT.on(day).value
    except NotInForce:
        raise Refusal(
            f"{day}时备案办法尚未施行，不能按现行路线备案。", notice("四(一)"), f"备案路线自{_SINCE}起施行，请按该日以后的日期办理。"
        ) from None
    if kind is BodyKind.ENTERPRISE and ownership in {*by_law, *by_default}:
        return route
    if kind is BodyKind.SCHOOL:
        raise Refusal(
            "院校备案由学校总部注册地所在区人社局评估、市职鉴中心组织专家复核，本平台暂不能在线填报。",
            notice("三(一)3"),
            "请向学校总部注册地所在区人社局书面提出申请。",
        )
    if kind is BodyKind.SOCIAL:
        raise Refusal(
            "社会培训评价组织须经公开征集遴选，由市职鉴中心办理备案，本平台暂不能在线填报。",
            notice("三(一)2"),
            "请留意市职鉴中心的征集公告，并向市职鉴中心咨询。",
        )
    raise Refusal(
        f"{ownership.label}须经行业主管部门（或上级主管部门）和各考核点所在区人社局同意后，由市职鉴中心办理备案，本平台暂不能在线填报。",
        notice("三(一)1"),
        "请向市职鉴中心书面提出申请；如所有制填写有误，请先在机构信息中更正。",
    )
