"""职业候选: which occupations fit what is being typed? The list beside every occupation box."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from touchstone.catalogue.queries import search
from touchstone.web.clock import today

MOST = 20


def occupation_options(request: HttpRequest) -> HttpResponseBase:
    """This fragment will give up to twenty occupations for the text of whichever box asked."""
    text = str(next((value for name, value in request.GET.items() if name.endswith("occupation")), "")).strip()[:80]
    found = search(text.split()[0], today())[:MOST] if text else []
    return render(request, "forms/occupation_list.html", {"occupations": found})
