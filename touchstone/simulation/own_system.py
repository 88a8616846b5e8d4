"""机构自有系统: body 丙 has connected a system of its own, so that a newcomer sees a key and how it is used."""

import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from touchstone.accounts.actor import Actor
from touchstone.policy.systems import Scope
from touchstone.systems.operations import count_request, make_key

if TYPE_CHECKING:
    from touchstone.bodies.models import Body
    from touchstone.systems.models import Key

_DONE = (("plans.list", 200), ("plans.list", 200), ("candidates.list", 200), ("registrations.enter", 200), ("scores.enter", 409))


def connect(body: "Body", *, leader: Actor, holder: Actor, at: datetime) -> "Key":
    """This function will open a key whose secret nobody keeps: whoever wants to try the interface opens one of their own."""
    assert holder.user_id is not None
    key = make_key(
        body=body,
        name="培训考务管理系统",
        holder_id=holder.user_id,
        scopes=[Scope.REGISTRATION.value, Scope.RESULTS.value, Scope.READ.value],
        since=at.date(),
        until=at.date() + timedelta(days=300),
        secret=f"tsk_{secrets.token_urlsafe(32)}",
        by=leader,
        at=at,
    )
    for action, code in _DONE:
        count_request(key=key, action=action, code=code, at=at)
    return key
