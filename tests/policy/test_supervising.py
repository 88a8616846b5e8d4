"""监管职责与分级测试: who leads, does what is checked lead to what is listed, and is a grade what its parts say?"""

from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from touchstone.policy.monitoring.handling import supervising_district
from touchstone.policy.roles import BodyKind, OfficeKind, Ownership
from touchstone.policy.supervision.acts import ACTS, Tier
from touchstone.policy.supervision.assessment import SHEET, Band, band_of, consequence_of, points_of
from touchstone.policy.supervision.checks import CHECKS
from touchstone.policy.supervision.complaints import Origin
from touchstone.policy.supervision.grade import BodyYear, Grade, graded, way_up
from touchstone.policy.supervision.items import ITEMS, Answer, Way, acts_hinted, score_of
from touchstone.policy.supervision.ladder import Measure
from touchstone.policy.supervision.precedents import Precedent, nearest
from touchstone.policy.supervision.restrictions import Barred, restrictions_for
from touchstone.policy.supervision.treatment import stratum_of, to_draw, treatment_of
from touchstone.policy.supervision.unfiled import WHO_HANDLES, Claim, Seen, check_evaluator, handled_by
from touchstone.policy.supervision.who import Capacity, Matter, Watched, bureau_name, leads, who_supervises

DAY = date(2026, 3, 20)
PUDONG, XUHUI, CENTRE, OUTSIDE = "310115", "310104", "", ""

OWN = Watched(Matter.BODY, "甲厂", BodyKind.ENTERPRISE, PUDONG, PUDONG, (PUDONG,), ("machinery",))
CITY = Watched(Matter.BODY, "社评丙", BodyKind.SOCIAL, CENTRE, PUDONG, (PUDONG, XUHUI))
SCHOOL = Watched(Matter.BODY, "院校丁", BodyKind.SCHOOL, CENTRE, XUHUI, (XUHUI, PUDONG))


def test_every_office_with_its_capacity_and_clause() -> None:
    told = [(one.name, one.capacity.label, one.clause.short) for one in who_supervises(OWN, DAY)]
    assert told == [
        ("市人力资源社会保障局", "统筹规划、综合管理", "通知 三(三)1"),
        ("市职鉴中心", "组织实施、技术指导、监督检查", "通知 三(三)1"),
        ("浦东新区人力资源社会保障局", "督导检查", "通知 三(三)1"),
        ("浦东新区人力资源社会保障局", "督导检查", "通知 三(三)1"),
        ("装备制造行业主管部门", "协助督导检查", "通知 三(三)1"),
        ("甲厂", "内部督导、问题回溯、责任追究", "通知 三(三)1"),
    ]


LEADS = [
    ("区级备案企业由备案的区", OWN, PUDONG),
    ("区级备案企业的案件，发生在别区考核点", replace(OWN, matter=Matter.CASE, venues=(XUHUI,)), PUDONG),
    ("区级备案企业在别区的考核点由该区", replace(OWN, matter=Matter.VENUE, venues=(XUHUI,)), XUHUI),
    ("区级备案企业在别区的场次由该区", replace(OWN, matter=Matter.SITTING, venues=(XUHUI,)), XUHUI),
    ("市级备案机构跨两区由市职鉴中心", CITY, CENTRE),
    ("市级备案机构只在一区由该区", replace(CITY, venues=(XUHUI,)), XUHUI),
    ("市级备案机构没有考核点由市职鉴中心", replace(CITY, venues=()), CENTRE),
    ("市级备案机构一处在外地由市职鉴中心", replace(CITY, venues=(XUHUI, OUTSIDE)), CENTRE),
    ("外地考核点由市职鉴中心", replace(CITY, matter=Matter.VENUE, venues=(OUTSIDE,)), CENTRE),
    ("院校由总部注册地的区", SCHOOL, XUHUI),
    ("未经备案的由所在区", Watched(Matter.CASE, "某协会", None, None, XUHUI), XUHUI),
    ("外地来的未经备案评价由举办地的区", Watched(Matter.CASE, "外地公司", None, None, OUTSIDE, (PUDONG,)), PUDONG),
]


@pytest.mark.parametrize(("it", "district"), [line[1:] for line in LEADS], ids=[line[0] for line in LEADS])
def test_who_leads(it: Watched, district: str) -> None:
    assert leads(it, DAY) == district
    assert bureau_name(leads(it, DAY))


@pytest.mark.parametrize(
    ("kind", "ownership", "filed_by"),
    [
        pytest.param(BodyKind.ENTERPRISE, Ownership.PRIVATE, PUDONG, id="民营企业"),
        pytest.param(BodyKind.ENTERPRISE, Ownership.CENTRAL, CENTRE, id="央企"),
        pytest.param(BodyKind.SOCIAL, Ownership.ASSOCIATION, CENTRE, id="社会培训评价组织"),
        pytest.param(BodyKind.SCHOOL, Ownership.PUBLIC_INSTITUTION, CENTRE, id="院校"),
    ],
)
def test_a_case_is_led_by_the_office_that_has_the_alert(kind: BodyKind, ownership: Ownership, filed_by: str) -> None:
    for venue in (PUDONG, XUHUI):
        case = Watched(Matter.CASE, "甲", kind, filed_by, PUDONG, (venue,))
        assert leads(case, DAY) == supervising_district(kind, ownership, PUDONG, venue, DAY)


def test_somebody_never_filed_does_not_supervise_itself() -> None:
    found = who_supervises(Watched(Matter.BODY, "某协会", None, None, XUHUI), DAY)
    assert {one.office for one in found} == {OfficeKind.CITY_BUREAU, OfficeKind.CITY_CENTRE, OfficeKind.DISTRICT_BUREAU}
    assert Capacity.ITSELF not in {one.capacity for one in found}


def test_every_question_belongs_to_an_item_and_hints_at_listed_acts() -> None:
    checks, items, acts = CHECKS.on(DAY).value, ITEMS.on(DAY).value, ACTS.on(DAY).value
    assert {one.item for one in checks} == set(items)
    assert {act for one in checks for act in one.acts} <= set(acts)
    assert max(Counter(one.key for one in checks).values()) == 1
    assert all(one.key.startswith(f"{one.item}.") and one.weight > 0 for one in checks)


def test_every_field_of_the_notice_and_every_way_is_covered() -> None:
    items = ITEMS.on(DAY).value.values()
    assert {one.clause.short for one in items} == {f"通知 三(三)2({n})" for n in (1, 2, 3, 4)}
    assert {way for one in items for way in one.ways} == set(Way) - {Way.RANDOM_DRAW}
    assert [one.label for one in Way] == ["双随机、一公开", "现场检查", "数据比对", "远程监控", "调取资料"]


def test_points_of_a_visit() -> None:
    answers = {"fees.charged": Answer.NO, "fees.words": Answer.YES, "fees.answers": Answer.NOT_HERE}
    assert score_of(answers, DAY) == 57.1  # 权重3不符合，权重4符合
    assert score_of({"fees.answers": Answer.NOT_HERE}, DAY) is None
    assert acts_hinted(answers, DAY) == {"fees.charged": ("fees_not_published", "unlawful_fees")}


GOOD = BodyYear(visits=95, assessment=92, entries=1000, entries_wrong=10, due=20, late=1, evaluated=1000, alerts=1, complaints=0)
GRADES = [
    ("样样都好", GOOD, Grade.A, 94.8),
    ("检查得分低", replace(GOOD, visits=50), Grade.B, 81.3),
    ("检查、考核都低", replace(GOOD, visits=20, assessment=40), Grade.D, 59.3),
    ("预警多到不得分", replace(GOOD, alerts=10), Grade.B, 85.8),
    ("预警再多也不倒扣", replace(GOOD, alerts=90), Grade.B, 85.8),
    ("新机构没有数据", BodyYear(), Grade.NONE, None),
    ("已知不到一半", BodyYear(assessment=92, entries=100), Grade.NONE, None),
    ("已知恰好一半", BodyYear(visits=95, entries=100), Grade.A, 97.0),
    ("年内受过一般处理", replace(GOOD, upheld=((Tier.MINOR, DAY),)), Grade.B, 94.8),
    ("年内受过严重处理", replace(GOOD, upheld=((Tier.SERIOUS, DAY),)), Grade.C, 94.8),
    ("年内受过特别严重处理", replace(GOOD, upheld=((Tier.GRAVE, DAY),)), Grade.D, 94.8),
    ("立行立改不影响等级", replace(GOOD, upheld=((Tier.NOT_YET, DAY),)), Grade.A, 94.8),
    ("处理满一年前一日", replace(GOOD, upheld=((Tier.SERIOUS, date(2025, 3, 21)),)), Grade.C, 94.8),
    ("处理满一年当日", replace(GOOD, upheld=((Tier.SERIOUS, date(2025, 3, 20)),)), Grade.A, 94.8),
    ("没有数据而受过严重处理", BodyYear(upheld=((Tier.SERIOUS, DAY),)), Grade.C, None),
]


@pytest.mark.parametrize(("year", "grade", "points"), [line[1:] for line in GRADES], ids=[line[0] for line in GRADES])
def test_grade(year: BodyYear, grade: Grade, points: float | None) -> None:
    found = graded(year, DAY)
    assert (found.grade, found.points) == (grade, points)


def test_the_way_up_is_told() -> None:
    found = graded(replace(GOOD, visits=50, upheld=((Tier.SERIOUS, DAY),)), DAY)
    told = way_up(found, DAY)
    assert told[0] == "严重违纪违规的处理决定自2027-03-20起不再限制等级"
    assert told[1] == "再得8.7分可以评为A级"
    assert told[2].startswith("检查得分还可以提高（检查平均50分")
    assert way_up(graded(BodyYear(), DAY), DAY) == ("补齐检查得分、年度考核得分、证书数据正确率、按期办理率、成立的预警、属实的投诉后可以定级",)
    assert way_up(graded(GOOD, DAY), DAY) == ()


def test_a_better_grade_is_never_treated_worse() -> None:
    for kind in BodyKind:
        treated = [treatment_of(kind, grade, DAY) for grade in (Grade.A, Grade.B, Grade.C, Grade.D)]
        for better, worse in pairwise(treated):
            assert better.drawn <= worse.drawn
            assert better.on_site <= worse.on_site
            assert better.looked_at <= worse.looked_at
            assert better.rows >= worse.rows
            assert better.before <= worse.before


def test_treatment_in_words() -> None:
    assert treatment_of(BodyKind.SOCIAL, Grade.C, DAY).words == (
        "每年随机抽查70%",
        "外部督导到场30%的场次",
        "证书数据先审后收，人工抽查30%",
        "一批最多500行",
    )


@pytest.mark.parametrize(("bodies", "drawn"), [(0, 0), (1, 1), (10, 1), (11, 2), (100, 10)])
def test_how_many_are_drawn(bodies: int, drawn: int) -> None:
    assert to_draw(BodyKind.ENTERPRISE, Grade.A, bodies, DAY) == drawn


def test_strata_are_plain_keys() -> None:
    assert stratum_of(BodyKind.SOCIAL, Grade.NONE) == "social-none"
    assert len({stratum_of(kind, grade) for kind in BodyKind for grade in Grade}) == len(BodyKind) * len(Grade)


RESTRICTED = [
    ("立行立改", Tier.NOT_YET, [], None),
    ("一般情形半年", Tier.MINOR, [Barred.MODEL], date(2026, 9, 20)),
    ("严重情形一年", Tier.SERIOUS, [Barred.WIDEN, Barred.MODEL, Barred.SUPPORT], date(2027, 3, 20)),
    ("特别严重情形三年", Tier.GRAVE, [Barred.FILE, Barred.WIDEN, Barred.MODEL, Barred.SUPPORT], date(2029, 3, 20)),
    ("只移送的", Tier.UNLAWFUL, [], None),
]


@pytest.mark.parametrize(("tier", "barred", "until"), [line[1:] for line in RESTRICTED], ids=[line[0] for line in RESTRICTED])
def test_what_a_decision_keeps_a_body_from(tier: Tier, barred: list[Barred], until: date | None) -> None:
    found = restrictions_for("AJ1", tier, DAY)
    assert [one.barred for one in found] == barred
    assert {one.period.until for one in found} == ({until} if until else set())


def test_sheet_of_the_year_adds_up_to_a_hundred() -> None:
    sheet = SHEET.on(DAY).value
    assert sum(one.weight for one in sheet) == 100
    whole = {one.key: float(one.weight) for one in sheet}
    assert points_of(whole, DAY) == 100.0
    assert points_of({**whole, "papers": 4.5}, DAY) == 94.5
    assert points_of({**whole, "papers": 99.0}, DAY) == 100.0
    assert points_of({"papers": 10.0}, DAY) is None


BANDS = [
    (90.0, [], Band.EXCELLENT),
    (89.9, [], Band.GOOD),
    (75.0, [], Band.GOOD),
    (74.9, [], Band.PASSED),
    (60.0, [], Band.PASSED),
    (59.9, [], Band.FAILED),
    (95.0, [Tier.MINOR], Band.GOOD),
    (95.0, [Tier.SERIOUS], Band.PASSED),
    (95.0, [Tier.GRAVE], Band.FAILED),
    (95.0, [Tier.NOT_YET], Band.EXCELLENT),
]


@pytest.mark.parametrize(("points", "upheld", "band"), BANDS)
def test_band(points: float, upheld: list[Tier], band: Band) -> None:
    assert band_of(points, upheld, DAY) is band


@pytest.mark.parametrize(
    ("bands", "follows"),
    [
        pytest.param([], "", id="没有考核"),
        pytest.param([Band.PASSED], "", id="合格"),
        pytest.param([Band.FAILED], "rectify", id="一年不合格限期整改"),
        pytest.param([Band.FAILED, Band.PASSED], "", id="上年不合格本年合格"),
        pytest.param([Band.FAILED, Band.PASSED, Band.FAILED], "rectify", id="不合格不连续"),
        pytest.param([Band.FAILED, Band.FAILED], "two_failed_years", id="连续两年不合格"),
    ],
)
def test_what_follows_from_failing(bands: list[Band], follows: str) -> None:
    assert consequence_of(bands, DAY) == follows
    assert follows in {"", Measure.RECTIFY.value, *ACTS.on(DAY).value}


def test_nearest_precedents() -> None:
    def case(number: str, acts: set[str], tier: Tier, day: date) -> Precedent:
        return Precedent(number, frozenset(acts), tier, frozenset({Measure.ORDER}), day)

    early, late = date(2025, 1, 1), date(2025, 6, 1)
    earlier = [
        case("同情形不同档", {"camera_gaps"}, Tier.SERIOUS, late),
        case("一半相同", {"camera_gaps", "no_recusal"}, Tier.MINOR, late),
        case("完全相同较早", {"camera_gaps"}, Tier.MINOR, early),
        case("完全相同较近", {"camera_gaps"}, Tier.MINOR, late),
        case("毫不相干", {"conceals"}, Tier.MINOR, late),
        case("以后的", {"camera_gaps"}, Tier.MINOR, date(2026, 3, 21)),
    ]
    found = nearest({"camera_gaps"}, Tier.MINOR, earlier, DAY)
    assert [one.number for one in found[:2]] == ["完全相同较近", "完全相同较早"]
    assert {one.number for one in found[2:]} == {"一半相同", "同情形不同档"}


def test_who_handles_what_an_unfiled_evaluator_did() -> None:
    seen = Seen("某协会", Claim.ABILITY, title="国家咖啡师能力评价", promises=True)
    assert [one.label for one in handled_by(check_evaluator(seen, DAY), DAY)] == ["市场监管部门"]
    level = Seen("某培训部", Claim.LEVEL, title="等级证书", filed=False)
    assert [one.label for one in handled_by(check_evaluator(level, DAY), DAY)] == ["其他主管部门"]
    assert {f"supervision.{key}" for key in WHO_HANDLES.on(DAY).value} == {one.rule for one in check_evaluator(seen, DAY)}


def test_leads_come_from_everywhere() -> None:
    assert [one.label for one in Origin] == ["投诉举报", "媒体报道", "其他部门移送", "比对预警", "检查发现"]
