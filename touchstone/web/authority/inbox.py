"""主管工作台: what waits for me, and what is done?"""

from django.http import HttpResponseBase
from django.views.decorators.http import require_POST

from touchstone.web import work_list
from touchstone.web.doors import Request, authority_door


@authority_door
def inbox(request: Request) -> HttpResponseBase:
    """This page will list what waits for the person."""
    return work_list.show(request, "inbox", "authority")


@authority_door
def done(request: Request) -> HttpResponseBase:
    """This page will list what has been done."""
    return work_list.show(request, "done", "authority")


@authority_door
def asked(request: Request) -> HttpResponseBase:
    """This page will list what the person has put before others, and who has it."""
    return work_list.show(request, "asked", "authority")


@authority_door
def copies(request: Request) -> HttpResponseBase:
    """This page will list what the office was shown for its information."""
    return work_list.show(request, "copies", "authority")


@require_POST
@authority_door
def read_copy(request: Request, copy_id: int) -> HttpResponseBase:
    """This page will note that a copy has been read and open its case."""
    return work_list.read(request, copy_id, "authority")


@require_POST
@authority_door
def take(request: Request, task_id: int) -> HttpResponseBase:
    """This page will sign for a task and open its case."""
    return work_list.take(request, task_id, "authority")


@authority_door
def hand_over(request: Request, task_id: int) -> HttpResponseBase:
    """This page will hand a task on to a colleague of the office."""
    return work_list.hand_over(request, task_id, "authority")
