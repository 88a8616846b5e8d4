"""试卷印制: which words stand around the questions, and which pictures go with them?"""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from touchstone.files.queries import content as bytes_of
from touchstone.files.queries import of_case
from touchstone.measurement.interchange.question import Question as Content
from touchstone.measurement.interchange.rich import media_names
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.exams.parts import Part
from touchstone.policy.questions.kinds import KINDS
from touchstone.print.exam_paper import ExamPaper, print_answer_sheet, print_guide, print_paper
from touchstone.print.press import CannotPrint
from touchstone.questions.placing import Placed
from touchstone.questions.printing import number, picture_name, sections_of
from touchstone.questions.terms import read_terms

if TYPE_CHECKING:
    from touchstone.questions.models import Paper

_NOTES = {
    Part.THEORY.value: (
        "答题前，请按要求在试卷和答题卡的规定位置填写姓名、准考证号、考场号和座位号。",
        "请仔细阅读各题的答题要求，答案写在答题卡上，写在试卷上的无效。",
        "不要在试卷和答题卡上做任何标记；考试结束后，试卷、答题卡和草稿纸一并交回。",
    ),
    Part.PRACTICAL.value: (
        "考前请核对工位、设备、工具和材料，有问题的立即报告考评人员。",
        "请遵守安全操作规程；发生危及安全的情况，考评人员有权停止考核。",
        "考核结束后，请将作品、试卷和工具一并交回，清理现场。",
    ),
}


def documents_of(paper: "Paper", letter: str, placed: Sequence[Placed], at: datetime) -> dict[str, bytes]:
    """This function will print one form in its three documents. :raises CannotPrint: when a character or a picture is missing."""
    day, blueprint = at.date(), paper.blueprint
    terms = read_terms(blueprint.terms)
    labels = {one.key: one.label for one in KINDS.on(day).value}
    record = ExamPaper(
        title="职业技能等级认定",
        subject=f"{blueprint.standard.occupation.name}{Level(blueprint.level).label}{Part(blueprint.part).label}",
        letter=letter,
        number=paper.number,
        standard=str(blueprint.standard),
        minutes=terms.minutes,
        points=number(terms.points),
        office=paper.bank.office.name,
        notes=_NOTES.get(blueprint.part, _NOTES[Part.PRACTICAL.value]),
        sections=sections_of(placed, labels, blueprint.part),
    )
    photos = _pictures(placed)
    return {"paper": print_paper(record, photos), "sheet": print_answer_sheet(record), "guide": print_guide(record, photos)}


def _pictures(placed: Sequence[Placed]) -> dict[str, bytes]:
    """The pictures of the questions by the names the printer knows them by. :raises CannotPrint: for one that is not kept."""
    found = dict[str, bytes]()
    for one in placed:
        named = _named(one.content)
        if not named:
            continue
        kept = {name: row for row in of_case(one.question) for name in (row.number, row.name)}
        for name in named:
            if name not in kept:
                raise CannotPrint(f"试题{one.question}的图片“{name}”找不到，没有印制。")
            found[picture_name(one.question, name)] = bytes_of(kept[name])
    return found


def _named(content: Content) -> list[str]:
    texts = [content.stem, content.materials, *(one.content for one in content.options), *(one.content for one in content.criteria)]
    texts += [text for slot in content.slots for text in (slot.prompt, *(one.content for one in slot.options))]
    own = [name for text in texts for name in media_names(text) if name.lower().endswith((".png", ".jpg", ".jpeg")) or "." not in name]
    return own + [name for part in content.parts for name in _named(part.question)]
