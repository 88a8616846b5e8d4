"""示例纲要: how does a short outline of an occupation become the facts of a whole structure?"""

from dataclasses import dataclass
from decimal import Decimal

from touchstone.policy.eligibility.levels import Level
from touchstone.policy.exams.parts import Part
from touchstone.policy.questions.structure import ContentFacts, ElementFacts, ElementKind, FormFacts, FunctionFacts, StructureFacts, WeightFacts

_LEVELS = (Level.FIVE, Level.FOUR, Level.THREE, Level.TWO, Level.ONE)
Percents = tuple[int, int, int, int, int]


@dataclass(frozen=True)
class Content:
    """A work content: what is done, with what at each level from 5 up ("" where the level does not ask it), and what must be known of it."""

    name: str
    verb: str
    objects: tuple[str, str, str, str, str]
    knowledge: str


@dataclass(frozen=True)
class Function:
    """A function, its contents, and its weights in theory and practice from level 5 up (0: not examined there)."""

    name: str
    contents: tuple[Content, ...]
    theory: Percents
    practical: Percents


@dataclass(frozen=True)
class Outline:
    """One occupation in outline: 基础知识 as (content, points), functions, and the least minutes of the practical part from level 5 up."""

    basics: tuple[tuple[str, tuple[str, ...]], ...]
    functions: tuple[Function, ...]
    minutes: Percents
    candidates_per_assessor: int


_ETHICS = (
    ("职业道德基本知识", ("职业道德的基本要求", "职业道德与岗位责任")),
    ("职业守则", ("遵纪守法，爱岗敬业", "安全文明生产，保护环境", "诚实守信，团结协作")),
)


def facts_of(title: str, outline: Outline) -> StructureFacts:
    """This function will write an outline out: two skills and two pieces of knowledge for every content and level."""
    functions, contents, elements = [FunctionFacts("A", "职业道德"), FunctionFacts("B", "基础知识")], [], []
    for letter, parts in (("A", _ETHICS), ("B", outline.basics)):
        for place, (name, points) in enumerate(parts, 1):
            contents.append(ContentFacts(f"{letter}.{place}", name))
            elements += [ElementFacts(f"{letter}.{place}.{n}", None, ElementKind.KNOWLEDGE, text) for n, text in enumerate(points, 1)]
    weights = []
    for number, function in enumerate(outline.functions, 1):
        functions.append(FunctionFacts(str(number), function.name))
        for place, content in enumerate(function.contents, 1):
            contents.append(ContentFacts(f"{number}.{place}", content.name))
            elements += _elements(f"{number}.{place}", content)
        for part, percents in ((Part.THEORY, function.theory), (Part.PRACTICAL, function.practical)):
            weights += [WeightFacts(str(number), level, part, Decimal(n)) for level, n in zip(_LEVELS, percents, strict=True) if n]
    for place, level in enumerate(_LEVELS):
        left = 100 - 5 - sum(function.theory[place] for function in outline.functions)
        weights += [WeightFacts("A", level, Part.THEORY, Decimal(5)), WeightFacts("B", level, Part.THEORY, Decimal(left))]
    return StructureFacts(title, frozenset(_LEVELS), tuple(functions), tuple(contents), tuple(elements), tuple(weights), tuple(_forms(outline)))


def _elements(code: str, content: Content) -> list[ElementFacts]:
    found = []
    for level, thing in zip(_LEVELS, content.objects, strict=True):
        if not thing:
            continue
        skills = (f"能{content.verb}{thing}", f"能检查{thing}的质量，处理常见问题")
        known = (f"{thing}的{content.knowledge}", f"{content.verb}{thing}的安全与质量要求")
        found += [ElementFacts(f"{code}.{n}", level, ElementKind.SKILL, text, n == 1 and level <= Level.THREE) for n, text in enumerate(skills, 1)]
        found += [ElementFacts(f"{code}.{n}", level, ElementKind.KNOWLEDGE, text) for n, text in enumerate(known, 1)]
    return found


def _forms(outline: Outline) -> list[FormFacts]:
    found = []
    for place, level in enumerate(_LEVELS):
        ratio, minutes = outline.candidates_per_assessor, outline.minutes[place]
        found.append(FormFacts(level, Part.THEORY, "机考，闭卷", 90))
        found.append(FormFacts(level, Part.PRACTICAL, "实际操作", minutes, ratio, 3, Decimal(10)))
        if level <= Level.TWO:
            found.append(FormFacts(level, Part.PANEL, "审阅材料和答辩", 30, None, 5 if level == Level.ONE else 3, Decimal(10)))
    return found
