"""试题的图片: from the upload through the page, the printed paper and the package to another bank, is it the same picture all the way?"""

import io
from decimal import Decimal

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from tests.questions.conftest import Stand, stand  # noqa: F401
from tests.questions.papers import laid_down, structured
from tests.questions.test_exchange import ABOUT
from tests.web.test_content_form import sent
from tests.web.test_filing_pages import client
from touchstone.accounts.actor import PLATFORM
from touchstone.files.queries import content as bytes_of
from touchstone.files.queries import of_case
from touchstone.measurement.interchange.delivery import Format
from touchstone.questions import operations
from touchstone.questions.models import Question
from touchstone.questions.operations.importing import process_import
from touchstone.questions.placing import Placed
from touchstone.questions.press_room import documents_of
from touchstone.simulation import bank as simulated

BLUE = (20, 60, 200)


def drawing() -> bytes:
    """A blue picture."""
    out = io.BytesIO()
    Image.new("RGB", (320, 200), BLUE).save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def pictured(stand: Stand) -> Question:  # noqa: F811
    """Give an approved question of body 丙 whose stem shows a picture that its author uploaded and placed through the pages."""
    made = stand.question("drafted")
    page = client("jin")
    upload = {"picture": SimpleUploadedFile("图样 A.png", drawing())}
    answer = page.post(reverse("body:question_picture", args=[made.number]), upload, follow=True)
    assert "图片已保存" in answer.content.decode()
    edit = reverse("body:question_edit", args=[made.number])
    form = page.get(edit).context["form"]
    fields = {**sent(form), "stem": f"{form['stem'].value()} ![图样](图1.png)"}
    about = {"element": "1.1.1", "difficulty": "0.5", "secrecy": "1", "standard": simulated.STANDARD}
    answer = page.post(edit, {**fields, **about, "base": made.versions.get().digest})
    assert answer.status_code == 302, answer.content.decode()
    operations.submit_question(number=made.number, by=stand.jin, at=stand.at)
    operations.appoint_reviewers(number=made.number, reviewers=None, by=stand.yun, at=stand.at)
    for who in ("kong", "meng"):
        simulated.judged(made.number, getattr(stand, who), stand.at)
    return operations.approve_question(number=made.number, by=stand.yun, at=stand.at)


def pixel(content: bytes) -> tuple[int, ...]:
    """The colour in the middle of a picture."""
    with Image.open(io.BytesIO(content)) as found:
        colour = found.convert("RGB").getpixel((160, 100))
    assert isinstance(colour, tuple)
    return colour


def test_it_is_shown_to_who_opened_the_question(pictured: Question) -> None:
    """写明事由调阅以后看得到图；没有调阅的，图片地址打不开。"""
    where = reverse("body:question", args=[pictured.number])
    file = reverse("body:question_file", args=[pictured.number, of_case(pictured.number)[0].number])
    assert client("yun").get(file).status_code == 404
    keeper = client("yun")
    assert f'src="{file}"' in keeper.post(where, {"reason": "核对图样"}).content.decode()
    shown = keeper.get(file)
    assert pixel(b"".join(shown)) == BLUE
    assert client("lin").get(file).status_code == 403


def test_it_is_printed_in_the_paper_and_its_guide_and_not_on_the_sheet(pictured: Question, stand: Stand) -> None:  # noqa: F811
    """试卷印着图，答题卡没有图。"""
    structured()
    paper = operations.ask_paper(blueprint=laid_down(stand).number, forms=1, by=stand.yun, at=stand.at)
    content = operations.open_contents(number=pictured.number, reason="试卷排印", by=PLATFORM, at=stand.at).content
    placed = Placed(1, pictured.number, "choice", "1.1.1", Decimal(1), content, tuple(one.key for one in content.options))
    pictures = {name: colours(pdf) for name, pdf in documents_of(paper, "A", [placed], stand.at).items()}
    assert BLUE in pictures["paper"]
    assert BLUE not in pictures["sheet"]


def colours(pdf: bytes) -> set[tuple[int, ...]]:
    """Every colour on the pages of a PDF."""
    pages = pypdfium2.PdfDocument(io.BytesIO(pdf))
    return {colour for page in pages for _, colour in page.render(scale=1).to_pil().convert("RGB").getcolors(10**6)}


@pytest.mark.parametrize("form", [Format.QTI21, Format.QTI22, Format.QTI30, Format.MOODLE], ids=lambda one: one.label)
def test_it_goes_out_in_a_package_and_comes_back(form: Format, pictured: Question, stand: Stand) -> None:  # noqa: F811
    """导出的包里有图；另一题库导入以后，题目和图都在。"""
    made = operations.export_questions(bank=stand.bank.number, numbers=[pictured.number], form=form, reason="交给市级题库", by=stand.yun, at=stand.at)
    record, content = operations.exported_file(number=made.number, by=stand.yun, at=stand.at)
    run = operations.receive_import(bank=stand.city.number, name=record.name, content=content, about=ABOUT, by=stand.bai, at=stand.at)
    process_import(number=run.number, by=PLATFORM, at=stand.at)
    operations.confirm_import(number=run.number, by=stand.bai, at=stand.at)
    run = process_import(number=run.number, by=PLATFORM, at=stand.at)
    assert run.counts == {"made": 1}, [row.sentence for row in run.rows.all()]
    assert_same_picture(Question.objects.get(bank=stand.city), pictured, stand)


def test_a_contributed_copy_has_it_too(pictured: Question, stand: Stand) -> None:  # noqa: F811
    """推荐给市级题库的试题，图一并过去；没有用到的图不带。"""
    with_spare = of_case(pictured.number)[0]
    type(with_spare).objects.create(
        number="A-SPARE", case=pictured.number, label="试题图片", name="图2.png", media="image/png", size=1, sha256=with_spare.sha256,
        uploaded_at=stand.at,
    )  # fmt: skip
    given = operations.contribute_question(number=pictured.number, reason="使用效果好", by=stand.yun, at=stand.at)
    assert_same_picture(given, pictured, stand)


def assert_same_picture(copy: Question, pictured: Question, stand: Stand) -> None:  # noqa: F811
    """The copy shows one picture, which lies with it, and it is the same."""
    content = operations.open_contents(number=copy.number, reason="核对图样", by=PLATFORM, at=stand.at).content
    (media,) = content.media
    (file,) = of_case(copy.number)
    assert (file.name, file.sha256) == (media.name, media.sha256)
    assert pixel(bytes_of(file)) == BLUE
