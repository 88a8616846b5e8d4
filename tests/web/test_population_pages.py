"""评价对象页面: can a body keep its own registers, and nobody else's; what does each refusal say; how many queries does a list need?"""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.bodies.people import id_number, uscc
from tests.cast import Cast, WideCast, set_up
from tests.web.test_body_pages import client_of
from touchstone.bodies import operations
from touchstone.bodies.models import Agreement, Commission, RosterImport, Student, Subsidiary, Worker
from touchstone.ledger.models import Entry
from touchstone.simulation.cast import set_up_other_bodies
from touchstone.web import clock

PDF = b"%PDF-1.4 paper"


def text(response) -> str:
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", response.content.decode()))


@pytest.fixture
def cast(db: None) -> WideCast:
    """Give the wide cast today: pages read the clock."""
    found = set_up(clock.now())
    bodies = set_up_other_bodies(since=date(2026, 1, 1), at=found.at)
    return WideCast(found.body_a, found.body_b, found.at, bodies["BODY-D"], bodies["BODY-E"], bodies["BODY-F"])


@pytest.fixture
def lin(cast: WideCast) -> Client:
    """Give 林, who files for body 甲, an enterprise."""
    return client_of(cast, "lin")


def worker_form(serial: int = 11, **changed: str) -> dict[str, str]:
    given = {"name": f"陈{serial}", "id_number": id_number(serial), "form": "直接用工", "through": "", "subsidiary": "", "post": "车工"}
    return {**given, "since": "2026-01-05", "evidence": "", **changed}


def paper_days(cast: Cast) -> dict[str, str]:
    today = cast.at.date()
    return {"signed_on": str(today), "since": str(today), "last_day": str(today + timedelta(days=300))}


def make_agreement(cast: WideCast) -> Agreement:
    today = cast.at.date()
    return operations.enter_agreement(
        body=cast.body_a, school="浦江职业技术学院", school_uscc=uscc(71), majors=["数控技术"], signed_on=today, since=today,
        until=today + timedelta(days=300), by=cast.lin, at=cast.at,
    )  # fmt: skip


def make_student(cast: WideCast) -> Student:
    return operations.enter_student(
        body=cast.body_f, agreement=None, name="赵一", id_number=id_number(12), register_number="S1", major="数控技术", programme="高职",
        full_time=True, enrolled_on=date(2024, 9, 1), graduates_on=date(2026, 7, 1), by=cast.fan, at=cast.at,
    )  # fmt: skip


ENTERPRISE = ["workers", "worker_new", "workers_import", "agreements", "agreement_new", "commissions", "commission_new"]
ENTERPRISE += ["subsidiaries", "subsidiary_new"]
SCHOOL = ["students", "student_new", "students_import"]
KEEPERS_ONLY = {"worker_new", "workers_import", "agreement_new", "commission_new", "subsidiary_new"}


@pytest.mark.parametrize("name", [*ENTERPRISE, *SCHOOL])
def test_each_kind_of_body_has_its_own_registers(cast: WideCast, name: str) -> None:
    """企业的登记院校看不到，反之亦然；社会培训评价组织都没有；每次都说明原因。"""
    address = reverse(f"body:{name}")
    for username, opens in (("lin", name in ENTERPRISE), ("fan", name in SCHOOL), ("xie", False)):
        answer = client_of(cast, username).get(address)
        assert answer.status_code == (200 if opens else 403), (username, name)
        if not opens:
            assert "请按本机构可以接受的参评来源组织评价" in text(answer)
    assert Client(headers={"host": "127.0.0.1"}).get(address).status_code == 302
    assert client_of(cast, "zhou").get(address).status_code == 403
    planner = client_of(cast, "sun").get(address)
    assert planner.status_code == (403 if name in KEEPERS_ONLY or name in SCHOOL else 200)


@pytest.mark.parametrize(("username", "words"), [("lin", "在岗职工"), ("fan", "学籍"), ("xie", "面向社会人员")])
def test_the_hub_says_what_this_body_keeps_and_why_not_the_rest(cast: WideCast, username: str, words: str) -> None:
    """评价对象首页：能登记的可以打开，不能登记的写明原因。"""
    shown = text(client_of(cast, username).get(reverse("body:populations")))
    assert words in shown
    assert "本机构为" in shown


def test_a_worker_from_the_form_to_the_day_of_leaving(cast: WideCast, lin: Client) -> None:
    """登记劳务派遣职工须写派遣单位；上传合同；登记离岗；别家机构看不到。"""
    wrong = lin.post(reverse("body:worker_new"), worker_form(form="劳务派遣"))
    assert "须写明派遣或承揽单位" in text(wrong)
    assert "陈11" in wrong.content.decode()
    made = lin.post(reverse("body:worker_new"), worker_form(form="劳务派遣", through="浦江人力公司"))
    row = Worker.objects.get()
    address = reverse("body:worker", args=[row.pk])
    assert made.headers["Location"] == address
    assert client_of(cast, "shi").get(address).status_code == 404
    lin.post(address, {"act": "attach", "label": "派遣协议", "file": SimpleUploadedFile("派遣协议.pdf", PDF)})
    shown = lin.get(address)
    assert "派遣协议.pdf" in text(shown)
    assert id_number(11) not in shown.content.decode()
    file = re.search(r"/body/populations/entries/[^\"]+", shown.content.decode())
    assert file is not None
    assert lin.get(file[0]).status_code == 200
    assert client_of(cast, "shi").get(file[0]).status_code == 404
    lin.post(address, {"act": "end", "on": str(cast.at.date())})
    row.refresh_from_db()
    assert row.until == cast.at.date()
    assert "已离岗" in text(lin.get(address))


def test_many_leave_after_a_look_with_an_outcome_for_each(cast: WideCast, lin: Client) -> None:
    """批量登记离岗：先看名单，再逐人办理，逐人有结果；别家的人不在其中。"""
    for serial in (11, 12):
        lin.post(reverse("body:worker_new"), worker_form(serial))
    first, second = Worker.objects.order_by("pk")
    theirs = operations.enter_worker(
        body=cast.body_b, name="别家", id_number=id_number(13), form="直接用工", through="", post="", since=date(2026, 1, 5), subsidiary=None,
        by=cast.shi, at=cast.at,
    )  # fmt: skip
    operations.end_worker(worker_id=first.pk, on=cast.at.date(), by=cast.lin, at=cast.at)
    rows = [str(one.pk) for one in (first, second, theirs)]
    address = reverse("body:workers_end")
    assert "陈12" in text(lin.post(address, {"row": rows, "action": "end"}))
    done = lin.post(address, {"row": rows, "confirmed": "1", "on": str(cast.at.date()), "request_key": "k1"}, follow=True)
    assert text(done).count("已登记离岗") >= 1
    assert "无需重复办理" in text(done)
    theirs.refresh_from_db()
    assert theirs.until is None


def test_an_agreement_with_paper_and_students(cast: WideCast, lin: Client) -> None:
    """登记协议连同原件，登记合作院校学生，提前终止须写理由。"""
    given = {"school": "浦江职业技术学院", "school_uscc": uscc(71), "majors": "数控技术\n模具设计", **paper_days(cast)}
    lin.post(reverse("body:agreement_new"), {**given, "paper": SimpleUploadedFile("协议.pdf", PDF)})
    made = Agreement.objects.get()
    assert made.majors == ["数控技术", "模具设计"]
    assert made.until == cast.at.date() + timedelta(days=301)
    address = reverse("body:agreement", args=[made.number])
    assert "协议.pdf" in text(lin.get(address))
    pupil = {"name": "赵一", "id_number": id_number(12), "register_number": "S1", "major": "数控技术", "programme": "高职", "full_time": "yes"}
    days = {"enrolled_on": "2024-09-01", "graduates_on": "2027-07-01"}
    assert lin.post(reverse("body:agreement_students_new", args=[made.number]), {**pupil, **days}).status_code == 302
    assert "赵一" in text(lin.get(reverse("body:agreement_students", args=[made.number])))
    assert client_of(cast, "shi").get(address).status_code == 404
    lin.post(address, {"act": "end", "on": str(cast.at.date()), "reason": ""})
    made.refresh_from_db()
    assert made.ended_on is None
    lin.post(address, {"act": "end", "on": str(cast.at.date()), "reason": "合作结束"})
    made.refresh_from_db()
    assert made.ended_on == cast.at.date()
    assert "已提前终止" in text(lin.get(reverse("body:agreements")))


@pytest.mark.parametrize(("occupations", "words"), [("炼丹师", "目录中没有"), ("6-18-01-01 车工", ""), ("车工\n6-31-01-03", "")])
def test_a_commission_names_occupations_of_the_catalogue(cast: WideCast, lin: Client, occupations: str, words: str) -> None:
    """委托的职业须在目录内；已接受的人数显示在列表和页面上。"""
    given = {"client": "小微五金厂", "client_uscc": uscc(70), "lacks": "没有场地", "occupations": occupations, "people": "5", **paper_days(cast)}
    answer = lin.post(reverse("body:commission_new"), given)
    if words:
        assert words in text(answer)
        assert not Commission.objects.exists()
        return
    made = Commission.objects.get()
    assert answer.headers["Location"] == reverse("body:commission", args=[made.number])
    assert "还可接受5人" in text(lin.get(answer.headers["Location"]))
    assert "车工" in text(lin.get(reverse("body:commissions")))


def test_a_subsidiary_outside_the_city(cast: WideCast, lin: Client) -> None:
    """登记市域外下属企业，列表标明市域外，可以登记退出。"""
    given = {"name": "苏州甲辰精密有限公司", "uscc": uscc(72), "province": "32", "address": "苏州市", "share": "60", "since": "2026-01-05"}
    lin.post(reverse("body:subsidiary_new"), given)
    made = Subsidiary.objects.get()
    assert made.share == Decimal(60)
    assert "江苏省（市域外）" in text(lin.get(reverse("body:subsidiaries")))
    lin.post(reverse("body:worker_new"), worker_form(subsidiary=made.number))
    assert Worker.objects.get().subsidiary == made
    lin.post(reverse("body:subsidiary", args=[made.number]), {"act": "end", "on": str(cast.at.date())})
    assert "已退出" in text(lin.get(reverse("body:subsidiary", args=[made.number])))


def test_a_students_diploma_is_noted_once_given(cast: WideCast) -> None:
    """毕业后登记学历证书编号；别家机构看不到该学生。"""
    fan, found = client_of(cast, "fan"), make_student(cast)
    address = reverse("body:student", args=[found.pk])
    assert client_of(cast, "lin").get(address).status_code == 404
    fan.post(address, {"act": "diploma", "diploma_number": "1234520260600001"})
    assert "1234520260600001" in text(fan.get(address))


LISTS = ["workers", "agreements", "commissions", "subsidiaries"]


def fill(cast: WideCast, lin: Client, first: int, count: int) -> None:
    """Enter `count` of each."""
    for serial in range(first, first + count):
        lin.post(reverse("body:worker_new"), worker_form(serial))
        lin.post(reverse("body:agreement_new"), {"school": f"院校{serial}", "school_uscc": uscc(serial), "majors": "数控", **paper_days(cast)})
        commission = {"client": f"厂{serial}", "client_uscc": uscc(serial), "lacks": "没有", "occupations": "6-18-01-01", "people": "5"}
        lin.post(reverse("body:commission_new"), {**commission, **paper_days(cast)})
        firm = {"name": f"子公司{serial}", "uscc": uscc(serial), "province": "32", "address": "苏州", "share": "60", "since": "2026-01-05"}
        lin.post(reverse("body:subsidiary_new"), firm)


def test_lists_ask_as_often_for_many_rows_as_for_few_and_leave_masked(cast: WideCast, lin: Client) -> None:
    """列表页的查询次数不随行数增加；导出的证件号码只显示一部分，导出留痕。"""
    fill(cast, lin, 100, 1)
    few = {name: asked(lin, name) for name in LISTS}
    fill(cast, lin, 110, 4)
    assert {name: asked(lin, name) for name in LISTS} == few
    answer = lin.get(reverse("body:workers"), {"export": "csv"})
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()  # type: ignore[attr-defined]
    assert len(lines) == 6
    assert all("***********" in line for line in lines[1:])
    assert Entry.objects.get(event="list.exported").detail == {"list": "workers", "format": "csv", "rows": 5}


def asked(client: Client, name: str) -> int:
    """Count a list's queries, messages taken first."""
    address = reverse(f"body:{name}")
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        client.get(address)
    return len(found)


def test_another_bodys_import_is_not_there(cast: WideCast) -> None:
    run = RosterImport.objects.create(number="MC2026000001", body=cast.body_a, roster="workers", name="名册.xlsx", sha256="0" * 64, run_at=cast.at)
    assert client_of(cast, "lin").get(reverse("body:roster_run", args=[run.number])).status_code == 200
    assert client_of(cast, "shi").get(reverse("body:roster_run", args=[run.number])).status_code == 404


def test_the_district_sees_papers_and_counts_but_no_names(cast: WideCast, lin: Client) -> None:
    """区局在机构页看到登记的人数和协议、委托、下属企业，看不到人员名单。"""
    fill(cast, lin, 100, 1)
    address = reverse("authority:body", args=[cast.body_a.number])
    shown = text(client_of(cast, "zhou").get(address))
    for words in ("院校100", "厂100", "约定5人，已接受0人", "市域外下属企业", "子公司100", "没有"):
        assert words in shown
    assert "陈100" not in shown
    assert client_of(cast, "lv").get(address).status_code == 403


def test_what_ends_soon_stands_on_the_bodys_pages_and_the_offices(cast: WideCast, lin: Client) -> None:
    """还有二十天到期的协议：机构首页、评价对象页、协议页和区局的“即将到期”都写明；外区看不到，访客先登录。"""
    today = cast.at.date()
    paper = operations.enter_agreement(
        body=cast.body_a, school="浦江职业技术学院", school_uscc=uscc(71), majors=["数控技术"], signed_on=today - timedelta(days=60),
        since=today - timedelta(days=60), until=today + timedelta(days=20), by=cast.lin, at=cast.at,
    )  # fmt: skip
    for address in (reverse("body:home"), reverse("body:populations"), reverse("body:agreement", args=[paper.number])):
        shown = text(lin.get(address))
        assert "还有20天" in shown, address
        assert "请签订后登记新的协议" in shown, address
    address = reverse("authority:ending_papers")
    zhou = client_of(cast, "zhou")
    assert paper.number in text(zhou.get(address))
    assert paper.number not in text(zhou.get(address, {"kind": "SD"}))
    assert paper.number not in text(client_of(cast, "lv").get(address))
    assert lin.get(address).status_code == 403
    assert Client(headers={"host": "127.0.0.1"}).get(address).status_code == 302
