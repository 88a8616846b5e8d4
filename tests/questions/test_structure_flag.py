"""标准结构变动与题库: are only questions marked whose element changed, and only blueprints and papers that rest on what changed?"""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from tests.questions.conftest import Stand
from touchstone.accounts.actor import PLATFORM, NotAllowed
from touchstone.catalogue import queries as catalogue
from touchstone.policy.questions.comparison import Comparison, compare
from touchstone.questions.models import Blueprint, Paper, PaperForm, PaperItem, Question
from touchstone.questions.operations.structure_flag import flag_structure
from touchstone.simulation.bank import STANDARD
from touchstone.simulation.standards.outline import facts_of
from touchstone.simulation.standards.turner import TURNER
from touchstone.tasks.queries import open_on

pytestmark = pytest.mark.django_db
NEW = "JG202600002"


def difference() -> Comparison:
    """Level 5: the knowledge 1.1.1 is reworded, and the theory weights of two functions shift."""
    old = facts_of("车工（2018年版）", TURNER)
    elements = tuple(
        replace(one, text=f"{one.text}（新制图标准）") if one.title == "五级/初级工相关知识要求1.1.1" else one for one in old.elements
    )
    shift = {"1": Decimal(5), "2": Decimal(-5)}
    weights = tuple(
        replace(one, percent=one.percent + shift.get(one.function, Decimal(0))) if (one.level, one.part.value) == (5, "theory") else one
        for one in old.weights
    )
    return compare(old, replace(old, elements=elements, weights=weights))


def flag(stand: Stand, found: Comparison) -> dict[str, list[str]]:
    later = stand.at + timedelta(hours=1)
    return flag_structure(standard=STANDARD, structure=NEW, difference=found, day=stand.at.date(), before=later, by=PLATFORM, at=later)


def test_what_is_written_by_the_new_version_is_not_marked(stand: Stand) -> None:
    stand.question("approved", 0)
    given = {"standard": STANDARD, "structure": NEW, "difference": difference(), "day": stand.at.date(), "by": PLATFORM, "at": stand.at}
    assert flag_structure(before=stand.at, **given)["questions"] == []  # type: ignore[arg-type]


def test_only_what_changed_is_marked(stand: Stand) -> None:
    touched, other_code, other_level = (
        stand.question("approved", 0),
        stand.question("approved", 1, element="1.1.2"),
        stand.question("approved", 2, level=4),
    )
    assert flag(stand, difference())["questions"] == [touched.number]
    marked = Question.objects.get(pk=touched.pk)
    assert (marked.stale_because, marked.stale_since) == ("鉴定点变动：五级/初级工相关知识要求1.1.1已改写", stand.at.date())
    assert not Question.objects.filter(pk__in=[other_code.pk, other_level.pk]).exclude(stale_because="").exists()
    assert [task.matter for task in open_on(stand.bank.number)] == ["bank.stale"]
    assert flag(stand, difference())["questions"] == []


def test_what_the_end_of_the_edition_marked_is_told_the_element(stand: Stand) -> None:
    one = stand.question("approved", 0)
    Question.objects.filter(pk=one.pk).update(stale_because="所依据的标准已废止或被新版本替代", stale_since=stand.at.date())
    assert flag(stand, difference())["questions"] == [one.number]


def paper(stand: Stand, number: str, part: str, state: str, *questions: Question) -> Paper:
    """A paper composed of questions under a blueprint of level 5; papers have operations of their own, which are tried elsewhere."""
    blueprint = Blueprint.objects.create(
        number=f"XM-{number}", bank=stand.bank, standard=catalogue.standard(STANDARD), level=5, part=part, title="细目表", made_at=stand.at
    )
    made = Paper.objects.create(
        number=number, blueprint=blueprint, bank=stand.bank, state=state, forms_asked=1, seed="1", composed_at=stand.at
    )
    form = PaperForm.objects.create(paper=made, letter="A")
    for place, question in enumerate(questions, 1):
        PaperItem.objects.create(form=form, question=question, version=1, position=place, points=1)
    return made


def test_blueprints_and_papers_not_yet_used_are_marked(stand: Stand) -> None:
    one, other = stand.question("approved", 0), stand.question("approved", 1, element="1.1.2")
    by_weight = paper(stand, "SJ-1", "theory", "composed", other)
    by_question = paper(stand, "SJ-2", "practical", "sealed", one)
    used = paper(stand, "SJ-3", "theory", "used", one)
    untouched = paper(stand, "SJ-4", "practical", "composed", other)
    told = flag(stand, difference())
    assert told["blueprints"] == ["XM-SJ-1", "XM-SJ-3"]
    assert told["papers"] == ["SJ-1", "SJ-2"]
    reasons = dict(Paper.objects.values_list("number", "stale_because"))
    assert reasons == {
        by_weight.number: f"细目表：权重已调整（{NEW}）",
        by_question.number: f"含有鉴定点变动的试题（{NEW}）",
        used.number: "",
        untouched.number: "",
    }


def test_nothing_changed_marks_nothing_and_only_the_platform_marks(stand: Stand) -> None:
    stand.question("approved", 0)
    same = facts_of("车工（2018年版）", TURNER)
    assert flag(stand, compare(same, same)) == {"questions": [], "blueprints": [], "papers": []}
    with pytest.raises(NotAllowed):
        flag_structure(standard=STANDARD, structure=NEW, difference=difference(), day=stand.at.date(), before=stand.at, by=stand.ji, at=stand.at)
