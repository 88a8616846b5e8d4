"""试题统计: are answers read as they were printed, are figures right, and is nothing said of too few?"""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import openpyxl
import pytest

from tests.measurement.interchange import samples
from tests.questions.conftest import Stand
from tests.questions.papers import composed, laid_down, stocked, structured
from touchstone.accounts.actor import PLATFORM, NotAllowed
from touchstone.kernel.law import Refusal
from touchstone.measurement.interchange.question import FALSE, TRUE, Kind, Option
from touchstone.measurement.interchange.table import from_row
from touchstone.policy.questions.figures import FigureFacts, flags_of
from touchstone.questions import operations
from touchstone.questions.marking import AnswerUnreadable, marked
from touchstone.questions.models import AnswerImport, ItemFigure, Paper, Question
from touchstone.questions.operations.unsealing import opened_content, placed_of
from touchstone.questions.placing import Placed, shuffled
from touchstone.questions.queries.figures import flags_on
from touchstone.simulation import bank as simulated
from touchstone.simulation.bank_topics import TOPICS


@pytest.fixture
def used(stand: Stand) -> Paper:
    """Give a used paper of body 丙 with one form."""
    structured()
    stocked(stand)
    return use(stand)


def use(stand: Stand) -> Paper:
    """Compose, seal, open and use a paper."""
    paper = composed(stand, laid_down(stand, last_papers=0), forms=1)
    hour = stand.at + timedelta(days=1)
    holders = [stand.yun.user_id or 0, stand.ruan.user_id or 0]
    operations.seal_paper(number=paper.number, holders=holders, opens_at=hour, by=stand.yun, at=stand.at)
    shares = {name: operations.take_share(number=paper.number, by=getattr(stand, name), at=stand.at) for name in ("yun", "ruan")}
    for name, share in shares.items():
        operations.give_share(number=paper.number, share=share, by=getattr(stand, name), at=hour)
    return operations.use_paper(number=paper.number, by=stand.yun, at=hour)


def right_text(one: Placed) -> str:
    """Write the right answer as the sheet asks for it."""
    if one.content.kind is Kind.TRUE_FALSE:
        return "对" if one.content.key == (TRUE,) else "错"
    return "".join(one.letter_of(key) for key in one.content.key)


def wrong_text(one: Placed) -> str:
    """Write a wrong answer: always the same option."""
    if one.content.kind is Kind.TRUE_FALSE:
        return "错" if one.content.key == (TRUE,) else "对"
    return one.letter_of(next(option.key for option in one.content.options if option.key not in one.content.key))


def workbook(paper: Paper, persons: int, right: Callable[[int, int], bool], more: list[list[str]] | None = None) -> bytes:
    """Fill the paper's own template: person by question right or wrong, women every second; `more` are rows added as they are."""
    placed = placed_of(opened_content(paper, "A"))
    book = openpyxl.load_workbook(io.BytesIO(operations.answers_template(paper)))
    sheet = book["作答"]
    for person in range(persons):
        answers = [right_text(one) if right(person, place) else wrong_text(one) for place, one in enumerate(placed)]
        for column, value in enumerate([f"T{person:04d}", "A", "女" if person % 2 else "男", "", *answers], 1):
            sheet.cell(2 + person, column, value)
    for line, row in enumerate(more or []):
        for column, value in enumerate(row, 1):
            sheet.cell(2 + persons + line, column, value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def reckon(stand: Stand, paper: Paper, content: bytes) -> AnswerImport:
    """Hand answers in and have the queue reckon them."""
    made = operations.receive_answers(number=paper.number, name="作答.xlsx", content=content, by=stand.yun, at=stand.at)
    return operations.reckon_answers(number=made.number, by=PLATFORM, at=stand.at)


def test_figures_of_a_used_paper(stand: Stand, used: Paper) -> None:
    """六十人作答：难度是得分率，选项比例对得上印出的字母，能力强的答错的题提示答案可能有误，读不懂的行不采用。"""
    placed = placed_of(opened_content(used, "A"))
    able = np.linspace(-2, 2, 60)

    def right(person: int, place: int) -> bool:
        if place == 0:
            return person < 20  # only the weakest are "right": the key is wrong
        return bool(able[person] > (place - 10) / 6)

    bad = [["T9999", "A", "", "", "Z"], ["T0001", "A"], ["T9998", "B"]]
    run = reckon(stand, used, workbook(used, 60, right, bad))
    assert run.failed_because == ""
    assert run.persons == 60
    assert [row for row, _ in run.refused] == [62, 63, 64]
    assert "不是A至D中的一个选项" in run.refused[0][1]
    assert "相同" in run.refused[1][1]
    figures = {one.question.number: one for one in ItemFigure.objects.select_related("question")}
    assert len(figures) == 20
    first = figures[placed[0].question]
    assert first.difficulty == pytest.approx(20 / 60, abs=1e-4)
    assert first.discrimination is not None
    assert first.discrimination < 0
    shares = {one["key"]: one["share"] for one in first.options["rows"]}
    assert shares[placed[0].content.key[0]] == pytest.approx(20 / 60, abs=1e-3)
    assert "key" in {one.key for one in flags_on(first, stand.at.date())}
    assert first.model == {}
    assert run.report["forms"]["A"]["persons"] == 60
    assert run.report["forms"]["A"]["reliability"] > 0.8
    again = operations.reckon_answers(number=run.number, by=PLATFORM, at=stand.at)
    assert again.finished_at == run.finished_at
    assert ItemFigure.objects.count() == 20


def test_enough_answers_are_calibrated_and_drift_is_seen(stand: Stand, used: Paper) -> None:
    """三百人作答则标定2PL；再次使用时有一题突然变容易，提示难度漂移。"""
    chance = np.random.default_rng(5)

    def answers(moved: float) -> Callable[[int, int], bool]:
        ability, luck = chance.normal(size=300), chance.random((300, 20))
        hard = np.linspace(-1.2, 1.2, 20)
        hard[7] -= moved
        p = 1 / (1 + np.exp(-1.4 * (ability[:, None] - hard[None, :])))
        return lambda person, place: bool(luck[person, place] < p[person, place])

    run = reckon(stand, used, workbook(used, 300, answers(0)))
    assert run.failed_because == ""
    order = [one.question for one in placed_of(opened_content(used, "A"))]
    models = {one.question.number: one.model for one in ItemFigure.objects.select_related("question")}
    assert all(model["kind"] == "2PL" and model["error"] > 0 for model in models.values())
    found = [models[number]["difficulty"] for number in order]
    assert np.corrcoef(found, np.linspace(-1.2, 1.2, 20))[0, 1] > 0.95
    ItemFigure.objects.update(paper="SJ-EARLIER")
    AnswerImport.objects.all().delete()
    reckon(stand, used, workbook(used, 300, answers(2.0)))
    later = {one.question.number: one for one in ItemFigure.objects.filter(paper=used.number).select_related("question")}
    assert {number for number in order if "drift" in {flag.key for flag in flags_on(later[number], stand.at.date())}} == {order[7]}


def test_of_too_few_nothing_is_said(stand: Stand, used: Paper) -> None:
    """五个人作答：有数字，没有提示，不标定。"""
    reckon(stand, used, workbook(used, 5, lambda person, place: person > 2))
    for one in ItemFigure.objects.all():
        assert flags_on(one, stand.at.date()) == ()
        assert one.model == {}


def test_a_strange_workbook_and_an_unused_paper_are_refused(stand: Stand, used: Paper) -> None:
    """不是工作簿、别的试卷的表、没有使用的试卷：说明原因，什么也没存。"""
    given: dict[str, Any] = {"name": "作答.xlsx", "by": stand.yun, "at": stand.at}
    with pytest.raises(Refusal):
        operations.receive_answers(number=used.number, content=b"not a workbook", **given)
    assert not AnswerImport.objects.exists()
    content = workbook(used, 1, lambda person, place: True)
    for name in ("ji", "ruan", "jin", "lin", "wang"):
        with pytest.raises(NotAllowed):
            operations.receive_answers(number=used.number, content=content, **{**given, "by": getattr(stand, name)})
    other = composed(stand, laid_down(stand, last_papers=0), forms=1)
    with pytest.raises(Refusal, match="还没有作答结果"):
        operations.receive_answers(number=other.number, content=content, **given)
    Paper.objects.filter(pk=used.pk).update(number="SJ-OTHER")
    assert not ItemFigure.objects.exists()


def test_options_are_shuffled_and_read_back() -> None:
    """选项按种子打乱，同一种子同一顺序；“以上都对”不动；印出的字母读回原来的选项。"""
    content = simulated.choice(TOPICS[0])
    orders = {shuffled(content, seed) for seed in range(40)}
    assert len(orders) > 10
    assert shuffled(content, 3) == shuffled(content, 3)
    one = Placed(1, "ST1", "choice", "1.1.1", Decimal(1), content, shuffled(content, 3))
    assert marked(one, one.letter_of(content.key[0])).share == 1.0
    assert [marked(one, letter).share for letter in "ABCD"].count(1.0) == 1
    assert marked(one, "").share == 0.0
    with pytest.raises(AnswerUnreadable):
        marked(one, "AB")
    judged = Placed(2, "ST2", "true_false", "1.1.1", Decimal(1), simulated.true_false(TOPICS[0], True), (TRUE, FALSE))
    assert [marked(judged, text).share for text in ("对", "√", "错")] == [1.0, 1.0, 0.0]
    essay = Placed(3, "ST3", "extended", "1.1.1", Decimal(20), simulated.open_question(TOPICS[0]))
    assert marked(essay, "15").share == 0.75
    with pytest.raises(AnswerUnreadable):
        marked(essay, "21")


@pytest.mark.parametrize(
    ("facts", "keys"),
    [
        (FigureFacts(30, 0.35), []),
        (FigureFacts(29, -0.2), []),
        (FigureFacts(30, -0.01), ["key"]),
        (FigureFacts(30, 0.4, draws_the_able=True), ["key"]),
        (FigureFacts(30, 0.19), ["weak"]),
        (FigureFacts(30, 0.20, idle_options=1), ["idle"]),
        (FigureFacts(30, 0.40, unfair_to=("女性",)), ["unfair"]),
        (FigureFacts(30, 0.40, drift=-3.0), ["drift"]),
        (FigureFacts(30, 0.40, drift=2.9), []),
    ],
    ids=["正常", "不足三十人不提示", "负区分度", "强者选错项", "区分度低", "干扰项无效", "对某组不公", "变容易", "未到漂移界限"],
)
def test_flags_in_plain_words(facts: FigureFacts, keys: list[str], stand: Stand) -> None:
    """每种提示的界限。"""
    assert [one.key for one in flags_of(facts, stand.at.date())] == keys


def test_nobody_is_named_in_figures(stand: Stand, used: Paper) -> None:
    """统计里没有考生。"""
    reckon(stand, used, workbook(used, 40, lambda person, place: (person + place) % 3 > 0))
    told = "".join(f"{one.options}{one.dif}{one.model}" for one in ItemFigure.objects.all())
    assert "T00" not in told
    assert Question.objects.filter(uses=1).count() == 20


def test_answers_keep_the_blanks_inside_and_letters_do_without() -> None:
    """答案里的空格有意义：“Ra 3.2”不是“Ra3.2”；选择题的字母隔开写也认得。"""
    blank_of = from_row({"题型": "填空题", "题干": "表面粗糙度注作____", "答案": "Ra 3.2"}, 1)[0]
    one = Placed(1, "ST1", "text_entry", "1.1.1", Decimal(1), blank_of)
    assert [marked(one, said).share for said in (" Ra 3.2 ", "Ra3.2")] == [1.0, 0.0]
    several = from_row({"题型": "多选题", "题干": "选", "选项A": "甲", "选项B": "乙", "选项C": "丙", "答案": "AC"}, 1)[0]
    one = Placed(2, "ST2", "multiple", "1.1.1", Decimal(1), several, ("A", "B", "C"))
    assert [marked(one, said).share for said in ("AC", "a c", "A、C", "AB")] == [1.0, 1.0, 1.0, 0.0]


def test_more_than_26_options_can_be_printed_and_read() -> None:
    """选项多于26个，Z以后是AA。"""
    content = replace(samples.CHOICE, options=tuple(Option(f"k{n}", (f"第{n}项",)) for n in range(28)), key=("k27",))
    one = Placed(1, "ST1", "choice", "1.1.1", Decimal(1), content, shuffled(content, 3))
    assert marked(one, one.letter_of("k27")).share == 1.0
    with pytest.raises(AnswerUnreadable, match="A至AB"):
        marked(one, "AZ")
