"""分批办理: which of the many rows chosen are dealt with in this post, and how many wait for the next?"""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.db.models import QuerySet
from django.http import HttpRequest

AT_ONCE = 200
"""How many rows one post deals with; each is an operation of its own."""
_CARRIED = ("action", "row", "all_matching", "query")


@dataclass(frozen=True)
class Batch:
    """The rows of this post, how many come after them, and what the next post has to carry."""

    rows: list[Any]
    left: int
    carried: list[tuple[str, str]]


def next_batch(request: HttpRequest, chosen: QuerySet[Any]) -> Batch:
    """This function will give the next rows of those chosen, by key: those after `after`, where an earlier post of the same choice stopped."""
    after = request.POST.get("after", "")
    found = chosen.order_by("pk")
    if after.isdigit():
        found = found.filter(pk__gt=int(after))
    rows = list(found[:AT_ONCE])
    left = found.filter(pk__gt=rows[-1].pk).count() if rows else 0
    carried = [(name, value) for name in _CARRIED for value in request.POST.getlist(name)]
    carried += [("after", str(rows[-1].pk if rows else "")), ("request_key", str(uuid4()))]
    return Batch(rows, left, carried)
