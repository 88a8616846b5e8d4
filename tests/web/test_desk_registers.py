"""机构登记页: do the offices open a body's registers and papers, and nobody else; are numbers masked; how many queries does a list need?"""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.bodies.people import id_number
from tests.cast import WideCast
from tests.web.test_body_pages import client_of
from tests.web.test_population_pages import PDF, cast, fill, lin, make_agreement, make_student, text
from touchstone.bodies import operations
from touchstone.bodies.models import RosterImport, Worker
from touchstone.files.operations import attach
from touchstone.files.queries import of_case
from touchstone.ledger.models import Entry

__all__ = ["cast", "lin"]
REGISTERS = ("agreements", "commissions", "subsidiaries", "workers", "students", "imports")


@pytest.fixture
def entries(cast: WideCast, lin: Client) -> list[str]:
    """Give the numbers of an entry of each register of body 甲, a paper under each."""
    fill(cast, lin, 100, 1)
    body = cast.body_a
    numbers = [body.agreements.get().number, body.commissions.get().number, body.subsidiaries.get().number, Worker.objects.get().number]
    for number in numbers:
        operations.file_evidence(number=number, label="原件", name="原件.pdf", content=PDF, by=cast.lin, at=cast.at)
    return numbers


def register(cast: WideCast, name: str) -> str:
    return reverse("authority:body_register", args=[cast.body_a.number, name])


@pytest.mark.parametrize("name", REGISTERS)
def test_each_register_opens_for_the_district_and_nobody_elses(cast: WideCast, entries: list[str], name: str) -> None:
    """所在区和市级单位看得到；外区、别家机构看不到，访客先登录。"""
    address = register(cast, name)
    for username, status in (("zhou", 200), ("han", 200), ("lv", 403), ("shi", 403), ("lin", 403)):
        assert client_of(cast, username).get(address).status_code == status, username
    assert Client(headers={"host": "127.0.0.1"}).get(address).status_code == 302


def test_a_school_keeps_no_agreements_and_an_unknown_body_no_registers(cast: WideCast) -> None:
    zhou = client_of(cast, "han")
    assert zhou.get(reverse("authority:body_register", args=[cast.body_f.number, "agreements"])).status_code == 404
    assert zhou.get(reverse("authority:body_register", args=[cast.body_f.number, "students"])).status_code == 200
    assert zhou.get(reverse("authority:body_register", args=["PJ0", "students"])).status_code == 404


def test_papers_open_and_those_with_numbers_ask_for_a_reason(cast: WideCast, entries: list[str]) -> None:
    """协议、下属企业的原件直接打开；职工的合同和附有名单的委托先写明理由，理由留痕。"""
    zhou, lv = client_of(cast, "zhou"), client_of(cast, "lv")
    for number in entries:
        page = reverse("authority:register_entry", args=[number])
        assert "原件.pdf" in text(zhou.get(page))
        address = reverse("authority:register_file", args=[number, of_case(number).get().number])
        for stranger in (lv, client_of(cast, "shi")):
            assert stranger.get(page).status_code == 403
            assert stranger.get(address).status_code == 403
        assert Client(headers={"host": "127.0.0.1"}).get(address).status_code == 302
        answer = zhou.get(address)
        if number.startswith(("ZG", "WT")):
            opened = Entry.objects.filter(event="paper.opened", detail__number=number)
            assert "写明理由" in text(answer)
            zhou.post(address, {"reason": " "})
            assert not opened.exists()
            answer = zhou.post(address, {"reason": "核对用工"})
            assert opened.get().reason == "核对用工"
        assert answer["Content-Type"] == "application/pdf"
        assert answer.content == PDF
    assert zhou.get(reverse("authority:register_file", args=[entries[0], "A0"])).status_code == 404
    assert zhou.get(reverse("authority:register_entry", args=["XY999999"])).status_code == 404


def test_numbers_are_masked_until_a_reason_is_given(cast: WideCast, entries: list[str], lin: Client) -> None:
    """名单和登记页只显示部分号码；写明理由后显示一次，机构在登记页看得到谁看过。"""
    whole, number = id_number(100), entries[3]
    zhou = client_of(cast, "zhou")
    page = reverse("authority:register_entry", args=[number])
    for address in (register(cast, "workers"), page):
        shown = text(zhou.get(address))
        assert whole not in shown
        assert "***********" in shown
    address = reverse("authority:register_identity", args=[number])
    assert whole not in text(zhou.get(address))
    answer = zhou.post(address, {"reason": "核对考生身份"})
    assert whole in text(answer)
    assert "no-store" in answer["Cache-Control"]
    assert "核对考生身份" in text(lin.get(reverse("body:worker", args=[int(number[2:])])))
    assert client_of(cast, "lv").get(address).status_code == 403
    assert zhou.get(reverse("authority:register_identity", args=[entries[0]])).status_code == 404


def test_a_roster_as_it_came_asks_for_a_reason_too(cast: WideCast, lin: Client) -> None:
    run = RosterImport.objects.create(number="MC2026000001", body=cast.body_a, roster="workers", name="名册.xlsx", sha256="0" * 64, run_at=cast.at)
    workbook = operations.worker_template(body=cast.body_a, day=cast.at.date())
    attach(case=run.number, label="名册", name="名册.xlsx", content=workbook, by=cast.lin, at=cast.at)
    zhou = client_of(cast, "zhou")
    assert run.number in text(zhou.get(register(cast, "imports")))
    page = zhou.get(reverse("authority:register_entry", args=[run.number]))
    assert "名册.xlsx" in text(page)
    assert "正在登记" in text(page)
    RosterImport.objects.update(failed_because="文件不是名册模板。")
    failed = text(zhou.get(page.request["PATH_INFO"]))
    assert "没有导入" in failed
    assert "文件不是名册模板。" in failed
    assert "已导入" not in failed
    RosterImport.objects.update(failed_because="", finished_at=cast.at)
    assert "已导入" in text(zhou.get(page.request["PATH_INFO"]))
    first = of_case(run.number)[0]
    assert "写明理由" in text(zhou.get(reverse("authority:register_file", args=[run.number, first.number])))


def test_students_of_a_school_and_of_a_partner(cast: WideCast) -> None:
    row = make_student(cast)
    han = client_of(cast, "han")
    assert "赵一" in text(han.get(reverse("authority:body_register", args=[cast.body_f.number, "students"])))
    assert "本校学籍" in text(han.get(reverse("authority:register_entry", args=[row.number])))


def test_lists_ask_as_often_for_many_rows_as_for_few(cast: WideCast, lin: Client) -> None:
    zhou = client_of(cast, "zhou")
    fill(cast, lin, 100, 1)
    few = {name: asked(zhou, register(cast, name)) for name in REGISTERS}
    fill(cast, lin, 110, 4)
    assert {name: asked(zhou, register(cast, name)) for name in REGISTERS} == few


def asked(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        client.get(address)
    return len(found)


def test_the_list_of_what_ends_leads_to_the_entry(cast: WideCast) -> None:
    paper = make_agreement(cast)
    cast.body_a.agreements.update(until=cast.at.date() + timedelta(days=10))
    page = client_of(cast, "zhou").get(reverse("authority:ending_papers"))
    assert reverse("authority:register_entry", args=[paper.number]) in page.content.decode()


def test_a_pilot_on_the_list_opens_for_every_office_that_sees_it(cast: WideCast) -> None:
    """到期的试点直接通到试点页；持股比例不带多余的零。"""
    today = cast.at.date()
    made = operations.approve_pilot(
        body=cast.body_f, kind="technician_college", occupations=["6-18-01-01"], plan="对接岗位", units=[], since=today,
        until=today + timedelta(days=20), filed=(), by=cast.han, at=cast.at,
    )  # fmt: skip
    address = reverse("authority:pilot", args=[made.number])
    for username in ("han", "shen", "zhou"):
        client = client_of(cast, username)
        if address in client.get(reverse("authority:ending_papers")).content.decode():
            assert client.get(address).status_code == 200
    assert address in client_of(cast, "han").get(reverse("authority:ending_papers")).content.decode()


def test_a_share_is_written_without_needless_zeros(cast: WideCast, lin: Client) -> None:
    fill(cast, lin, 100, 1)
    shown = text(lin.get(reverse("body:subsidiaries"))) + text(client_of(cast, "zhou").get(register(cast, "subsidiaries")))
    assert "60.00" not in shown
