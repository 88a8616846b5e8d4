"""坏的输入: a bomb, a file that reaches outside, enemies in a circle, two at one question: a clear sentence, and nothing of anybody's is lost."""

import io
import zipfile

import pytest
from django.urls import reverse

from tests.questions.conftest import Stand, stand  # noqa: F401
from tests.questions.papers import composed, laid_down, stocked, structured
from tests.questions.test_exchange import received
from tests.web.test_content_form import sent
from tests.web.test_filing_pages import client
from touchstone.kernel.law import Refusal
from touchstone.questions import operations
from touchstone.questions.models import Question
from touchstone.questions.states import PaperState
from touchstone.simulation.bank import STANDARD

OUTSIDE = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    b'<quiz><question type="truefalse"><name>&a;</name></question></quiz>'
)


def bomb() -> bytes:
    """A package of a few kilobytes that would unpack to 300 MB."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("imsmanifest.xml", "<manifest/>")
        with package.open("items/one.xml", "w") as item:
            for _ in range(300):
                item.write(bytes(1024 * 1024))
    return out.getvalue()


@pytest.mark.parametrize("kind", ["炸弹", "外部实体"])
def test_a_dangerous_file_is_given_up_with_its_sentence(kind: str, stand: Stand) -> None:  # noqa: F811
    """QTI包是压缩炸弹、XML引用外部文件：说明为什么不收，一题也没有进来，导入页照常打开。"""
    data, name = (bomb(), "题.zip") if kind == "炸弹" else (OUTSIDE, "题.xml")
    run = received(stand, data, name)
    assert run.failed_because
    assert not Question.objects.exists()
    page = client("jin").get(reverse("body:question_import", args=[run.number])).content.decode()
    assert run.failed_because[:10] in page


def test_enemies_in_a_circle_are_said_to_be_in_the_way(stand: Stand) -> None:  # noqa: F811
    """三题两两相克，一套却要其中两题：组不出，并说清是相克试题；题库和登记都没有变。"""
    structured()
    stocked(stand)
    first, second, third = Question.objects.filter(element__startswith="A.").order_by("id")[:3]
    for one, other in ((first, second), (second, third), (third, first)):
        operations.note_enemies(first=one.number, second=other.number, reason="答案互相提示", by=stand.yun, at=stand.at)
    with pytest.raises(Refusal):
        operations.note_enemies(first=first.number, second=first.number, reason="自己", by=stand.yun, at=stand.at)
    Question.objects.filter(element__startswith="A.").exclude(pk__in=[first.pk, second.pk, third.pk]).update(stale_because="标准变动")
    paper = composed(stand, laid_down(stand), forms=1)
    assert paper.state == PaperState.IMPOSSIBLE
    assert "相克" in "".join(paper.report["conflicts"])
    assert not paper.forms.exists()


def test_who_saves_second_is_told_and_keeps_what_was_typed(stand: Stand) -> None:  # noqa: F811
    """两人同时改一题：后存的没有覆盖先存的，写的内容还在页上，另开一页看得到先存的。"""
    made = stand.question("drafted")
    edit = reverse("body:question_edit", args=[made.number])
    about = {"element": "1.1.1", "difficulty": "0.5", "secrecy": "1", "standard": STANDARD}
    opened = {name: client(name) for name in ("jin", "yun")}
    given = {}
    for name, page in opened.items():
        shown = page.get(edit).context
        given[name] = {**sent(shown["form"]), **about, "base": shown["base"]}
    assert opened["jin"].post(edit, {**given["jin"], "stem": "先存的人写的题干（　　）。"}).status_code == 302
    answer = opened["yun"].post(edit, {**given["yun"], "stem": "后存的人写的题干（　　）。"})
    said = answer.content.decode()
    assert answer.status_code == 200
    assert "已经由另一人保存过，没有覆盖" in said
    assert "后存的人写的题干" in said
    assert "先存的人写的题干" in client("yun").get(edit).content.decode()
