"""备案路线: which way does an application go, step by step, and whose is each step?

`通知 三(一)1`–`3`. A filing follows the route in force on the day its draft was first sent for consent, to the end.
"""

from collections.abc import Mapping
from datetime import date

from touchstone.kernel.law import Clause, Dated, NotInForce, Refusal, Value
from touchstone.kernel.routes import Route, Step
from touchstone.policy.documents import notice, our_default
from touchstone.policy.filing.places import Place
from touchstone.policy.filing.terms import (
    ASSESSMENT_WITHIN,
    CONSENT_WITHIN,
    DECISION_WITHIN,
    EXPERT_REVIEW_WITHIN,
    FIRST_OPINION_WITHIN,
    NOTICE_WORKING_DAYS,
    PROJECT_WITHIN,
    RECOMMENDATION_WITHIN,
    REPORT_WITHIN,
    SELECTION_WITHIN,
    SIGN_WITHIN,
)
from touchstone.policy.roles import BodyKind, Ownership, Role

_SINCE = date(2024, 5, 1)
_EMPLOYERS, _SOCIAL, _SCHOOLS = notice("三(一)1"), notice("三(一)2"), notice("三(一)3")
_AUTHORITIES = (Place.INDUSTRY_AUTHORITY, Place.SUPERIOR_AUTHORITY)


def _of_authority(clause: Clause, parallel_with: tuple[str, ...] = ()) -> Step:
    title = "行业主管部门（或上级主管部门）同意"
    return Step("consent_of_authority", title, Role.CONSENT_OFFICER, clause, _AUTHORITIES, "one_of", CONSENT_WITHIN, parallel_with)


def _of_venues(clause: Clause) -> Step:
    return Step(
        "consent_of_venues",
        "考核点所在区人社局同意",
        Role.CONSENT_OFFICER,
        clause,
        (Place.BUREAU_OF_VENUE,),
        "per_venue",
        CONSENT_WITHIN,
        ("consent_of_authority",),
    )


def _assessment(clause: Clause, place: Place) -> Step:
    return Step("technical_assessment", "技术评估", Role.TECHNICAL_ASSESSOR, clause, (place,), "one_of", ASSESSMENT_WITHIN)


def _decision(clause: Clause, place: Place) -> Step:
    return Step("decision", "备案决定", Role.DIRECTOR, clause, (place,), "one_of", DECISION_WITHIN)


def _notice(place: Place) -> Step:
    return Step("public_notice", "备案公示", Role.PLATFORM, our_default("备案公示"), (place,), "one_of", NOTICE_WORKING_DAYS)


def _registration(clause: Clause) -> Step:
    return Step("registration", "登记并赋予站点序列码", Role.REGISTRAR, clause, (Place.CENTRE,), "one_of", SIGN_WITHIN)


_DISTRICT = Place.BUREAU_OF_REGISTRATION
CONSENT = Step(
    "consent", "征求同意", Role.CONSENT_OFFICER, _EMPLOYERS, (Place.INDUSTRY_OF_REGISTRATION, _DISTRICT), "one_of", CONSENT_WITHIN
)
REPORT_TO_CENTRE = Step("report_to_centre", "报送备案结果", Role.INTAKE_CLERK, _EMPLOYERS, (_DISTRICT,), "one_of", REPORT_WITHIN)
SIGN_FOR_REPORT = Step("sign_for_report", "签收并赋予站点序列码", Role.REGISTRAR, _EMPLOYERS, (Place.CENTRE,), "one_of", SIGN_WITHIN)
PROJECT_RECOMMENDATION = Step(
    "project_recommendation", "推荐社会化评价项目", Role.CONSENT_OFFICER, _SOCIAL, _AUTHORITIES, "one_of", RECOMMENDATION_WITHIN
)
PROJECT_SELECTION = Step("project_selection", "遴选确定评价项目", Role.DIRECTOR, _SOCIAL, (Place.CENTRE,), "one_of", PROJECT_WITHIN)
BODY_SELECTION = Step("body_selection", "公开征集遴选评价组织", Role.DIRECTOR, _SOCIAL, (Place.CENTRE,), "one_of", SELECTION_WITHIN)
FIRST_OPINION = Step(
    "first_opinion", "区初审意见", Role.DIRECTOR, _SCHOOLS, (Place.BUREAU_OF_HEADQUARTERS,), "one_of", FIRST_OPINION_WITHIN
)
EXPERT_RE_REVIEW = Step("expert_re_review", "市级专家复核", Role.EXPERT, _SCHOOLS, (Place.CENTRE,), "one_of", EXPERT_REVIEW_WITHIN)

CENTRAL_ENTERPRISE = Dated(
    "在沪央企、市属国企备案路线",
    Value(
        _SINCE,
        Route(
            "central_enterprise",
            "在沪央企、市属国企备案",
            (
                _of_authority(_EMPLOYERS, ("consent_of_venues",)),
                _of_venues(_EMPLOYERS),
                _assessment(_EMPLOYERS, Place.CENTRE),
                _decision(_EMPLOYERS, Place.CENTRE),
                _notice(Place.CENTRE),
                _registration(_EMPLOYERS),
            ),
        ),
        _EMPLOYERS,
    ),
    key="filing.route.central_enterprise",
)
DISTRICT_ENTERPRISE = Dated(
    "区属企业备案路线",
    Value(
        _SINCE,
        Route(
            "district_enterprise",
            "区属企业备案",
            (
                CONSENT,
                _assessment(_EMPLOYERS, _DISTRICT),
                _decision(_EMPLOYERS, _DISTRICT),
                _notice(_DISTRICT),
                REPORT_TO_CENTRE,
                SIGN_FOR_REPORT,
            ),
        ),
        _EMPLOYERS,
    ),
    key="filing.route.district_enterprise",
)
SOCIAL_BODY = Dated(
    "社会培训评价组织备案路线",
    Value(
        _SINCE,
        Route(
            "social_body",
            "社会培训评价组织备案",
            (
                PROJECT_RECOMMENDATION,
                PROJECT_SELECTION,
                BODY_SELECTION,
                _of_authority(_SOCIAL, ("consent_of_venues",)),
                _of_venues(_SOCIAL),
                _assessment(_SOCIAL, Place.CENTRE),
                _decision(_SOCIAL, Place.CENTRE),
                _notice(Place.CENTRE),
                _registration(_SOCIAL),
            ),
        ),
        _SOCIAL,
    ),
    key="filing.route.social_body",
)
SCHOOL = Dated(
    "院校备案路线",
    Value(
        _SINCE,
        Route(
            "school",
            "院校备案",
            (
                _of_authority(_SCHOOLS),
                _assessment(_SCHOOLS, Place.BUREAU_OF_HEADQUARTERS),
                FIRST_OPINION,
                EXPERT_RE_REVIEW,
                _decision(_SCHOOLS, Place.CENTRE),
                _notice(Place.CENTRE),
                _registration(_SCHOOLS),
            ),
        ),
        _SCHOOLS,
    ),
    key="filing.route.school",
)

ROUTES: tuple[tuple[BodyKind, Dated[Route]], ...] = (
    (BodyKind.ENTERPRISE, CENTRAL_ENTERPRISE),
    (BodyKind.ENTERPRISE, DISTRICT_ENTERPRISE),
    (BodyKind.SOCIAL, SOCIAL_BODY),
    (BodyKind.SCHOOL, SCHOOL),
)
"""Every route of filing, with the kind of body that takes it."""

IN_FORCE_FROM = _SINCE
GATES = frozenset({"project_recommendation", "project_selection", "body_selection"})
"""Steps taken before there is an application: the case proves that they were passed, and does not stop at them."""
CONSENTS = frozenset({"consent", "consent_of_authority", "consent_of_venues"})

CITY_ROUTE = Dated(
    "通知明定向市职鉴中心备案的所有制", Value(_SINCE, (Ownership.CENTRAL, Ownership.MUNICIPAL), _EMPLOYERS), key="filing.city_route_by_law"
)
BY_LAW = Dated("通知明定走区属企业路线的所有制", Value(_SINCE, (Ownership.DISTRICT,), _EMPLOYERS), key="filing.district_route_by_law")
BY_DEFAULT: Dated[tuple[Ownership, ...]] = Dated(
    "通知未提及、默认走注册地区属企业路线的所有制",
    Value(_SINCE, (Ownership.PRIVATE, Ownership.FOREIGN, Ownership.PUBLIC_INSTITUTION), our_default("民营、外资企业和事业单位备案路线")),
    key="filing.district_route_by_default",
    changeable=True,
)


def routes_on(day: date) -> tuple[tuple[BodyKind, Route], ...]:
    """This function will give every route that stands open on `day`, with its kind of body."""
    return tuple((kind, dated.on(day).value) for kind, dated in ROUTES if dated.values[0].since <= day)


def route_named(key: str, day: date) -> Route:
    """This function will give a route by its key, as it stood on `day`. :raises KeyError: when there is none."""
    return {route.key: route for _, route in routes_on(day)}[key]


def kind_of_route(key: str) -> BodyKind | None:
    """This function will say which kind of body takes a route, by its key in any of its versions; None for a key that is none of ours."""
    return next((kind for kind, dated in ROUTES for value in dated if value.value.key == key), None)


def which_route(kind: BodyKind, ownership: Ownership, day: date) -> Route:
    """This function will give the route an applicant takes on `day`.

    :raises Refusal: before any route was in force, and for an association that would evaluate as an enterprise does.
    """
    try:
        routes: Mapping[str, Route] = {dated.on(day).value.key: dated.on(day).value for _, dated in ROUTES}
        city, by_law, by_default = CITY_ROUTE.on(day).value, BY_LAW.on(day).value, BY_DEFAULT.on(day).value
    except NotInForce:
        raise Refusal(
            f"{day}时备案办法尚未施行，不能按现行路线备案。", notice("四(一)"), f"备案路线自{_SINCE}起施行，请按该日以后的日期办理。"
        ) from None
    if kind is BodyKind.SOCIAL:
        return routes["social_body"]
    if kind is BodyKind.SCHOOL:
        return routes["school"]
    if ownership in city:
        return routes["central_enterprise"]
    if ownership in {*by_law, *by_default}:
        return routes["district_enterprise"]
    raise Refusal(
        f"{ownership.label}不能以企业评价机构的身份新申请备案：面向社会的评价应纳入社会化职业技能等级认定。",
        _SOCIAL,
        "请以社会培训评价组织的身份参加公开征集；如所有制填写有误，请先更正机构信息。",
    )
