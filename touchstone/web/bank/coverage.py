"""题库覆盖页: per function and element, how many questions are there, how many are needed for so many papers, what is to be written?"""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Count
from django.http import Http404, HttpResponseBase
from django.shortcuts import render

from touchstone.catalogue import queries as catalogue
from touchstone.parameters.queries import in_force
from touchstone.policy.exams.parts import Part
from touchstone.policy.questions.coverage import PARALLEL_PAPERS, PRACTICAL_TASKS, THEORY_QUESTIONS
from touchstone.questions import permissions, queries
from touchstone.questions.queries import BankRow
from touchstone.web.bank.about_form import standards_for
from touchstone.web.bank.door import crumbs, tabs
from touchstone.web.bank.words import KIND_LABELS, PART_CHOICES
from touchstone.web.doors import Request, either_door, own_side
from touchstone.web.forms import Form
from touchstone.web.levels import LEVEL_CHOICES


class CoverageForm(Form):
    """What to look at: a level and part of a standard, for so many parallel papers."""

    standard = forms.ChoiceField(label="标准")
    level = forms.TypedChoiceField(label="等级", coerce=int, choices=LEVEL_CHOICES)
    part = forms.ChoiceField(label="科目", choices=PART_CHOICES)
    papers = forms.IntegerField(label="平行试卷套数", min_value=1, max_value=50)

    def __init__(self, *args: Any, standards: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["standard"].choices = standards  # type: ignore[attr-defined]


@either_door
def bank_coverage(request: Request, number: str) -> HttpResponseBase:
    """This page will show a bank's coverage against the weight tables: figures only."""
    try:
        bank = queries.bank(number, request.actor)
    except BankRow.DoesNotExist:
        raise Http404 from None
    asked = request.GET.copy()
    for name, value in _first(request, bank).items():
        asked.setdefault(name, value)
    form = CoverageForm(asked, standards=standards_for(bank, request.today))
    cells: tuple[queries.Cell, ...] = ()
    chosen: dict[str, Any] = {}
    if form.is_valid():
        chosen = {name: form.cleaned_data[name] for name in ("standard", "level", "part", "papers")}
        standard = catalogue.standard(chosen["standard"])
        cells = queries.coverage(bank, standard, chosen["level"], chosen["part"], request.today, chosen["papers"])
        chosen["structure"] = catalogue.structure_of(standard, request.today)
    each = in_force(THEORY_QUESTIONS if chosen.get("part") == Part.THEORY else PRACTICAL_TASKS, request.today)
    new = {"standard": chosen.get("standard", ""), "level": chosen.get("level", ""), "part": chosen.get("part", "")}
    context = {
        "bank": bank,
        "crumbs": crumbs(request, bank, ("覆盖", "")),
        "tabs": tabs(request, bank, "bank_coverage"),
        "form": form,
        "chosen": chosen,
        "cells": cells,
        "each": each,
        "kinds": KIND_LABELS,
        "approved": sum(one.approved for one in cells),
        "needed": sum(one.needed for one in cells),
        "lacking": sum(one.lacking for one in cells),
        "new_url": f"{own_side(request, 'question_new')}?{urlencode(new)}" if permissions.can(request.actor, "write", bank) else "",
    }
    return render(request, "bank/coverage.html", context)


def _first(request: Request, bank: BankRow) -> dict[str, str]:
    """What is shown first: where the bank has most questions."""
    rows = queries.questions(request.actor, bank).order_by().values_list("standard__number", "level", "part").annotate(n=Count("pk"))
    most = rows.order_by("-n", "standard__number", "-level", "part").first()
    standards = standards_for(bank, request.today)
    first = most or (standards[0][0] if standards else "", 5, Part.THEORY.value, 0)
    papers = in_force(PARALLEL_PAPERS, request.today).value
    return {"standard": first[0], "level": str(first[1]), "part": first[2], "papers": str(papers)}
