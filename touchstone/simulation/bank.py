"""模拟题库: a city bank that is stocked, and a body's bank with a question at every stage, all by the real operations."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from touchstone.accounts.actor import PLATFORM, Actor
from touchstone.catalogue import queries as catalogue
from touchstone.measurement.interchange.marked import from_marked
from touchstone.measurement.interchange.question import FALSE, TRUE, Criterion, Kind, Method, Option, Question
from touchstone.policy.exams.parts import Part
from touchstone.policy.questions.reviewing import ITEMS
from touchstone.questions import operations, queries
from touchstone.questions.operations import About
from touchstone.questions.operations.history import load_history
from touchstone.simulation.bank_topics import TOPICS, Topic
from touchstone.simulation.cast import actor_of

if TYPE_CHECKING:
    from touchstone.bodies.models import Body
    from touchstone.catalogue.models import Standard
    from touchstone.questions.models import Bank
    from touchstone.questions.models import Question as Row

STANDARD = "GZB 6-18-01-01-2018"
BODY_PEOPLE = {"author": "jin", "first": "kong", "second": "meng", "keeper": "yun"}
_ONE, _TWO, _FIVE = Decimal(1), Decimal(2), Decimal(5)
_LETTERS = "ABCDEF"
_STEPS = (("装夹与校正", "工件夹牢，径向跳动不大于0.05毫米", 10, "超差扣5分，未夹牢不得分"),
          ("对刀与试切", "试切后测量并修正刀补", 15, "未试切扣10分"),
          ("外圆加工", "尺寸在公差带内，表面粗糙度Ra3.2", 40, "每超差0.01毫米扣4分，粗糙度降级扣5分"),
          ("端面与倒角", "端面平整，倒角齐全", 15, "缺一处扣3分"),
          ("安全文明", "劳保齐全，量具归位，场地清扫", 20, "违反一项扣5分；发生事故不得分"))  # fmt: skip


def choice(topic: Topic) -> Question:
    """This function will give a question with one right option."""
    words = (topic.wrong[0], topic.right, *topic.wrong[1:])
    return Question(Kind.CHOICE, from_marked(f"{topic.ask}（　　）。"), options=_options(words), key=("B",))


def multiple(topic: Topic, other: Topic) -> Question:
    """This function will give a question with two right options."""
    words = (topic.gap.replace("____", "相应要求"), other.gap.replace("____", "相应要求"), topic.false, other.false)
    stem = from_marked(f"关于“{topic.explain}”与“{other.explain}”，说法正确的有（　　）。")
    return Question(Kind.MULTIPLE, stem, _TWO, options=_options(words), key=("A", "B"))


def true_false(topic: Topic, right: bool) -> Question:
    """This function will give a sentence that is right or wrong."""
    words = f"{topic.ask}{topic.right}。" if right else f"{topic.false}。"
    options = (Option(TRUE, ("正确",)), Option(FALSE, ("错误",)))
    return Question(Kind.TRUE_FALSE, from_marked(words), options=options, key=(TRUE if right else FALSE,))


def open_question(topic: Topic) -> Question:
    """This function will give a question that a person marks, with its points."""
    criteria = (Criterion("1", from_marked(f"要点一：{topic.right}"), Decimal(3)), Criterion("2", from_marked("要点二：理由充分、结合岗位"), _TWO))
    return Question(Kind.EXTENDED, from_marked(f"{topic.explain}。"), _FIVE, criteria=criteria, method=Method.MARKER)


def practical(name: str, minutes: int = 60) -> Question:
    """This function will give a practical task with five scoring points: step, what is to be seen, points, what is taken off."""
    criteria = tuple(
        Criterion(str(place), from_marked(seen), Decimal(points), rule=rule, group=step) for place, (step, seen, points, rule) in enumerate(_STEPS, 1)
    )
    stem = from_marked(f"按图样完成{name}的车削加工。")
    materials = from_marked("卧式车床一台、外圆车刀、游标卡尺、百分表、45钢毛坯一件")
    return Question(
        Kind.PRACTICAL, stem, sum((one.points for one in criteria), Decimal(0)), criteria=criteria, method=Method.MARKER, minutes=minutes,
        materials=materials,
    )  # fmt: skip


def _options(words: Sequence[str]) -> tuple[Option, ...]:
    return tuple(Option(letter, from_marked(text)) for letter, text in zip(_LETTERS, words, strict=False))


def stock() -> list[tuple[str, Question]]:
    """This function will give about 130 different questions with the part each belongs to."""
    theory: list[Question] = []
    for place, topic in enumerate(TOPICS):
        other = TOPICS[(place + 7) % len(TOPICS)]
        theory += [choice(topic), multiple(topic, other), true_false(topic, True), true_false(topic, False), open_question(topic)]
    tasks = [practical(name) for name in ("台阶轴", "带沟槽的短轴", "外锥面心轴", "普通螺纹螺杆", "通孔套筒", "滚花手柄")]
    return [(Part.THEORY.value, one) for one in theory] + [(Part.PRACTICAL.value, one) for one in tasks]


def abouts(standard: "Standard", part: str, day: datetime, level: int = 5) -> list[str]:
    """This function will give the elements a question of this part may be tied to: those of the structure, else some plausible codes."""
    structure = catalogue.structure_of(standard, day.date())
    if structure is None:
        return [f"{function}.{content}.{element}" for function in (1, 2, 3, 4) for content in (1, 2) for element in (1, 2, 3)]
    return list(catalogue.elements(structure, level, part).values_list("code", flat=True))


def about_of(standard: "Standard", part: str, content: Question, element: str, place: int = 0, level: int = 5) -> About:
    """This function will tie a question to a standard."""
    difficulty = Decimal(45 + (place * 7) % 45) / 100
    return About(standard.number, level, part, content.kind.value, element, difficulty, 2 if part == Part.PRACTICAL else 1)


def build_city_bank(*, author: Actor, reviewers: Sequence[Actor], keeper: Actor, at: datetime) -> "Bank":
    """This function will open the city's bank and load about 125 approved questions into it, as history."""
    bank = operations.open_city_bank(by=keeper, at=at)
    standard = catalogue.standard(STANDARD)
    entries = []
    codes = {part: abouts(standard, part, at) for part in (Part.THEORY.value, Part.PRACTICAL.value)}
    for place, (part, content) in enumerate(stock()):
        element = codes[part][place % len(codes[part])]
        entries.append((about_of(standard, part, content, element, place), content))
    load_history(bank=bank, entries=entries, author=author, reviewers=reviewers, by=PLATFORM, at=at)
    return bank


def judged(number: str, reviewer: Actor, at: datetime, *, passes: bool = True, word: str = "") -> None:
    """This function will give a reviewer's judgement of a question."""
    marks = {item.key: {"outcome": "yes"} for item in ITEMS.on(at.date()).value}
    if not passes:
        marks["words"] = {"outcome": "no", "word": word}
    operations.give_review(number=number, marks=marks, passes=passes, word=word, by=reviewer, at=at)


def bring_to(stage: str, bank: "Bank", about: About, content: Question, people: dict[str, Actor], at: datetime) -> "Row":
    """This function will write a question and bring it to a stage by the hands of author, first and second reviewer, and keeper."""
    row = operations.draft_question(bank=bank.number, about=about, content=content, by=people["author"], at=at)
    if stage == "drafted":
        return row
    operations.submit_question(number=row.number, by=people["author"], at=at + timedelta(hours=1))
    if stage == "submitted":
        return row
    operations.appoint_reviewers(number=row.number, reviewers=None, by=people["keeper"], at=at + timedelta(hours=2))
    judges = (people["first"], people["second"])
    if stage == "in_review":
        judged(row.number, judges[0], at + timedelta(hours=3))
        return row
    for judge in judges:
        against = stage == "to_revise" and judge is judges[1]
        judged(row.number, judge, at + timedelta(hours=4), passes=not against, word="第二句有歧义，请改写。" if against else "")
    if stage in {"approved", "retired"}:
        operations.approve_question(number=row.number, by=people["keeper"], at=at + timedelta(hours=5))
    if stage == "retired":
        operations.retire_question(number=row.number, reason="所考工艺已经淘汰。", by=people["keeper"], at=at + timedelta(hours=6))
    return row


STAGES = ("retired", "approved", "approved", "approved", "reviewed", "to_revise", "in_review", "submitted", "drafted")
_OWN = "本企业"


def build_body_bank(body: "Body", people: dict[str, Actor], at: datetime) -> "Bank":
    """This function will open a body's bank with a question at every stage."""
    bank = operations.open_bank(body=body, by=people["keeper"], at=at)
    standard = catalogue.standard(STANDARD)
    codes = abouts(standard, Part.THEORY.value, at)
    for place, stage in enumerate(STAGES):
        topic = TOPICS[place]
        content = choice(replace(topic, ask=f"{_OWN}工艺卡规定：{topic.explain}时，正确的做法是", right=f"按工艺卡第{place + 1}条执行"))
        bring_to(stage, bank, about_of(standard, Part.THEORY.value, content, codes[place % len(codes)], place), content, people, at)
    task = practical(f"{_OWN}减速器输出轴", 90)
    skills = abouts(standard, Part.PRACTICAL.value, at)
    bring_to("approved", bank, about_of(standard, Part.PRACTICAL.value, task, skills[0]), task, people, at)
    return bank


def _city_work(bank: "Bank", keeper: Actor, at: datetime) -> None:
    """What is under way in the city's bank: one given by the body, one being written, one being judged."""
    city, standard, day = operations.CITY_BANK, catalogue.standard(STANDARD), at.date()
    given = queries.questions(keeper, bank).filter(state="approved", part=Part.THEORY.value).order_by("id").first()
    if given is not None:
        operations.contribute_question(number=given.number, reason="本企业使用效果较好，供全市共享。", by=keeper, at=at)
    codes = abouts(standard, Part.THEORY.value, at)
    hands = {"author": actor_of("bai", day), "first": actor_of("ge", day), "second": actor_of("mo", day), "keeper": actor_of("ji", day)}
    shared = queries.bank(city, hands["keeper"])
    for stage, words in (("in_review", "论述车削加工中工艺系统刚性对加工精度的影响"), ("drafted", "论述数控车床与普通车床在批量生产中的分工")):
        content = open_question(replace(TOPICS[0], explain=words))
        bring_to(stage, shared, about_of(standard, Part.THEORY.value, content, codes[0]), content, hands, at - timedelta(hours=5))


def populate(body: "Body", at: datetime) -> None:
    """This function will stock the demo: the city bank, body 丙's bank, a licence asked for and one note of guidance."""
    day = at.date()
    build_city_bank(author=actor_of("bai", day), reviewers=[actor_of("ge", day), actor_of("mo", day)], keeper=actor_of("ji", day), at=at)
    people = {name: actor_of(username, day) for name, username in BODY_PEOPLE.items()}
    bank = build_body_bank(body, people, at)
    later = at + timedelta(hours=8)
    _city_work(bank, people["keeper"], later)
    asked = operations.ask_licence(standard=STANDARD, reason="用于本单位车工认定的理论组卷。", by=people["keeper"], at=later)
    operations.grant_licence(number=asked.number, until=day + timedelta(days=180), by=actor_of("ji", day), at=later)
    guidance = "车工五级的实操任务偏少，请按权重表补充。"
    operations.write_guidance(bank=bank.number, content=guidance, by=actor_of("wang", day), at=later)
