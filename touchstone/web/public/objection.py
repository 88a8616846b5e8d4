"""异议回执: was my objection received, and what was answered?"""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from touchstone.notices.queries import find_objection
from touchstone.web.public.verify import unkept


def objection(request: HttpRequest, number: str) -> HttpResponseBase:
    """This page will show the receipt of an objection: its number, when it came, and the answer; not who made it or what it says."""
    found = find_objection(number)
    return unkept(render(request, "public/objection.html", {"objection": found, "number": number}, status=200 if found else 404))
