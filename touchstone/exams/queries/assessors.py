"""本场考评人员: who was sent to mark a sitting, as it stands?"""

from typing import TYPE_CHECKING

from touchstone.experts.queries.dispatch import RESERVE, request_for, sent_now

if TYPE_CHECKING:
    from touchstone.exams.models import Sitting
    from touchstone.experts.models import Assignment

ASSESSOR = "assessor"
"""The slot of a request for people that is for those who mark."""


def assessors_of(sitting: "Sitting") -> "list[Assignment]":
    """This function will give the assessors sent to a sitting, the head first; none where the body named its own."""
    asked = request_for(sitting.number)
    return [one for one in sent_now(asked) if one.slot == ASSESSOR] if asked is not None else []


def reserve_of(sitting: "Sitting") -> "Assignment | None":
    """This function will give the assessor drawn in reserve to review what lies too far apart in a sitting; None where none was."""
    asked = request_for(sitting.number)
    return next((one for one in sent_now(asked) if one.slot == RESERVE), None) if asked is not None else None


def user_of(one: "Assignment") -> int | None:
    """This function will give the log-in of somebody sent; None where they have none."""
    user = getattr(one.member.person, "user", None)
    return user.pk if user is not None and user.is_active else None
