"""公示: which masked list stands before the public, until when, and how does one object?"""

from datetime import timedelta

from django import forms
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render

from touchstone.accounts.actor import VISITOR
from touchstone.kernel.numbers import half_width
from touchstone.notices import queries
from touchstone.notices.operations import make_objection
from touchstone.parameters.queries import calendar
from touchstone.web.clock import now
from touchstone.web.forms import Form
from touchstone.web.paging import CappedPaginator
from touchstone.web.refusing import told_in

ROWS = 100


class _Rows(CappedPaginator):
    """The rows of a published list, which lie in the notice itself."""

    @property
    def found(self) -> int:
        return len(self.object_list)


class ObjectionForm(Form):
    """Who objects, how they are reached, and to what."""

    name = forms.CharField(label="您的姓名", max_length=60)
    phone = forms.CharField(
        label="联系电话",
        max_length=20,
        help_text="只用于核实情况，不会公开。",
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "tel"}),
    )
    content = forms.CharField(
        label="异议内容",
        max_length=2000,
        widget=forms.Textarea({"rows": 5, "placeholder": "请写明对谁、对什么有异议，以及理由"}),
    )

    def clean_phone(self) -> str:
        """A number of at least seven digits, with room for an extension."""
        phone = half_width(self.cleaned_data["phone"]).replace(" ", "")
        if sum(letter.isdigit() for letter in phone) < 7 or not set(phone) <= set("0123456789-+()"):
            raise forms.ValidationError("请填写手机号码，或带区号的固定电话。")
        return phone


def notice(request: HttpRequest, number: str) -> HttpResponseBase:
    """This page will show a notice with its list and take objections while it stands. :raises Http404: when there is none."""
    found = queries.notices().filter(number=number).first()
    if found is None:
        raise Http404
    moment = getattr(request, "now", None) or now()
    form = ObjectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("name", "phone", "content")}
        by = VISITOR.with_key(request.POST.get("request_key", "")[:64])
        with told_in(form):
            made = make_objection(notice_number=number, **given, by=by, at=moment)
            return redirect("public:objection", made.number)
    last_day = found.closes_on - timedelta(days=1)
    days = calendar()
    page = _Rows(found.rows, queries.notices(), ROWS).get_page(request.GET.get("page"))
    context = {
        "notice": found,
        "last_day": last_day,
        "begun": found.opened_on <= moment.date(),
        "open": found.closed_at is None and moment.date() < found.closes_on,
        "days_left": days.working_days_between(moment.date(), last_day),
        "provisional": days.is_provisional(last_day),
        "page": page,
        "masked": "姓名" in found.columns,
        "lines": [list(zip(found.columns, row, strict=False)) for row in page],
        "form": form,
    }
    return render(request, "public/notice.html", context)
