"""试题导入导出页: who may open them, and what does a person see who may not?"""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.cast import set_up
from tests.questions.conftest import Stand, stand_up
from tests.questions.test_exchange import ABOUT, GIFT, loaded
from touchstone.accounts.queries import user_named
from touchstone.questions import operations
from touchstone.questions.models import Question, QuestionImport


@pytest.fixture
def stand(db: None) -> Stand:
    """Give the two banks with their people, both empty."""
    return stand_up(set_up())


def page_for(username: str) -> Client:
    client = Client()
    user = user_named(username)
    assert user is not None
    client.force_login(user, backend="touchstone.accounts.backends.PasswordBackend")
    return client


PAGES = ("body:question_imports", "body:question_import", "body:import_undo", "body:question_exports", "body:question_export")
ABLE = {
    "jin": {"body:question_imports", "body:question_import", "body:import_undo"},
    "yun": set(PAGES),
    "kong": {"body:question_imports"},
    "gu": set[str](),
    "lin": set[str](),
    "wang": set[str](),
    "ji": set[str](),
}


@pytest.mark.parametrize("username", ABLE)
def test_who_may_open(username: str, stand: Stand) -> None:
    """上传人和本题库管理员看得到导入；导出只有管理员；别的人、别的机构、区和中心都看不到。"""
    run = loaded(stand)
    made = operations.export_questions(
        bank=stand.bank.number, numbers=[Question.objects.earliest("id").number], form="gift", reason="送印刷厂试排", by=stand.yun, at=stand.at
    )
    client = page_for(username)
    numbers = {"body:question_import": [run.number], "body:import_undo": [run.number], "body:question_export": [made.number]}
    able = {name for name in PAGES if client.get(reverse(name, args=numbers.get(name, []))).status_code == 200}
    assert able == ABLE[username]


def test_logged_out_is_sent_to_log_in(stand: Stand) -> None:
    """未登录的，先登录。"""
    answer = Client().get(reverse("body:question_imports"))
    assert answer.status_code == 302
    assert "login" in answer["Location"]


def test_a_form_without_a_file_says_so_and_keeps_what_was_chosen(stand: Stand) -> None:
    """没有选文件：说明原因，已选的归属仍在。"""
    given = {**ABOUT, "file": SimpleUploadedFile("空.txt", b"")}
    answer = page_for("jin").post(reverse("body:question_imports"), given)
    assert answer.status_code == 200
    assert "是空的" in answer.content.decode()
    assert not QuestionImport.objects.exists()


def test_a_reviewer_is_refused_with_a_sentence(stand: Stand) -> None:
    """审题人不能导入，页面写明应由谁办理。"""
    answer = page_for("kong").post(reverse("body:question_imports"), {**ABOUT, "file": SimpleUploadedFile("题.txt", GIFT.encode())})
    assert "命题人或者题库管理员" in answer.content.decode()
    assert not QuestionImport.objects.exists()
