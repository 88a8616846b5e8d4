"""资料与监控页面: who gets in by which door, what does the body see, does a letter print, and do the pages ask a steady number of questions?"""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from tests.clocks import travel_to
from tests.exams.stage import Stage
from tests.exams.test_pages import enter
from tests.inspections.test_campaigns import approved
from tests.inspections.test_tracing import begun
from tests.inspections.test_watching import NINE, camera, picture, theory
from touchstone.accounts.queries import city_centre
from touchstone.bodies.models import Body
from touchstone.inspections.models import CameraGap, RecordsCall, Tracing, Watch
from touchstone.inspections.operations import feeding
from touchstone.inspections.operations.records import CallTerms, Wanted, call_for_records
from touchstone.inspections.operations.watching import begin_watch
from touchstone.inspections.states.records import CallState, RecordsKind
from touchstone.ledger.operations import mark_synthetic
from touchstone.simulation.cast import FOREIGN

PDF = b"%PDF-1.7 x"


def pages_of(prefix: str, number: str, *names: str) -> list[str]:
    return [reverse(f"{prefix}:{name}", args=[number]) for name in names]


@pytest.fixture
def synthetic(db: None) -> None:
    """Let the clock be moved."""
    mark_synthetic(seed=1)


@pytest.fixture
def cast(synthetic: None, cast: Cast) -> Cast:
    """Give the cast on its own day."""
    travel_to(cast.at)
    return cast


@pytest.fixture
def call(cast: Cast) -> RecordsCall:
    """Give a call for a roster, frozen, and for videos, owed."""
    stage = Stage(cast).reviewed()
    wanted = [Wanted(RecordsKind.ROSTER, "名册", stage.plan.number), Wanted(RecordsKind.VIDEOS, "录像")]
    return call_for_records(body=cast.body_a, terms=CallTerms("eligibility", "核实", wanted), by=cast.wang, at=cast.at)


def test_who_opens_a_call(call: RecordsCall) -> None:
    """本区、市级和本机构能看；别的区、行业、别的机构看不见；未登录的先登录；不能调取的人打不开新建页。"""
    desk, letter = pages_of("authority", call.number, "records_call", "records_letter")
    opened = {who: enter(who).get(desk).status_code for who in ("wang", "wu", "han", "shen", "du", "jiang", "lin")}
    assert opened == {"wang": 200, "wu": 200, "han": 200, "shen": 200, "du": 403, "jiang": 403, "lin": 403}
    assert enter("wang").get(letter)["Content-Type"] == "application/pdf"
    assert [enter(who).get(pages_of("body", call.number, "records_call")[0]).status_code for who in ("sun", "lin", "shi")] == [200, 200, 403]
    assert Client().get(desk)["Location"].startswith("/login")
    assert [enter(who).get(reverse("authority:records_call_new")).status_code for who in ("wang", "wu", "jiang")] == [200, 403, 403]


def test_a_call_is_made_and_answered_on_the_pages(call: RecordsCall) -> None:
    """新建页逐行填写；少填的提示在原处、内容保留；机构提供文件、提交；文件只有相关的人能下载。"""
    wang, sun = enter("wang"), enter("sun")
    said = {"body": call.body.number, "item": "eligibility", "purpose": "复查", "due_on": "2026-03-06", "kind-1": "other", "words-1": "会议记录"}
    kept = wang.post(reverse("authority:records_call_new"), said | {"kind-2": "archive"}).content.decode()
    assert "第2行没有填完整" in kept and "会议记录" in kept
    assert "没有这个编号" in wang.post(reverse("authority:records_call_new"), said | {"body": "X"}).content.decode()
    made = wang.post(reverse("authority:records_call_new"), said)
    assert made.status_code == 302
    own = pages_of("body", call.number, "records_call")[0]
    file = SimpleUploadedFile("录像清单.pdf", PDF)
    page = sun.post(own, {"act": "hand_over", "place": "2", "files": file, "words": "见附件"}, follow=True).content.decode()
    assert "录像清单.pdf" in page and "已提供" in page
    link = next(part for part in page.split('"') if f"/records/{call.number}/files/" in part)
    assert sun.get(link).status_code == 200 and enter("wang").get(link.replace("/body/", "/desk/")).status_code == 200
    assert enter("shi").get(link).status_code == 403 and enter("du").get(link.replace("/body/", "/desk/")).status_code == 403
    assert "资料已提交" in sun.post(own, {"act": "finish"}, follow=True).content.decode()
    call.refresh_from_db()
    assert call.state == CallState.HANDED


def test_the_lists_narrow_sort_and_leave(call: RecordsCall, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    """清单可查询、排序、导出，查询次数不随行数变。"""
    wang, address = enter("wang"), reverse("authority:records_calls")
    for query in ("", "?state=called&sort=-due_on", f"?number={call.number}", "?late=no", "?item=eligibility&body=甲辰"):
        with django_assert_max_num_queries(25):
            assert call.number in wang.get(address + query).content.decode(), query
    for query in ("?state=closed", "?late=yes", "?body=乙巳", "?item=fees"):
        assert call.number not in wang.get(address + query).content.decode(), query
    assert call.number in b"".join(wang.get(f"{address}?export=csv").streaming_content).decode()  # type: ignore[attr-defined]
    with django_assert_max_num_queries(45):
        assert wang.get(pages_of("authority", call.number, "records_call")[0]).status_code == 200
    assert call.number in enter("sun").get(reverse("body:records_calls")).content.decode()


def test_a_sitting_is_watched_on_the_pages(cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    """监控页列出签到、摄像头和缺口，片段单独刷新；画面只给辖区内的人；机构在自己的页面接入摄像头、说明缺口。"""
    stage = Stage(cast).reviewed().with_sittings().arranged().opened()
    one, sitting = camera(stage), theory(stage)
    travel_to(NINE)
    still = feeding.take_still(camera=one, content=picture(), taken_at=NINE, at=NINE)
    feeding.note_silent_cameras(NINE)
    gap = CameraGap.objects.get()
    wang = enter("wang")
    page, now = pages_of("authority", sitting.number, "watching", "watching_progress")
    for address in (page, now):
        with django_assert_max_num_queries(40):
            said = wang.get(address).content.decode()
        assert "前方全景" in said and gap.number in said and still.sha256 in said
    picture_of = reverse("authority:watching_file", args=[sitting.number, still.sha256])
    assert [enter(who).get(picture_of).status_code for who in ("wang", "han", "du", "lin")] == [200, 200, 403, 403]
    assert wang.get(reverse("authority:watching_file", args=[sitting.number, "0" * 64])).status_code == 404
    assert [enter(who).get(page).status_code for who in ("wu", "han", "du")] == [200, 200, 403]
    with django_assert_max_num_queries(25):
        assert sitting.number in wang.get(reverse("authority:watch_today")).content.decode()
    assert "已开始远程监控" in wang.post(page, {"act": "begin"}, follow=True).content.decode()
    wang.post(page, {"act": "observe", "words": "有人离座", "wrong": "1", "still": still.sha256})
    watch = Watch.objects.get()
    assert watch.observations.get().still_sha256 == still.sha256
    record = pages_of("authority", watch.number, "watch")[0]
    assert "有人离座" in wang.get(record).content.decode()
    assert enter("lin").get(pages_of("body", watch.number, "watch")[0]).status_code == 403, "没有确认，机构看不到"
    sun, cameras = enter("sun"), reverse("body:cameras")
    page_of_body = sun.post(cameras, {"act": "connect", "room": sitting.room_id, "name": "侧面"}, follow=True).content.decode()
    assert "密钥只显示这一次" in page_of_body and "密钥只显示这一次" not in sun.get(cameras).content.decode()
    own_gap = pages_of("body", gap.number, "camera_gap")[0]
    assert "说明已记录" in sun.post(own_gap, {"words": "断电"}, follow=True).content.decode()
    assert enter("shi").get(own_gap).status_code == 403
    assert "核实情况已记录" in wang.post(pages_of("authority", gap.number, "camera_gap")[0], {"words": "属实"}, follow=True).content.decode()


def test_a_tracing_on_the_pages(cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    """回溯页逐项列出、导出；办事的机构和督导它的单位看得见，别人看不见。"""
    found: Tracing = begun(Stage(cast).all_the_way())
    sun = enter("sun")
    page = pages_of("body", found.number, "tracing")[0]
    with django_assert_max_num_queries(60):
        said = sun.get(page).content.decode()
    assert "同场次的其他证书" in said and "还没有回溯" in said
    exported = sun.get(reverse("body:tracing_head_file", args=[found.number, 1]) + "?export=csv")
    assert b"".join(exported.streaming_content).decode().count("\n") == 3  # type: ignore[attr-defined]
    assert sun.get(reverse("body:tracing_head_file", args=[found.number, 9])).status_code == 404
    assert [enter(who).get(pages_of("authority", found.number, "tracing")[0]).status_code for who in ("wang", "han", "du")] == [200, 200, 403]
    assert enter("shi").get(page).status_code == 403
    for who, prefix in (("sun", "body"), ("wang", "authority")):
        with django_assert_max_num_queries(40):
            assert found.number in enter(who).get(reverse(f"{prefix}:tracings")).content.decode()
        assert enter(who).get(reverse(f"{prefix}:tracing_new")).status_code == 200


def test_a_campaign_on_the_pages(cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    """专项督导页看进度；批准以后公众看得见。"""
    Stage(cast)
    found = approved(cast)
    with django_assert_max_num_queries(45):
        said = enter("wang").get(pages_of("authority", found.number, "campaign")[0]).content.decode()
    assert "范围内机构" in said
    assert found.theme in Client().get(reverse("public:campaigns")).content.decode()
    assert [enter(who).get(reverse("authority:campaign_new")).status_code for who in ("wang", "wu", "jiang")] == [200, 403, 403]
    with django_assert_max_num_queries(40):
        assert found.theme in enter("han").get(reverse("authority:campaigns")).content.decode()


def test_watch_records_are_listed(cast: Cast) -> None:
    """监控记录清单可以查询。"""
    stage = Stage(cast).reviewed().with_sittings().arranged().opened()
    travel_to(NINE)
    made = begin_watch(sitting=theory(stage), by=cast.wang, at=NINE)
    wang = enter("wang")
    assert made.number in wang.get(reverse("authority:watches") + "?state=open").content.decode()
    assert made.number not in wang.get(reverse("authority:watches") + "?state=confirmed").content.decode()


def test_a_watching_by_another_office_is_named_and_linked_for_whoever_may_read_it(cast: Cast) -> None:
    """另一单位也在监控同一场：注册在别区的机构，只写明编号；自己能看的才有链接。"""
    stage = Stage(cast).reviewed().with_sittings().arranged().opened()
    sitting = theory(stage)
    travel_to(NINE)
    body = sitting.plan.body
    other = Watch.objects.create(number="YC202600099", sitting=sitting, body=body, office=city_centre(), item="sitting", begun_at=NINE)
    page = pages_of("authority", sitting.number, "watching")[0]
    link = f'href="{pages_of("authority", other.number, "watch")[0]}"'
    assert link in enter("wang").get(page).content.decode()
    Body.objects.filter(pk=body.pk).update(district=FOREIGN)
    said = enter("wang").get(page).content.decode()
    assert other.number in said and link not in said
