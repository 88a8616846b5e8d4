"""开源许可: whose work does this platform serve, and under which licence?"""

import json
from importlib import metadata
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render


def licences(request: HttpRequest) -> HttpResponseBase:
    """This page will list the front-end packages and the outlines of districts with their licence texts, and the Python packages."""
    front_end = settings.WEB / "static" / "vendor" / "licences.json"
    packages = json.loads(front_end.read_text(encoding="utf-8")) if front_end.exists() else []
    districts = (settings.WEB / "static" / "shanghai_districts.licence.txt").read_text(encoding="utf-8")
    return render(request, "public/licences.html", {"front_end": packages, "python": _python_packages(), "districts": districts})


def _python_packages() -> list[dict[str, Any]]:
    found = {}
    for distribution in metadata.distributions():
        about = distribution.metadata.json
        classified = [str(c).rsplit(" :: ", 1)[-1] for c in about.get("classifier", []) if str(c).startswith("License")]
        licence = str(about.get("license_expression") or next(iter(classified), about.get("license") or "见包内说明"))
        name = str(about["name"])
        found[name.lower()] = {"name": name, "version": about["version"], "licence": licence.split("\n", maxsplit=1)[0][:80]}
    return [found[name] for name in sorted(found)]
