"""考生页面测试: does a candidate see what is theirs and nothing else, and does everyone else stay outside?"""

from dataclasses import replace
from datetime import date

import pytest
from django.test import Client

from tests.cast import Cast
from tests.exams.conftest import draft, item, plan  # noqa: F401
from tests.exams.registering import entry, terms_from
from tests.exams.stage import Stage
from tests.web.test_filing_pages import client
from touchstone.accounts.actor import PLATFORM, NotAllowed
from touchstone.accounts.models import Person
from touchstone.accounts.operations import LogIn, open_log_in
from touchstone.accounts.people import Identity, opened_id_number
from touchstone.accounts.queries import office
from touchstone.certificates.models import Certificate
from touchstone.certificates.queries import verify_path
from touchstone.exams.models import Candidate, OwnDraft, Plan
from touchstone.exams.operations.candidate_desk import seat, sign_up_candidate, take_candidate_desk
from touchstone.exams.operations.own_registration import begin_own_registration
from touchstone.exams.operations.plan_report import report_plan
from touchstone.exams.operations.plans import draft_plan
from touchstone.exams.operations.registration import register_candidate
from touchstone.exams.queries import own
from touchstone.filings.models import ScopeItem
from touchstone.guidance.models import Paper
from touchstone.kernel.law import Refusal
from touchstone.policy.roles import OfficeKind, Role
from touchstone.simulation.cast import identity_of
from touchstone.simulation.identity import id_number, phone
from touchstone.web import clock

SECRET = "考试报名用的一个长密码"


@pytest.fixture
def mine(cast: Cast, plan: Plan) -> Candidate:  # noqa: F811
    """Give the registration of 陈 by the body's workbook."""
    return register_candidate(plan_number=plan.number, entry=replace(entry(1), identity=identity_of("chen")), by=cast.sun, at=cast.at)


@pytest.fixture
def other(cast: Cast, plan: Plan) -> Candidate:  # noqa: F811
    """Give somebody else's registration in the same plan."""
    return register_candidate(plan_number=plan.number, entry=entry(2), by=cast.sun, at=cast.at)


def test_the_first_page_says_what_comes_next(cast: Cast) -> None:
    """没有报名的人，首页只有一件事：去找可以报名的机构。"""
    page = client("chen").get("/me/").content.decode()
    assert "陈一诺，您好" in page and "报名参加评价" in page
    assert "None" not in page


def test_somebody_registered_by_their_body_finds_it(cast: Cast, mine: Candidate) -> None:
    """机构集体报名的，本人登录就能看到，并且知道还差什么。"""
    browser = client("chen")
    assert "补充证明" in browser.get("/me/").content.decode()
    assert mine.plan.body.name in browser.get("/me/registrations").content.decode()
    page = browser.get(f"/me/registrations/{mine.number}").content.decode()
    assert "None" not in page and mine.number in page


def test_somebody_elses_registration_is_not_shown(cast: Cast, mine: Candidate, other: Candidate) -> None:
    """知道别人的考生编号也打不开。"""
    assert client("chen").get(f"/me/registrations/{other.number}").status_code == 403
    with pytest.raises(NotAllowed):
        own.own_candidacy(other.number, cast.chen)
    assert list(own.own_candidacies(cast.chen)) == [mine]


def test_a_desk_at_another_office_shows_nothing_of_ones_own(cast: Cast, mine: Candidate) -> None:
    """同一个人以别的身份办事时，看不到本人的报名。"""
    as_officer = replace(cast.chen, office_kind=OfficeKind.DISTRICT_BUREAU, roles=frozenset({Role.SUPERVISOR}), district="310104")
    assert not own.own_candidacies(as_officer).exists()
    assert not Candidate.objects.visible_to(as_officer).exists()
    assert Candidate.objects.visible_to(cast.sun).get() == mine
    assert not Candidate.objects.visible_to(cast.shi).exists()


@pytest.mark.parametrize("who", ["lin", "zhou", "tao", "song", "zhu"])
def test_others_do_not_come_in(who: str, cast: Cast) -> None:
    assert client(who).get("/me/").status_code == 403


@pytest.mark.parametrize("page", ["", "registrations", "registrations/KS202600001000001"])
def test_nobody_comes_in_without_log_in(page: str, cast: Cast) -> None:
    assert client("").get(f"/me/{page}").status_code == 302


@pytest.mark.parametrize("door", ["/body/", "/desk/", "/expert/", "/ops/"])
def test_a_candidate_stays_outside_the_other_doors(door: str, cast: Cast) -> None:
    assert client("chen").get(door).status_code == 403


def test_what_is_meant_for_bodies_is_not_for_candidates(cast: Cast) -> None:
    """只对机构公开的资料，考生与公众一样看不到。"""
    assert "reach" in str(Paper.objects.visible_to(cast.chen).query.where)


@pytest.fixture
def form(cast: Cast, item: ScopeItem) -> OwnDraft:  # noqa: F811
    """Give the form that 陈 has begun in a plan open to candidates."""
    today = clock.now()
    drafted = draft_plan(scope_item_id=item.pk, terms=replace(terms_from(today.date()), open_to_candidates=True, fee=280), by=cast.sun, at=today)
    report_plan(number=drafted.number, by=cast.sun, at=today)
    return begin_own_registration(plan_number=drafted.number, by=cast.chen, at=today)


STEPS = ["", "/photo", "/evidence", "/confirm"]


@pytest.mark.parametrize("step", STEPS)
def test_a_form_is_seen_by_its_person_only(step: str, cast: Cast, form: OwnDraft) -> None:
    address = f"/me/apply/{form.number}{step}"
    page = client("chen").get(address)
    assert page.status_code == 200 and "None" not in page.content.decode()
    assert client("").get(address).status_code == 302
    take_candidate_desk(by=cast.shi, at=cast.at)
    beside = client("shi")
    beside.post("/switch-office", {"office": office("CANDIDATES").pk})
    assert beside.get("/me/").status_code == 200
    assert {beside.get(address).status_code, client("lin").get(address).status_code} == {403}


def test_open_plans_are_public_and_searched(cast: Cast, form: OwnDraft) -> None:
    """不登录也能查；按职业、等级、区、机构筛选；一页的查询次数不随计划数增加。"""
    public, number = client(""), form.plan.number
    assert number in public.get("/plans").content.decode()
    assert number in public.get("/plans", {"occupation": "车工", "level": "4", "district": "310115", "body": "甲辰"}).content.decode()
    for asked in ({"level": "3"}, {"district": "310104"}, {"body": "乙巳"}, {"occupation": "西式面点"}):
        assert number not in public.get("/plans", asked).content.decode()
    assert "280元/人" in public.get(f"/plans/{number}").content.decode()
    assert public.get("/plans/JH1").status_code == 404
    assert "我要报名" in public.get(f"/plans/{number}").content.decode()
    assert "报名只能由考生本人办理" in client("zhou").get(f"/plans/{number}").content.decode(), "其他身份的人不应被带到进不去的页面"
    assert "继续填写" in client("chen").get(f"/me/plans/{number}").content.decode()
    assert client("").get(f"/me/plans/{number}").status_code == 302
    assert "继续报名：车工" in client("chen").get("/me/").content.decode()


SIGN_UP = "/sign-up/candidate"


def given(username: str = "newcomer", **changes: str) -> dict[str, str]:
    """Give a filled form of somebody new."""
    who = Identity("程新来", id_number(401, birthday=date(1995, 5, 5), male=True), phone(9001))
    return {"name": who.name, "id_number": who.id_number, "phone": who.phone, "username": username, "password": SECRET, "again": SECRET} | changes


def test_somebody_signs_up_and_is_at_their_desk(cast: Cast) -> None:
    """注册成功就登录，首页是考生的。"""
    browser = client("")
    assert browser.post(SIGN_UP, given())["Location"] == "/me/"
    assert "程新来，您好" in browser.get("/me/").content.decode()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        pytest.param({"again": "另一个密码很长的"}, "两次输入的密码不一样", id="密码不一致"),
        pytest.param({"password": "1234567890", "again": "1234567890"}, "密码过于简单", id="密码太简单"),
        pytest.param({"username": "lin"}, "登录名 lin 已被使用", id="登录名被占"),
        pytest.param({"id_number": "310115199505050011"}, "证件号码", id="证件号码不对"),
        pytest.param({"phone": "12345"}, "手机号码应为11位数字", id="手机号码不对"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(cast: Cast, changes: dict[str, str], says: str) -> None:
    page = client("").post(SIGN_UP, given(**changes)).content.decode()
    assert says in page and "程新来" in page
    assert not Person.objects.filter(name="程新来").exists()


def test_nobody_takes_another_persons_registrations(cast: Cast, other: Candidate) -> None:
    """知道别人的姓名和证件号码还不够，手机号码要与报名时一致。"""
    theirs = {"name": other.person.name, "id_number": opened_id_number(other.person)}
    assert "不能确认是您本人" in client("").post(SIGN_UP, given(**theirs, phone=phone(9002))).content.decode()
    browser = client("")
    assert browser.post(SIGN_UP, given(**theirs, phone=entry(2).identity.phone))["Location"] == "/me/"
    assert other.number in browser.get(f"/me/registrations/{other.number}").content.decode()


def test_somebody_with_a_log_in_takes_a_desk_beside_their_office(cast: Cast) -> None:
    """机构人员自己也要考证：同一个账号，多一个身份。"""
    browser = client("lin")
    assert "开通考生身份" in browser.get(SIGN_UP).content.decode()
    browser.post(SIGN_UP)
    assert browser.get(SIGN_UP)["Location"] == "/me/"
    assert "林知夏，您好" in browser.get("/me/").content.decode()
    assert client("chen").get(SIGN_UP)["Location"] == "/me/"
    with pytest.raises(Refusal, match="已经有考生身份"):
        take_candidate_desk(by=cast.chen, at=cast.at)
    with pytest.raises(NotAllowed):
        sign_up_candidate(name="某某", id_number="x", phone="1", log_in=LogIn("some", SECRET), by=cast.chen, at=cast.at)


def desk_of(candidate: Candidate, cast: Cast, username: str) -> Client:
    """Give the browser of a candidate who has just come to a desk of their own."""
    open_log_in(person=candidate.person, username=username, password=SECRET, by=PLATFORM, at=cast.at)
    seat(candidate.person, cast.at)
    return client(username)


def test_ticket_result_and_certificate_come_one_after_the_other(cast: Cast) -> None:
    """考务编排后有准考证；公示后才看得到成绩，可以提出异议；发证后有查验页；别人的一样也看不到。"""
    stage = Stage(cast).reviewed().with_sittings()
    first, second = stage.plan.candidates.order_by("number")[:2]
    browser, stranger = desk_of(first, cast, "first"), desk_of(second, cast, "second")
    page, ticket = f"/me/registrations/{first.number}", f"/me/registrations/{first.number}/ticket.pdf"
    assert browser.get(ticket).status_code == 404

    stage.arranged()
    assert browser.get(ticket).content.startswith(b"%PDF")
    assert {stranger.get(one).status_code for one in (page, ticket)} == {403}
    stage.held().scored(("88.5", "77"))
    assert "88.5" not in browser.get(page).content.decode()

    stage.announced()
    shown = browser.get(page).content.decode()
    assert "88.5" in shown and "77" in shown and "查看公示、提出异议" in shown and "None" not in shown
    stage.confirmed().certified()
    certificate = Certificate.objects.get(candidate_number=first.number)
    assert "证书已核发" in browser.get(page).content.decode()
    mine = browser.get("/me/certificates").content.decode()
    assert certificate.number in mine and verify_path(certificate.number).split("?")[0] in mine
    assert certificate.number not in stranger.get("/me/certificates").content.decode()
    assert "还没有证书" in client("chen").get("/me/certificates").content.decode()
    assert client("").get("/me/certificates").status_code == 302
