"""画面: draws a piece of page from its template text, components included."""

from typing import Any

from django.template import Context, engines
from django.test import RequestFactory
from django_cotton.compiler_regex import CottonCompiler


def template_of(text: str) -> Any:
    """Give the template that `text` is, with its components."""
    return engines["django"].from_string(CottonCompiler().process(text))


def draw(text: str, address: str = "/", **context: Any) -> str:
    """Give the HTML that `text` becomes; only what a test hands in stands in its context."""
    request = RequestFactory().get(address)
    plain = template_of(text).template
    return str(plain.render(Context(context | {"request": request, "csrf_token": "token"})))
