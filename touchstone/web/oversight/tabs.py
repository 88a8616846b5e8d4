"""资料与监控分页: which pages about calling for records and watching has the actor's side?"""

from typing import Any

from touchstone.web.doors import Request, own_side, side

_OFFICE = (
    ("records", "调取资料", "records_calls"),
    ("today", "今日监控", "watch_today"),
    ("watches", "监控记录", "watches"),
    ("tracings", "问题回溯", "tracings"),
    ("campaigns", "专项督导", "campaigns"),
)
_BODY = (
    ("records", "调取资料", "records_calls"),
    ("tracings", "问题回溯", "tracings"),
    ("cameras", "考场摄像头", "cameras"),
    ("watches", "远程监控记录", "watches"),
)
HEADING = {"authority": "资料与监控", "body": "配合督导"}


def tabs(request: Request, active: str) -> list[dict[str, Any]]:
    """This function will give the pages of the visitor's side."""
    pages = _BODY if side(request) == "body" else _OFFICE
    return [{"label": label, "url": own_side(request, page), "active": key == active} for key, label, page in pages]


def crumbs(request: Request, label: str, page: str, *more: str) -> list[dict[str, str]]:
    """This function will give the way back: the list, and where one is."""
    return [{"label": label, "url": own_side(request, page)}, *({"label": one, "url": ""} for one in more)]
