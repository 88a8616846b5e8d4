"""标准结构显示: how is what a standard says laid out on a page: tree, weight tables, forms of exam, differences?"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from touchstone.catalogue.facts import structure_facts
from touchstone.catalogue.queries import source_of
from touchstone.kernel.rules import Outcome
from touchstone.policy.documents import notice
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.eligibility.override import PrintedStandard, standard_gives_way
from touchstone.policy.exams.parts import Part, least_minutes
from touchstone.policy.exams.staffing import least_assessors, most_candidates
from touchstone.policy.filing.scope import Basis
from touchstone.policy.questions.comparison import Change, Comparison, ElementChange, compare
from touchstone.policy.questions.structure import (
    ElementFacts,
    ElementKind,
    FormFacts,
    StructureFacts,
    assessors_enough,
    minutes_long_enough,
    parent_of,
)
from touchstone.print.lists import ListColumn, Sheet, print_list

if TYPE_CHECKING:
    from touchstone.catalogue.models import Structure

TONES = {"drafted": "neutral", "submitted": "info", "returned": "warn", "approved": "ok", "superseded": "neutral"}
CHANGE_TONES = {Change.ADDED: "ok", Change.REMOVED: "danger", Change.MOVED: "info", Change.REWORDED: "warn"}
GIVES_WAY = notice("三(二)1")


@dataclass
class Branch:
    """A work content with the elements of one level, skills beside knowledge."""

    code: str
    name: str
    skills: list[ElementFacts] = field(default_factory=list)
    knowledge: list[ElementFacts] = field(default_factory=list)


@dataclass
class Limb:
    """A function with its work contents."""

    code: str
    name: str
    branches: list[Branch]


def tree_of(facts: StructureFacts, level: Level) -> list[Limb]:
    """This function will give the tree of one level; what has no element at this level is left out."""
    branches = {one.code: Branch(one.code, one.name) for one in facts.contents}
    for one in facts.elements:
        branch = branches.get(".".join(one.code.split(".")[:2]))
        if branch is not None and one.level in {None, level}:
            (branch.skills if one.kind is ElementKind.SKILL else branch.knowledge).append(one)
    by_function = defaultdict(list)
    for branch in branches.values():
        if branch.skills or branch.knowledge:
            by_function[parent_of(branch.code)].append(branch)
    return [Limb(one.code, one.name, by_function[one.code]) for one in facts.functions if by_function[one.code]]


def weight_tables(facts: StructureFacts) -> list[dict[str, Any]]:
    """This function will give the two weight tables: rows of functions, a column for each level, and what each column sums to."""
    levels = sorted(facts.levels, reverse=True)
    tables = []
    for part in (Part.THEORY, Part.PRACTICAL):
        cells = {(one.function, one.level): one.percent for one in facts.weights if one.part is part}
        rows = [
            {"code": one.code, "name": one.name, "cells": [(level.label, percent(cells.get((one.code, level)))) for level in levels]}
            for one in facts.functions
            if any((one.code, level) in cells for level in levels)
        ]
        sums = [percent(sum((one.percent for one in facts.column(level, part)), Decimal(0))) for level in levels]
        tables.append({"title": f"{part.label}权重表", "levels": [level.label for level in levels], "rows": rows, "sums": sums})
    return tables


def percent(number: Decimal | None) -> str:
    """This function will write a percentage without idle zeros; a dash where there is none."""
    if number is None:
        return "—"
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def form_rows(facts: StructureFacts, day: date) -> list[dict[str, Any]]:
    """This function will give each form of exam: what the standard says, and what applies, the stricter of it and the 规程."""
    return [_form_row(one, day) for one in facts.forms]


def _form_row(one: FormFacts, day: date) -> dict[str, Any]:
    judged = one.part is not Part.THEORY
    least = least_assessors(one.part, one.least_assessors, day).value if judged else None
    return {
        "level": one.level.label,
        "part": one.part.label,
        "form": one.form,
        "minutes": one.minutes,
        "minutes_applied": least_minutes(one.part, one.minutes, day).value,
        "ratio": most_candidates(one.candidates_per_assessor, day).value if judged else None,
        "least": least,
        "limit": percent(one.disagreement_limit) if one.disagreement_limit else "",
        "differs": any(rule(one, day).outcome is not Outcome.MET for rule in (minutes_long_enough, assessors_enough)),
    }


def gives_way(structure: "Structure", facts: StructureFacts, day: date) -> list[str]:
    """This function will say in what the standard differs from the 规程, which wins (`通知 三(二)1`): times, assessors, years of work."""
    told = [f.reason for form in facts.forms for rule in (minutes_long_enough, assessors_enough) if (f := rule(form, day)).outcome is not Outcome.MET]
    standard = structure.standard
    if standard.kind == Basis.NATIONAL:
        years = standard_gives_way(PrintedStandard(standard.title, standard.in_force_from, standard.printed_years), day)
        told += [years.reason] if years.outcome is Outcome.MET else []
    return told


def structure_context(structure: "Structure", level_asked: str, day: date) -> dict[str, Any]:
    """This function will give everything a page shows of a structure; the tree of one level, the lowest unless another is asked for."""
    facts = structure_facts(structure)
    levels = sorted(facts.levels, reverse=True)
    level = next((one for one in levels if str(int(one)) == level_asked), levels[0])
    tree = tree_of(facts, level)
    return {
        "structure": structure,
        "standard": structure.standard,
        "tone": TONES[structure.state],
        "source": source_of(structure),
        "state": structure.get_state_display(),
        "level": level.label,
        "tabs": [{"label": one.label, "url": f"?level={int(one)}#tree", "active": one is level} for one in levels],
        "tree": tree,
        "counts": [("职业功能", len([1 for one in facts.functions if one.code not in {"A", "B"}])), ("工作内容", len(facts.contents)),
                   ("要素", len(facts.elements)), ("等级", len(levels))],
        "weights": weight_tables(facts),
        "exam_forms": form_rows(facts, day),
        "gives_way": gives_way(structure, facts, day),
        "gives_way_clause": GIVES_WAY,
    }  # fmt: skip


def difference_of(old: "Structure", new: "Structure") -> Comparison:
    """This function will compare two structures."""
    return compare(structure_facts(old), structure_facts(new))


def comparison_context(old: "Structure", new: "Structure") -> dict[str, Any]:
    """This function will lay out what changed from one structure to the next."""
    found = difference_of(old, new)
    return {
        "old": old,
        "new": new,
        "difference": found,
        "counts": [{"label": change.label, "count": len(found.of(change)), "tone": CHANGE_TONES[change]} for change in Change],
        "elements": [_told(one) for one in found.elements],
        "names": [
            {"code": one.code, "change": one.change.label, "tone": CHANGE_TONES[one.change], "old": one.old, "new": one.new} for one in found.names
        ],
        "weights": [
            {"level": one.level.label, "part": one.part.label, "name": f"{one.function} {one.name}", "old": percent(one.old), "new": percent(one.new)}
            for one in found.weights
        ],
        "exam_forms": [
            {"level": one.level.label, "part": one.part.label, "old": form_told(one.old), "new": form_told(one.new)} for one in found.forms
        ],
    }


def _told(one: ElementChange) -> dict[str, Any]:
    about = one.about
    return {
        "change": one.change.label,
        "tone": CHANGE_TONES[one.change],
        "level": about.level.label if about.level else "各等级",
        "kind": about.kind.label,
        "old": f"{one.old.code} {one.old.text}" if one.old else "",
        "new": f"{one.new.code} {one.new.text}" if one.new else "",
    }


def form_told(form: FormFacts | None) -> str:
    """This function will write a form of exam in one line."""
    if form is None:
        return "—"
    told = [form.form, f"{form.minutes}分钟"]
    told += [f"每名考评人员不超过{form.candidates_per_assessor}人"] if form.candidates_per_assessor else []
    told += [f"考评人员不少于{form.least_assessors}名"] if form.least_assessors else []
    told += [f"评分差异不超过{percent(form.disagreement_limit)}分"] if form.disagreement_limit else []
    return "，".join(told)


def comparison_pdf(old: "Structure", new: "Structure") -> bytes:
    """This function will print what changed from one structure to the next."""
    told = comparison_context(old, new)
    rows = [[one["change"], one["level"], one["kind"], one["old"] or "—", one["new"] or "—"] for one in told["elements"]]
    rows += [[one["change"], "", "名称", f"{one['code']} {one['old']}", f"{one['code']} {one['new']}"] for one in told["names"]]
    rows += [["权重", one["level"], one["part"], f"{one['name']} {one['old']}", f"{one['name']} {one['new']}"] for one in told["weights"]]
    rows += [["考试方式", one["level"], one["part"], one["old"], one["new"]] for one in told["exam_forms"]]
    columns = (ListColumn("变化", 16), ListColumn("等级", 26), ListColumn("类别", 28), ListColumn("原"), ListColumn("现"))
    sheet = Sheet(
        "标准结构对照表",
        columns,
        facts=(("原", f"{old}（{old.number}）"), ("现", f"{new}（{new.number}）"), ("变化", f"{len(rows)}处")),
        flipped=True,
    )
    return print_list(sheet, rows or [["没有变化", "", "", "", ""]])


def plain_structure(structure: "Structure") -> dict[str, Any]:
    """This function will give a structure as open data: everything it says, with the days it is in force."""
    facts = structure_facts(structure)
    return {
        "number": structure.number,
        "sequence": structure.sequence,
        "since": structure.since.isoformat() if structure.since else None,
        "until": structure.until.isoformat() if structure.until else None,
        "standard": {"number": structure.standard.number, "title": structure.standard.title, "edition": structure.standard.edition},
        "functions": [{"code": one.code, "kind": one.kind.value, "name": one.name} for one in facts.functions],
        "contents": [{"code": one.code, "name": one.name} for one in facts.contents],
        "elements": [
            {"code": one.code, "level": int(one.level) if one.level else None, "kind": one.kind.value, "text": one.text, "weighty": one.weighty}
            for one in facts.elements
        ],
        "weights": [
            {"function": one.function, "level": int(one.level), "part": one.part.value, "percent": float(one.percent)} for one in facts.weights
        ],
        "exam_forms": [
            {
                "level": int(one.level), "part": one.part.value, "form": one.form, "minutes": one.minutes,
                "candidates_per_assessor": one.candidates_per_assessor, "least_assessors": one.least_assessors,
                "disagreement_limit": float(one.disagreement_limit) if one.disagreement_limit else None,
            }
            for one in facts.forms
        ],
    }  # fmt: skip

