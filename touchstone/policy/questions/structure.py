"""标准结构规则: may what was read of an edition (functions, elements, weights, forms of exam) be approved as its structure?

`通知 三(二)1`: where a standard differs from the 规程 of 2023, the 规程 wins.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.rules import Finding, Outcome, met, rule, unmet
from touchstone.policy.documents import STANDARD_2018, STANDARD_2023, notice, our_default
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.exams.parts import LEAST_MINUTES, Part, parts_of
from touchstone.policy.exams.staffing import LEAST_ASSESSORS, LEAST_PANEL
from touchstone.policy.filing.scope import Basis

_SINCE_2018, _SINCE_2023 = date(2018, 3, 7), date(2023, 10, 1)
_FUNCTION = re.compile(r"A|B|[1-9]\d?", re.ASCII)
_CONTENT = re.compile(r"(?:A|B|[1-9]\d?)\.[1-9]\d?", re.ASCII)
_ELEMENT = re.compile(r"(?:A|B|[1-9]\d?)\.[1-9]\d?\.[1-9]\d?(?:\.[1-9]\d?)?", re.ASCII)
MOST_TOLD = 5

COLUMN_SUM = Dated(
    "权重表每一等级一列的合计",
    Value(_SINCE_2018, 100, STANDARD_2018.clause("权重表")),
    Value(_SINCE_2023, 100, STANDARD_2023.clause("权重表")),
    key="questions.column_sum",
    unit="%",
)
LEAST_FUNCTIONS = Dated(
    "一项结构至少有多少项职业功能",
    Value(_SINCE_2018, 2, our_default("标准结构")),
    key="questions.least_functions",
    unit="项",
    changeable=True,
)


class FunctionKind(StrEnum):
    """What a first-level entry is; the values are those of the catalogue."""

    ETHICS = "ethics"
    BASICS = "basics"
    FUNCTION = "function"


class ElementKind(StrEnum):
    """What is asked for: a skill (examined in practice) or knowledge (examined in theory)."""

    SKILL = "skill"
    KNOWLEDGE = "knowledge"

    @property
    def label(self) -> str:
        return {"skill": "技能要求", "knowledge": "相关知识要求"}[self.value]


KIND_EXAMINED = {Part.THEORY: ElementKind.KNOWLEDGE, Part.PRACTICAL: ElementKind.SKILL, Part.PANEL: ElementKind.SKILL}
"""Which elements each part examines."""


@dataclass(frozen=True)
class FunctionFacts:
    """A function (职业功能), 职业道德 (A) or 基础知识 (B)."""

    code: str
    name: str

    @property
    def kind(self) -> FunctionKind:
        return {"A": FunctionKind.ETHICS, "B": FunctionKind.BASICS}.get(self.code, FunctionKind.FUNCTION)


@dataclass(frozen=True)
class ContentFacts:
    """A work content (工作内容); its function is in its code."""

    code: str
    name: str


@dataclass(frozen=True)
class ElementFacts:
    """An element at one level (None: at every level)."""

    code: str
    level: Level | None
    kind: ElementKind
    text: str
    weighty: bool = False

    @property
    def key(self) -> tuple[int, str, str]:
        """What names it: level (0: every), kind, code."""
        return (self.level or 0, self.kind.value, self.code)

    @property
    def title(self) -> str:
        where = self.level.label if self.level else "各等级"
        return f"{where}{self.kind.label}{self.code}"


@dataclass(frozen=True)
class WeightFacts:
    """One cell of a weight table."""

    function: str
    level: Level
    part: Part
    percent: Decimal


@dataclass(frozen=True)
class FormFacts:
    """How one part of one level is examined; None where the standard leaves it open."""

    level: Level
    part: Part
    form: str
    minutes: int
    candidates_per_assessor: int | None = None
    least_assessors: int | None = None
    disagreement_limit: Decimal | None = None

    @property
    def title(self) -> str:
        return f"{self.level.label}{self.part.label}"


@dataclass(frozen=True)
class StructureFacts:
    """What an edition says in detail; `levels` are those the edition itself is entered with."""

    title: str
    levels: frozenset[Level]
    functions: tuple[FunctionFacts, ...] = ()
    contents: tuple[ContentFacts, ...] = ()
    elements: tuple[ElementFacts, ...] = ()
    weights: tuple[WeightFacts, ...] = ()
    forms: tuple[FormFacts, ...] = ()

    def column(self, level: Level, part: Part) -> tuple[WeightFacts, ...]:
        """This method will give one column of a weight table."""
        return tuple(one for one in self.weights if one.level == level and one.part == part)


def parent_of(code: str) -> str:
    """This function will give the code one step above; empty for a function's."""
    return code.rpartition(".")[0]


def shape_fault(code: str, depth: int) -> str:
    """This function will say what is wrong with a code of a function (1), a work content (2) or an element (3); empty when nothing is."""
    pattern, example = {1: (_FUNCTION, "A、B、1、2"), 2: (_CONTENT, "1.1、A.1"), 3: (_ELEMENT, "1.1.1、A.1.1或1.1.1.1")}[depth]
    return "" if pattern.fullmatch(code) else f"编码“{code[:16]}”不合要求，应写成{example}的形式"


def _told(faults: Iterable[str]) -> str:
    found = list(faults)
    return "；".join(found[:MOST_TOLD]) + (f"等{len(found)}处" if len(found) > MOST_TOLD else "")


@rule("编码不重复且逐级对应")
def codes_well_nested(structure: StructureFacts) -> Finding:
    """Whether every code is written right, stands once (an element's once in its level and kind) and hangs under one that is there."""
    clause = STANDARD_2023.clause("标准结构")
    functions, contents = [one.code for one in structure.functions], [one.code for one in structure.contents]
    elements = [one.key for one in structure.elements]
    faults = [fault for codes, depth in ((functions, 1), (contents, 2)) for code in codes if (fault := shape_fault(code, depth))]
    faults += [fault for one in structure.elements if (fault := shape_fault(one.code, 3))]
    faults += [f"编码{code}出现了{n}次" for code, n in Counter((*functions, *contents)).items() if n > 1]
    doubled = {key for key, n in Counter(elements).items() if n > 1}
    faults += list(dict.fromkeys(f"{one.title}出现不止一次" for one in structure.elements if one.key in doubled))
    faults += [f"工作内容{code}没有对应的职业功能" for code in contents if parent_of(code) not in functions]
    known_contents, known_elements = set(contents), set(elements)
    for one in structure.elements:
        above = parent_of(one.code)
        if one.code.count(".") == 2 and above not in known_contents:
            faults.append(f"{one.title}没有对应的工作内容{above}")
        elif one.code.count(".") == 3 and (one.level or 0, one.kind.value, above) not in known_elements:
            faults.append(f"{one.title}没有对应的要素{above}")
    if faults:
        return unmet(_told(faults), clause)
    return met(f"{len(functions)}项功能、{len(contents)}项工作内容、{len(elements)}个要素的编码逐级对应", clause)


@rule("职业功能齐全")
def functions_complete(structure: StructureFacts, day: date) -> Finding:
    """Whether 职业道德, 基础知识 and enough functions are there."""
    least = LEAST_FUNCTIONS.on(day)
    kinds = Counter(one.kind for one in structure.functions)
    missing = [word for kind, word in ((FunctionKind.ETHICS, "职业道德（A）"), (FunctionKind.BASICS, "基础知识（B）")) if not kinds[kind]]
    if missing:
        return unmet(f"缺少{'、'.join(missing)}", STANDARD_2023.clause("基本要求"))
    if kinds[FunctionKind.FUNCTION] < least.value:
        return unmet(f"只有{kinds[FunctionKind.FUNCTION]}项职业功能，应不少于{least.value}项", least.clause)
    return met(f"有职业道德、基础知识和{kinds[FunctionKind.FUNCTION]}项职业功能", STANDARD_2023.clause("基本要求"))


@rule("等级与标准一致")
def levels_agree(structure: StructureFacts) -> Finding:
    """Whether elements, weights and forms speak of exactly the levels the edition has."""
    clause = notice("三(二)1")
    spoken = {
        "要素": {one.level for one in structure.elements if one.level},
        "权重": {one.level for one in structure.weights},
        "考试方式": {one.level for one in structure.forms},
    }
    faults = []
    for word, levels in spoken.items():
        if more := levels - structure.levels:
            faults.append(f"{word}写有标准没有的{_levels(more)}")
        if fewer := structure.levels - levels:
            faults.append(f"{word}缺少{_levels(fewer)}")
    return unmet("；".join(faults), clause) if faults else met(f"各表的等级均为{_levels(structure.levels)}", clause)


def _levels(levels: Iterable[Level]) -> str:
    return "、".join(level.label for level in sorted(levels, reverse=True))


@rule("权重合计为100%")
def columns_sum_up(structure: StructureFacts, level: Level, part: Part, day: date) -> Finding:
    """Whether one column of a weight table sums to exactly 100."""
    wanted = COLUMN_SUM.on(day)
    total = sum((one.percent for one in structure.column(level, part)), Decimal(0))
    words = f"{level.label}{part.label}的权重合计{_percent(total)}%"
    if total != wanted.value:
        return unmet(f"{words}，应为{wanted.value}%", wanted.clause)
    return met(words, wanted.clause)


def _percent(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@rule("有权重的职业功能都有要素")
def weighted_have_elements(structure: StructureFacts, level: Level, part: Part) -> Finding:
    """Whether every function with a weight in one column has elements that this part examines at this level."""
    clause = STANDARD_2023.clause("权重表")
    kind = KIND_EXAMINED[part]
    covered = {one.code.split(".")[0] for one in structure.elements if one.kind is kind and one.level in {None, level}}
    names = {one.code: one.name for one in structure.functions}
    bare = [f"{one.function} {names.get(one.function, '')}".strip() for one in structure.column(level, part) if one.function not in covered]
    if bare:
        return unmet(f"{level.label}{part.label}给了权重却没有{kind.label}：{_told(bare)}", clause)
    return met(f"{level.label}{part.label}有权重的各项都有{kind.label}", clause)


@rule("各等级各科都写明考试方式")
def forms_complete(structure: StructureFacts, day: date) -> Finding:
    """Whether each part of each level of the edition has its form of exam, once, and no other part has one."""
    clause = STANDARD_2023.clause("评价方式")
    written = Counter((one.level, one.part) for one in structure.forms)
    wanted = {(level, part) for level in structure.levels for part in parts_of(level, day)}
    missing = [f"{level.label}{part.label}" for level, part in sorted(wanted - set(written), key=_from_5_down)]
    more = [f"{level.label}{part.label}" for level, part in sorted(set(written) - wanted, key=_from_5_down)]
    twice = [f"{level.label}{part.label}" for (level, part), n in written.items() if n > 1]
    faults = [f"{word}：{_told(ones)}" for word, ones in (("缺少考试方式", missing), ("规程不设的科目", more), ("写了不止一次", twice)) if ones]
    return unmet("；".join(faults), clause) if faults else met("各等级各科都写明了考试方式", clause)


def _from_5_down(one: tuple[Level, Part]) -> tuple[int, str]:
    return (-one[0], one[1].value)


@rule("考试时间不短于规程")
def minutes_long_enough(form: FormFacts, day: date) -> Finding:
    """Whether a form of exam lasts as long as the 规程 lays down; a standard that says less gives way (`通知 三(二)1`)."""
    least = LEAST_MINUTES.on(day)
    if form.minutes < least.value[form.part]:
        words = f"标准写{form.minutes}分钟，规程要求不少于{least.value[form.part]}分钟，以规程为准"
        return unmet(f"{form.title}：{words}", least.clause)
    return met(f"{form.title}{form.minutes}分钟，规程要求不少于{least.value[form.part]}分钟", least.clause)


@rule("考评人员数不低于规程")
def assessors_enough(form: FormFacts, day: date) -> Finding:
    """Whether the assessors a form of exam asks for are no fewer than the 规程's, and an odd number of them."""
    least = (LEAST_PANEL if form.part is Part.PANEL else LEAST_ASSESSORS).on(day)
    number = form.least_assessors
    if form.part is Part.THEORY or number is None:
        return met(f"{form.title}没有另行规定考评人员数", least.clause)
    if number < least.value:
        return unmet(f"{form.title}：标准写{number}人，规程要求不少于{least.value}人，以规程为准", least.clause)
    if number % 2 == 0:
        return unmet(f"{form.title}：标准写{number}人，规程要求为单数", least.clause)
    return met(f"{form.title}不少于{number}名考评人员", least.clause)


_GIVE_WAY = frozenset({"questions.structure.minutes_long_enough", "questions.structure.assessors_enough"})


def stands_in_the_way(finding: Finding, basis: Basis) -> bool:
    """This function will say whether a finding keeps a structure from being approved.

    What a national standard prints below the 规程 does not: it gives way, and the 规程 is applied. An enterprise rewrites its own.
    """
    gives_way = basis is Basis.NATIONAL and finding.rule in _GIVE_WAY
    return finding.outcome is not Outcome.MET and not gives_way


def check_structure(structure: StructureFacts, day: date) -> tuple[Finding, ...]:
    """This function will hold a structure against every rule, column by column and form by form."""
    found = [codes_well_nested(structure), functions_complete(structure, day), levels_agree(structure), forms_complete(structure, day)]
    for level in sorted(structure.levels, reverse=True):
        for part in (Part.THEORY, Part.PRACTICAL):
            found += [columns_sum_up(structure, level, part, day), weighted_have_elements(structure, level, part)]
    for form in structure.forms:
        found += [minutes_long_enough(form, day), assessors_enough(form, day)]
    return tuple(found)
