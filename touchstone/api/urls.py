"""接口地址: which address leads to which endpoint? Made of the declarations."""

import re
from typing import Any

from django.urls import path

from touchstone.api.cameras import camera_beat_file, camera_still_file
from touchstone.api.declared import Endpoint
from touchstone.api.document import document_file
from touchstone.api.door import nothing_there, place_of
from touchstone.api.endpoints import ENDPOINTS

app_name = "api"


def _places() -> list[Any]:
    by_path: dict[str, dict[str, Endpoint]] = {}
    for endpoint in ENDPOINTS.values():
        by_path.setdefault(endpoint.path, {})[endpoint.method] = endpoint
    return [
        path(re.sub(r"\{(\w+)\}", r"<str:\1>", address.lstrip("/")), place_of(found), name=f"{next(iter(found.values())).name}_file")
        for address, found in by_path.items()
    ]


urlpatterns = [
    path("openapi.json", document_file, name="document_file"),
    path("cameras/beats", camera_beat_file, name="camera_beat_file"),
    path("cameras/stills", camera_still_file, name="camera_still_file"),
    *_places(),
    path("<path:rest>", nothing_there, name="nothing_file"),
]
