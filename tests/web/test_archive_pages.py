"""评价档案页面: who gets in, what does each side see, and how many questions does the list ask the database?"""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from tests.exams.stage import Stage
from tests.exams.test_archive import APRIL, bind_all
from tests.exams.test_pages import enter
from touchstone.exams.models import Archive, ArchiveOpening
from touchstone.exams.operations.archive import compile_archive


@pytest.fixture
def archive(cast: Cast) -> Archive:
    """Give an archive that is bound and waits to be sealed."""
    found = Archive.objects.get(plan=Stage(cast).all_the_way().plan)
    compile_archive(number=found.number, by=cast.sun, at=APRIL)
    bind_all(found.number)
    return found


def test_each_side_sees_what_is_theirs(archive: Archive) -> None:
    """本机构、本区督导、市职鉴中心看得到；别家机构、别区、无关岗位、没有登录的看不到；没有事由的打不开，也不留痕。"""
    number = archive.number

    def page(side: str) -> str:
        return reverse(f"{side}:archive", args=[number])

    def volume(side: str) -> str:
        return reverse(f"{side}:archive_volume_file", args=[number, "result"])

    for side, who in (("body", "qian"), ("body", "sun"), ("authority", "wang"), ("authority", "pan"), ("authority", "xu")):
        client = enter(who)
        assert number in client.get(reverse(f"{side}:archives")).content.decode(), who
        shown = client.get(page(side)).content.decode()
        assert "卷内目录" in shown, who
        assert ("打开试卷及结果卷" in shown) is (who != "xu"), who
    for side, who in (("body", "shi"), ("authority", "lv"), ("authority", "tang")):
        client = enter(who)
        assert number not in client.get(reverse(f"{side}:archives")).content.decode()
        assert client.get(page(side)).status_code == 403
        assert client.post(volume(side), {"reason": "想看看别人的成绩"}).status_code == 403
    assert Client().get(page("body"))["Location"].startswith("/login")
    assert Client().post(volume("authority"), {"reason": "没有登录"})["Location"].startswith("/login")
    assert enter("zhu").get(page("authority")).status_code == 403
    wang = enter("wang")
    assert wang.post(volume("authority"), {"reason": ""}).status_code == 302
    assert wang.get(volume("authority")).status_code == 302
    assert not ArchiveOpening.objects.exists()
    given = wang.post(volume("authority"), {"reason": "核查成绩投诉"})
    assert (given.status_code, given["Content-Type"], given["Cache-Control"]) == (200, "application/pdf", "private, no-store")
    assert "核查成绩投诉" in enter("qian").get(page("body")).content.decode()
    assert wang.post(page("authority"), {"act": "seal", "statement": "代为封存"}).status_code == 302
    archive.refresh_from_db()
    assert archive.state == "compiled"
    exported = enter("qian").get(reverse("body:archives") + "?export=csv")
    assert number in b"".join(exported).decode("utf-8-sig")


def test_the_list_asks_a_fixed_number_of_questions(archive: Archive, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    """列表的查询次数不随行数增加。"""
    client = enter("qian")
    address = reverse("body:archives")
    client.get(address)
    with django_assert_num_queries(12):
        client.get(address)
