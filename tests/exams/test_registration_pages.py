"""计划与报名页面测试: who gets in, what a refused form keeps, and how many queries does a list need?"""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast, set_up
from tests.exams.registering import entry, row, terms_from, workbook
from touchstone.accounts.actor import PLATFORM
from touchstone.accounts.models import User
from touchstone.exams.models import Candidate, Plan, Upload
from touchstone.exams.operations.plans import draft_plan
from touchstone.exams.operations.registration import register_candidate
from touchstone.exams.operations.registration_import import process_upload
from touchstone.exams.operations.registration_upload import receive_upload
from touchstone.filings.models import ScopeItem
from touchstone.web import clock

PAGES = ["plan", "plan_change", "registration", "registration_template", "candidate_new", "candidates", "eligibility_summary"]


@pytest.fixture
def cast(db: None) -> Cast:
    """Give the cast today: pages read the clock."""
    return set_up(clock.now())


def logged_in(client: Client, username: str) -> Client:
    """Give a client logged in as somebody of the cast."""
    client.force_login(User.objects.get(username=username), backend="touchstone.accounts.backends.PasswordBackend")
    return client


def addresses(plan: Plan, candidate: Candidate, upload: Upload) -> list[str]:
    """Give every page about one plan."""
    return [
        *(reverse(f"body:{name}", args=[plan.number]) for name in PAGES),
        reverse("body:candidate", args=[candidate.number]),
        reverse("body:upload", args=[upload.number]),
        reverse("body:upload_progress", args=[upload.number]),
        reverse("body:upload_file", args=[upload.number, "original"]),
    ]


@pytest.fixture
def upload(cast: Cast, plan: Plan) -> Upload:
    """Give a processed workbook of three."""
    content = workbook(plan, [row(1), row(2, sex="女"), row(3, employer="上海某人力资源有限公司")], cast.at.date())
    found = receive_upload(
        plan_number=plan.number, name="报名表.xlsx", content=content, ground="own_staff", employment="直接用工", by=cast.sun, at=cast.at
    )
    return process_upload(number=found.number, by=PLATFORM, at=cast.at)


def test_the_bodys_own_people_see_every_page(client: Client, plan: Plan, upload: Upload) -> None:
    logged_in(client, "sun")
    for address in addresses(plan, plan.candidates.all()[0], upload):
        assert client.get(address).status_code == 200, address


@pytest.mark.parametrize("who", [pytest.param("shi", id="别的机构"), pytest.param("wang", id="区局"), pytest.param("zhu", id="系统管理员")])
def test_nobody_else_sees_them(client: Client, plan: Plan, upload: Upload, who: str) -> None:
    logged_in(client, who)
    for address in addresses(plan, plan.candidates.all()[0], upload):
        response = client.get(address)
        assert response.status_code == 403, address
        assert "考生零零一" not in response.content.decode()


def test_strangers_are_led_to_the_log_in(client: Client, plan: Plan, upload: Upload) -> None:
    for address in addresses(plan, plan.candidates.all()[0], upload):
        assert client.get(address)["Location"].startswith("/login?next=")


def test_who_may_look_but_not_plan_is_told_why(client: Client, plan: Plan) -> None:
    page = logged_in(client, "lin").get(reverse("body:plan", args=[plan.number])).content.decode()
    assert "认定计划由评价机构的考务经办人或负责人编制和上报" in page
    assert "取消计划" not in page


def test_the_district_signs_on_its_page_and_others_cannot(client: Client, plan: Plan) -> None:
    address = reverse("authority:plan", args=[plan.number])
    assert logged_in(client, "lv").get(address).status_code == 403
    client.post(address)
    plan.refresh_from_db()
    assert plan.signed_for_at is None
    logged_in(client, "wang").post(address, {"opinion": "到时到场"})
    plan.refresh_from_db()
    assert plan.signed_for_at is not None
    assert "已签收，无需重复办理" in client.get(address).content.decode()


def test_a_refused_plan_keeps_what_was_typed(client: Client, cast: Cast, item: ScopeItem) -> None:
    exam_on, closes_on = cast.at.date() + timedelta(days=40), cast.at.date() + timedelta(days=38)
    given = {
        "scope_item": item.pk,
        "admission": "by_level",
        "exam_on": exam_on.isoformat(),
        "registration_closes_on": closes_on.isoformat(),
        "quota": "30",
        "fee": "0",
        "contact": "孙景明",
        "remark": "下午场",
    }
    page = logged_in(client, "sun").post(reverse("body:plan_new"), given).content.decode()
    assert "提前7个工作日" in page
    assert "下午场" in page
    assert closes_on.isoformat() in page
    assert not Plan.objects.exists()


def test_dates_follow_from_the_day_being_typed(client: Client, item: ScopeItem) -> None:
    page = logged_in(client, "sun").get(reverse("body:plan_dates"), {"exam_on": "2026-12-28"}).content.decode()
    assert "2026年12月14日" in page
    assert "本平台默认值 计划提交期限" in page
    assert "选择考试日期后" in client.get(reverse("body:plan_dates"), {"exam_on": "不是日期"}).content.decode()


def test_one_person_is_registered_by_form(client: Client, plan: Plan) -> None:
    given = {
        "name": "考生一",
        "id_number": entry(1).identity.id_number.lower(),
        "phone": "13800000001",
        "ground": "own_staff",
        "employment": "劳务派遣",
        "employer": "上海某人力资源有限公司",
        "condition": "4-1",
        "years_in_field": "8",
        "education": "高中",
        "major": "无",
    }
    address = reverse("body:candidate_new", args=[plan.number])
    assert "请填写11位手机号码" in logged_in(client, "sun").post(address, given | {"phone": "12"}).content.decode()
    answer = client.post(address, given)
    assert answer["Location"] == reverse("body:candidate", args=[Candidate.objects.get().number])
    assert "没有重复登记" in client.post(address, given).content.decode()
    assert Candidate.objects.count() == 1


def test_a_batch_shows_whom_it_is_about_before_it_acts(client: Client, plan: Plan, upload: Upload) -> None:
    address = reverse("body:candidates", args=[plan.number])
    rows = [one.pk for one in plan.candidates.all()]
    page = logged_in(client, "sun").post(address, {"action": "withdraw", "row": rows}).content.decode()
    assert "将对下列2人办理" in page
    assert not Candidate.objects.filter(state="withdrawn").exists()
    given = {"action": "withdraw", "row": rows, "confirmed": "1", "words": "已离职"}
    assert "已办理2人" in client.post(address, given).content.decode()
    assert "未办理2人" in client.post(address, given).content.decode()


def test_a_batch_without_its_words_does_nothing_to_anybody(client: Client, plan: Plan, upload: Upload) -> None:
    address = reverse("body:candidates", args=[plan.number])
    rows = [one.pk for one in plan.candidates.all()]
    page = logged_in(client, "sun").post(address, {"action": "withdraw", "row": rows, "confirmed": "1", "words": " "}).content.decode()
    assert "请填写退出理由" in page
    assert not Candidate.objects.filter(state="withdrawn").exists()


def test_a_correction_starts_from_what_stands(client: Client, plan: Plan, upload: Upload) -> None:
    address = reverse("body:candidate", args=[plan.candidates.all()[0].number])
    given = {"act": "check", "kind": "work", "work-since_1": "2015-03-02", "work-relation_1": "same", "work-remark": "已核对社保记录"}
    logged_in(client, "sun").post(address, given)
    page = client.get(address).content.decode()
    assert "符合条件 4-1" in page
    assert 'value="2015-03-02"' in page
    assert 'value="已核对社保记录"' in page


def test_a_wrong_form_comes_back_as_it_was_typed(client: Client, plan: Plan, upload: Upload) -> None:
    address = reverse("body:candidate", args=[plan.candidates.all()[0].number])
    given = {
        "act": "check",
        "kind": "work",
        "work-since_1": "2015-03-02",
        "work-until_1": "2014-01-01",
        "work-relation_1": "same",
        "work-remark": "原件",
    }
    page = logged_in(client, "sun").post(address, given).content.decode()
    assert "结束日不晚于起始日" in page
    assert 'value="2014-01-01"' in page
    assert not Candidate.objects.filter(state="eligible").exists()


def test_evidence_is_seen_by_those_who_may_and_by_nobody_else(client: Client, plan: Plan, upload: Upload) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    candidate = plan.candidates.all()[0]
    address = reverse("body:candidate", args=[candidate.number])
    letter = SimpleUploadedFile("证明.pdf", b"%PDF-1.4 letter", "application/pdf")
    logged_in(client, "sun").post(address, {"act": "hand_in", "kind": "work", "file": letter})
    page = client.get(address).content.decode()
    link = next(part.split('"')[0] for part in page.split('href="') if "/evidence/" in part)
    assert client.get(link).content == b"%PDF-1.4 letter"
    assert logged_in(client, "shi").get(link).status_code == 403
    assert logged_in(client, "sun").get(link + "0").status_code == 404


def test_a_body_too_large_is_refused_before_it_is_read(client: Client, plan: Plan) -> None:
    class Unread:
        def read(self, *size: int) -> bytes:
            raise AssertionError("the body was read")

        readline = read

    logged_in(client, "sun")
    environment: dict[str, Any] = {
        "CONTENT_LENGTH": str(200 * 1024 * 1024),
        "wsgi.input": Unread(),
        "CONTENT_TYPE": "multipart/form-data; boundary=x",
    }
    response = client.post(reverse("body:registration", args=[plan.number]), **environment)
    assert response.status_code == 413
    assert "200MB" in response.content.decode()


def test_without_a_file_the_page_says_so(client: Client, plan: Plan) -> None:
    address = reverse("body:registration", args=[plan.number])
    response = logged_in(client, "sun").post(address, {"ground": "own_staff", "employment": "直接用工"}, follow=True)
    assert "请选择填好的报名表" in response.content.decode()


QUERIES = {"plans": 4, "candidates": 7, "upload": 4}
"""What each list needs of its own, beyond what every page needs."""


def test_lists_need_no_more_queries_for_more_rows(client: Client, cast: Cast, plan: Plan, item: ScopeItem, upload: Upload) -> None:
    logged_in(client, "sun")
    lists = {"plans": [], "candidates": [plan.number], "upload": [upload.number]}
    every_page = queries(client, reverse("body:plan_dates"))

    def needed() -> dict[str, int]:
        return {name: queries(client, reverse(f"body:{name}", args=args)) - every_page for name, args in lists.items()}

    assert needed() == QUERIES
    for serial in range(10, 16):
        draft_plan(scope_item_id=item.pk, terms=terms_from(cast.at.date()), by=cast.sun, at=cast.at)
        register_candidate(plan_number=plan.number, entry=entry(serial), by=cast.sun, at=cast.at)
    assert needed() == QUERIES


def queries(client: Client, address: str) -> int:
    """Count the queries of one page."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)
