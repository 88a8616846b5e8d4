"""审题页: who judges a question, and what does each say, item by item?"""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render

from touchstone.parameters.queries import in_force
from touchstone.policy.questions.reviewing import ITEMS, REVIEWERS
from touchstone.questions import operations, permissions
from touchstone.web.bank.door import crumbs, own_question
from touchstone.web.bank.question import is_blind, record, shown
from touchstone.web.doors import Request, either_door, own_side
from touchstone.web.forms import Form
from touchstone.web.refusing import told_in

READING = "审题时阅读"


class AppointForm(Form):
    """Drawn, or named."""

    people = forms.TypedMultipleChoiceField(label="指定审题人", coerce=int, required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, people: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].choices = list(people.items())  # type: ignore[attr-defined]


class ReviewForm(Form):
    """Every item, the conclusion, and what is to be changed."""

    passes = forms.TypedChoiceField(
        label="审题结论", choices=[("yes", "通过"), ("no", "要求修改")], coerce=lambda text: text == "yes", widget=forms.RadioSelect, empty_value=None
    )
    word = forms.CharField(
        label="修改意见", required=False, max_length=2000, widget=forms.Textarea({"rows": 3}), help_text="要求修改的须写明哪里要改、怎样改。"
    )  # fmt: skip

    def __init__(self, *args: Any, items: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = items
        for key, title in items:
            choices = [("yes", "符合"), ("no", "不符合")]
            self.fields[f"outcome_{key}"] = forms.ChoiceField(label=title, choices=choices, widget=forms.RadioSelect)
        self.order_fields([*(f"outcome_{key}" for key, _ in items), "passes", "word"])

    def marks(self) -> dict[str, dict[str, str]]:
        """This method will give the judgement of every item."""
        return {key: {"outcome": self.cleaned_data[f"outcome_{key}"]} for key, _ in self.items}


@either_door
def question_appoint(request: Request, number: str) -> HttpResponseBase:
    """This page will name who judges a question, or draw them."""
    found = own_question(request, number)
    permissions.check_may(request.actor, "appoint", found.bank)
    form = AppointForm(request.POST or None, people=operations.eligible_reviewers(found, request.now))
    if request.method == "POST" and form.is_valid():
        drawn = request.POST.get("act") == "draw"
        with told_in(form):
            reviewers = None if drawn else form.cleaned_data["people"]
            operations.appoint_reviewers(number=number, reviewers=reviewers, by=request.actor, at=request.now)
            messages.success(request, "已抽取审题人，种子已存证。" if drawn else "已指定审题人。")
            return redirect(own_side(request, "question", number))
    back = own_side(request, "question", number)
    way = crumbs(request, found.bank, ("试题", own_side(request, "questions")), (number, back), ("指定审题人", ""))
    context = {"form": form, "question": found, "crumbs": way, "needed": in_force(REVIEWERS, request.today), "back_url": back}
    return render(request, "bank/question_appoint.html", context)


@either_door
def question_review(request: Request, number: str) -> HttpResponseBase:
    """This page will open a question to who is asked to judge it, and take the judgement; the opening is on record."""
    found = own_question(request, number)
    permissions.check_may(request.actor, "review", found.bank)
    back = own_side(request, "question", number)
    if not is_blind(request, found):
        messages.info(request, "您没有待审的这道试题。")
        return redirect(back)
    items = [(item.key, item.title) for item in ITEMS.on(request.today).value]
    form = ReviewForm(request.POST or None, items=items)
    if request.method == "POST" and form.is_valid():
        given = {"marks": form.marks(), "passes": form.cleaned_data["passes"], "word": form.cleaned_data["word"]}
        with told_in(form):
            operations.give_review(number=number, **given, by=request.actor, at=request.now)
            messages.success(request, "审题意见已提交。")
            return redirect(own_side(request, "my_reviews"))
    opened = operations.open_contents(number=number, reason=READING, by=request.actor, at=request.now)
    way = crumbs(request, found.bank, ("待我审题", own_side(request, "my_reviews")), (number, ""))
    context = record(request, found) | {"form": form, "opened": shown(request, opened), "crumbs": way, "back_url": back}
    return render(request, "bank/question_review.html", context)
