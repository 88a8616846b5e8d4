"""机考送题: of every kind of question a browser gets what it shows and no more, and what it sends back is read as it was meant."""

import json
from decimal import Decimal
from typing import Any

import pytest

from touchstone.measurement.interchange.marked import from_marked
from touchstone.measurement.interchange.question import (
    FALSE,
    TRUE,
    Criterion,
    Feedback,
    Kind,
    Method,
    Option,
    Part,
    Question,
    Slot,
    Weight,
    Weights,
    When,
)
from touchstone.measurement.interchange.rich import blank, node
from touchstone.measurement.interchange.scoring import score
from touchstone.questions.delivery import as_sent, laid_out, read_response, sent, shown
from touchstone.questions.marking import AnswerUnreadable
from touchstone.questions.placing import Placed

ONE = Decimal(1)
SECRET = "秘密答案"


def options(*words: str, **given: Any) -> tuple[Option, ...]:
    """Options whose keys would give something away."""
    return tuple(Option(f"right{place}" if place else "wrong", from_marked(word), from_marked(SECRET), **given) for place, word in enumerate(words))


CHOICE = Question(Kind.CHOICE, from_marked("哪一个？"), options=options("甲", "乙", "丙", "丁"), key=("right1",))
KINDS: dict[str, tuple[Question, Any]] = {
    "单选": (CHOICE, "right1"),
    "判断": (Question(Kind.TRUE_FALSE, ("对吗",), options=(Option(TRUE, ("对",)), Option(FALSE, ("错",))), key=(FALSE,)), FALSE),
    "多选": (Question(Kind.MULTIPLE, ("哪些",), options=options("甲", "乙", "丙", "丁"), key=("right1", "right3")), ["right1", "right3"]),
    "排序": (Question(Kind.ORDER, ("排好",), options=options("先", "中", "后"), key=("wrong", "right1", "right2")), ["wrong", "right1", "right2"]),
    "匹配": (
        Question(Kind.MATCH, ("配对",), options=options("车", "铣"), slots=(Slot("s1", ("车刀",)), Slot("s2", ("铣刀",))),
                 key=("wrong s1", "right1 s2")),
        [["wrong", "s1"], ["right1", "s2"]],
    ),
    "选词": (
        Question(Kind.GAP_MATCH, ("先", blank("b1"), "后", blank("b2")), options=options("粗车", "精车"), slots=(Slot("b1"), Slot("b2")),
                 key=("wrong b1", "right1 b2")),
        [["wrong", "b1"], ["right1", "b2"]],
    ),
    "填空": (
        Question(Kind.TEXT_ENTRY, ("转速", blank("b1")), slots=(Slot("b1", answer=SECRET, weights=Weights((Weight(SECRET, ONE),))),)),
        {"b1": SECRET},
    ),
    "下拉": (
        Question(Kind.INLINE_CHOICE, ("选", blank("b1")), slots=(Slot("b1", options=options("高", "低"), answer="right1"),)),
        {"b1": "right1"},
    ),
    "综合": (
        Question(Kind.COMPOSITE, ("看图",), Decimal(2), parts=(Part("one", CHOICE), Part("two", CHOICE)), method=Method.WEIGHTS),
        {"one": "right1", "two": "right1"},
    ),
}  # fmt: skip


def placed(content: Question) -> Placed:
    """Put a question at the seventh place of a form."""
    return Placed(7, "ST1", content.kind.value, "A.1.1", content.points, content)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", ["甲", "乙", "丙"])
def test_the_right_answer_goes_there_and_back(kind: str, seed: str) -> None:
    """各题型：正确作答经浏览器往返不变，得满分；选项顺序由种子决定。"""
    content, right = KINDS[kind]
    one = placed(content)
    ((position, orders),) = laid_out([one], seed)
    assert position == 7
    assert ((7, orders),) == tuple(laid_out([one], seed))
    raw = json.loads(json.dumps(as_sent(one, orders, right)))
    back = json.loads(json.dumps(read_response(one, orders, raw, 100)))
    assert score(content, back) == content.points
    assert read_response(one, orders, [None] * len(raw), 100) is None


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_that_gives_the_answer_away_goes_out(kind: str) -> None:
    """送出的内容里没有选项键、答案、反馈、分值表。"""
    content, _ = KINDS[kind]
    one = placed(content)
    ((_, orders),) = laid_out([one], "种子")
    out = json.dumps(sent(shown(one, "题型"), orders, "/exam/media/1/"), ensure_ascii=False)
    for word in (SECRET, "right", "wrong", "true\"", "false\"", '"key"', "weights", "feedback"):
        assert word not in out


def test_scoring_points_and_model_answers_stay() -> None:
    """主观题：评分要点和反馈不送出；作答有字数上限，看不见的字符去掉。"""
    content = Question(
        Kind.EXTENDED, ("论述",), Decimal(5), criteria=(Criterion("1", (SECRET,), Decimal(5)),), method=Method.MARKER,
        feedback=(Feedback(When.ALWAYS, (SECRET,)),),
    )  # fmt: skip
    one = placed(content)
    ((_, orders),) = laid_out([one], "种子")
    assert SECRET not in json.dumps(sent(shown(one, "简答题"), orders, ""), ensure_ascii=False)
    assert read_response(one, orders, ["我的\x00作答\n第二行"], 20) == "我的作答\n第二行"
    with pytest.raises(AnswerUnreadable, match="超过20字"):
        read_response(one, orders, ["字" * 21], 20)


def test_pictures_are_known_by_number() -> None:
    """图片按序号取，文件名不送出。"""
    content = Question(Kind.CHOICE, (node("img", src="答案是乙.png", alt="图"),), options=options("甲", "乙"), key=("wrong",))
    one = placed(content)
    kept = shown(one, "单选题")
    assert kept.media == ("答案是乙.png",)
    assert sent(kept, [[0, 1]], "/exam/media/3/")["stem"] == '<img alt="图" src="/exam/media/3/0">'
