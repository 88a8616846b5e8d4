"""试卷排印: can every kind of question be answered on paper, is no answer printed with it, and does the guide fit each form?"""

import io
import re
from dataclasses import replace
from decimal import Decimal

import pypdfium2
import pytest
from PIL import Image

from tests.measurement.interchange.samples import ALL, CHOICE, COMPOSITE, GAP_MATCH, INLINE, MATCH, MULTIPLE, ORDER, TEXT, TRUE_FALSE, options
from touchstone.measurement.interchange.question import Kind, Question
from touchstone.print.exam_paper import ExamPaper, print_answer_sheet, print_guide, print_paper
from touchstone.questions.answer_key import answer_of
from touchstone.questions.marking import AnswerUnreadable, marked
from touchstone.questions.placing import Placed, shuffled
from touchstone.questions.printing import picture_name, sections_of

ON_PAPER = [one for one in ALL if one.rules is None]
BY_MACHINE = [CHOICE, TRUE_FALSE, MULTIPLE, MATCH, ORDER, GAP_MATCH, INLINE, TEXT]
SEEDS = range(30)


def placed(content: Question, seed: int, position: int = 1) -> Placed:
    """Place a question in a form, four points."""
    return Placed(position, f"ST{position}", content.kind.value, "1.1.1", Decimal(4), content, shuffled(content, seed))


def form(letter: str, contents: list[Question], seed: int) -> ExamPaper:
    """Set questions as a form."""
    labels = {kind.value: kind.label for kind in Kind}
    sections = sections_of([placed(one, seed + place, place) for place, one in enumerate(contents, 1)], labels, "theory")
    return ExamPaper("职业技能等级认定", "车工五级", letter, "SJ1", "车工（2018年版）", 90, "100", "某公司", ("答在答题卡上。",), sections)


def words_of(pdf: bytes) -> str:
    """Read a PDF back."""
    pages = pypdfium2.PdfDocument(io.BytesIO(pdf))
    return "".join(page.get_textpage().get_text_bounded() for page in pages).replace("\r\n", "").replace(" ", "")


def names(one: Question) -> str:
    return one.kind.label


@pytest.mark.parametrize("seed", SEEDS)
def test_an_order_is_never_printed_in_the_right_order(seed: int) -> None:
    """排序题的各项打乱后印出，怎么打乱都不等于正确的先后；匹配、选词填空从A读下去也不是答案。"""
    assert shuffled(ORDER, seed) != ORDER.key
    two = replace(ORDER, options=options("粗车", "精车"), key=("A", "B"))
    assert shuffled(two, seed) == ("B", "A")
    match = placed(MATCH, seed)
    assert [match.letter_of(pair.split(" ")[1]) for pair in MATCH.key] != ["A", "B", "C"]
    gap = placed(GAP_MATCH, seed)
    assert [gap.letter_of(pair.split(" ")[0]) for pair in GAP_MATCH.key] != ["A", "B"]


@pytest.mark.parametrize("content", BY_MACHINE, ids=names)
def test_the_guide_of_each_form_marks_its_own_form_right(content: Question) -> None:
    """每一卷的参考答案填到这一卷上，都得满分。"""
    for seed in SEEDS:
        one = placed(content, seed)
        key = "；".join(re.sub("／.*|（630～640）", "", each) for each in answer_of(one).split("；"))
        assert marked(one, key).share == 1.0, (seed, key, one.order)


@pytest.mark.parametrize("content", [CHOICE, MULTIPLE, MATCH, ORDER, GAP_MATCH, INLINE, COMPOSITE], ids=names)
def test_a_question_in_two_forms_has_other_letters_in_each(content: Question) -> None:
    """同一题进A、B两卷，选项次序不同，邻座抄字母没有用。"""
    for seed in SEEDS:
        first = shuffled(content, seed)
        assert shuffled(content, seed, [first]) != first


def test_the_right_letter_of_one_form_is_no_answer_in_the_other() -> None:
    """A卷的排序答案填在B卷上不得分。"""
    first = placed(ORDER, 1)
    second = replace(first, order=shuffled(ORDER, 1, [first.order]))
    assert marked(second, answer_of(first)).share < 1.0


def test_every_kind_can_be_answered_on_paper() -> None:
    """各种题型都印得全：左右两栏、每空的选项、编了号的空、小题和它们的选项，答题卡有对应的位置。"""
    paper = form("A", ON_PAPER, 7)
    drawing = io.BytesIO()
    Image.new("RGB", (300, 200), "white").save(drawing, "PNG")
    said = words_of(print_paper(paper, {picture_name("ST10", "drawing.png"): drawing.getvalue()}))
    for content in ON_PAPER:
        for part in (content, *(each.question for each in content.parts)):
            for slot in part.slots:
                for option in slot.options:
                    assert "".join(str(one) for one in option.content) in said, (content.kind, option)
            for option in part.options:
                assert "".join(str(one) for one in option.content) in said, (content.kind, option)
    for prompt in ("外径", "跳动", "角度"):
        assert prompt in said
    assert "参考答案" not in said
    sheet = words_of(print_answer_sheet(paper))
    assert "匹配题" in sheet
    assert "排序题" in sheet


def test_the_paper_is_the_same_whatever_the_answer_is() -> None:
    """把每题的答案换掉，印出的试卷和答题卡一个字也不变：卷面不带答案。"""
    other = [
        replace(CHOICE, key=("C",)),
        replace(TRUE_FALSE, key=("true",)),
        replace(MATCH, key=("A 3", "B 1", "C 2")),
        replace(TEXT, slots=tuple(replace(slot, answer="别的", weights=type(slot.weights)()) for slot in TEXT.slots)),
    ]
    first = form("A", [CHOICE, TRUE_FALSE, MATCH, TEXT], 5)
    second = form("A", other, 5)
    orders = [one.options for section in first.sections for one in section.questions]
    assert orders == [one.options for section in second.sections for one in section.questions]
    assert words_of(print_paper(first)) == words_of(print_paper(second))
    assert words_of(print_answer_sheet(first)) == words_of(print_answer_sheet(second))
    assert words_of(print_guide(first)) != words_of(print_guide(second))


def test_options_that_name_letters_keep_them() -> None:
    """选项里写着“A、B都对”的，字母不打乱。"""
    content = replace(CHOICE, options=options("切削速度", "进给量", "A、B", "都不是"), key=("C",))
    assert {shuffled(content, seed) for seed in SEEDS} == {("A", "B", "C", "D")}


@pytest.mark.parametrize("text", ["BA", "BACZ", "5A", "？"])
def test_letters_that_fit_no_place_are_refused_with_the_reason(text: str) -> None:
    """排序题填得不全、字母不存在：说清哪里不对。"""
    with pytest.raises(AnswerUnreadable, match="第1题"):
        marked(placed(ORDER, 1), text)


def test_a_composite_question_gives_each_part_its_own_key_and_points() -> None:
    """综合题：各小题有自己的分值、选项和参考答案，评分要点的分值不把别的小题算进去。"""
    one = placed(COMPOSITE, 3)
    assert sum(part.points for part in one.parts()) == one.points
    guide = words_of(print_guide(form("A", [COMPOSITE], 3)))
    for part in placed(COMPOSITE, 4, 1).parts():
        assert f"（{part.position}）" in guide
