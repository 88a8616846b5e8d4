"""对照地址: every address of the product, and a view that does nothing behind the same middleware."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def hello(request: HttpRequest) -> HttpResponse:
    """Say hello."""
    return HttpResponse(b"hello")


handler500 = "touchstone.web.away.failed"
urlpatterns = [path("bench/hello", hello), path("", include("touchstone.urls"))]
