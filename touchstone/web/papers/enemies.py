"""相克试题页: which questions must not stand together, and why?"""

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render

from touchstone.accounts.actor import NotAllowed
from touchstone.policy.documents import notice
from touchstone.questions import operations
from touchstone.questions.queries import papers as queries
from touchstone.web.doors import Request, either_door, own_side, told
from touchstone.web.forms import Form
from touchstone.web.paging import CappedPaginator
from touchstone.web.papers.door import crumbs, inside, keeps, own_bank, tabs
from touchstone.web.refusing import told_in


class EnemyForm(Form):
    """Two questions and the reason."""

    first = forms.CharField(label="试题编号", max_length=40)
    second = forms.CharField(label="另一道试题的编号", max_length=40)
    reason = forms.CharField(label="理由", max_length=200, help_text="例如：前一题的题干给出了后一题的答案。")


@either_door
def enemies(request: Request) -> HttpResponseBase:
    """This page will list the enemy pairs of the visitor's bank; its keeper notes and lifts them here."""
    bank = own_bank(request)
    if not inside(request, bank):
        sentence = "相克试题由本题库的命题人、审题人、题库管理员和试卷保管员查看。"
        raise NotAllowed(sentence, notice("三(二)3"), "需要参与题库工作的，请由安全管理员授予岗位。")
    lifting = request.POST.get("act") == "lift"
    form = EnemyForm(request.POST if request.method == "POST" and not lifting else None)
    if lifting:
        with told(request):
            said = {name: request.POST.get(name, "") for name in ("first", "second", "reason")}
            operations.lift_enemies(**said, by=request.actor, at=request.now)
            messages.success(request, "已解除，这两道试题可以同卷。")
        return redirect(own_side(request, "enemies"))
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name].strip() for name in ("first", "second", "reason")}
        with told_in(form):
            operations.note_enemies(**said, by=request.actor, at=request.now)
            messages.success(request, "已登记，这两道试题不会同卷。")
            return redirect(own_side(request, "enemies"))
    found = queries.enemies(bank)
    context = {
        "tabs": tabs(request, "enemies"),
        "crumbs": crumbs(request, ("相克试题", "")),
        "form": form,
        "may": keeps(request, bank),
        "page": CappedPaginator(found, found, 20).get_page(request.GET.get("page")),
    }
    return render(request, "papers/enemies.html", context)
