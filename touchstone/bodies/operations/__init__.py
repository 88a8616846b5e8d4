"""评价机构办理: a body is registered, keeps its facts, venues, rooms and staff, and gets its site code."""

from touchstone.bodies.operations.register import change_profile, checked_uscc, choose_superior, record_export, register_body
from touchstone.bodies.operations.sign_up import FirstPerson, sign_up
from touchstone.bodies.operations.site_code import assign_site_code
from touchstone.bodies.operations.staff import add_staff, end_staff
from touchstone.bodies.operations.venues import add_room, change_room, change_venue, close_room, close_venue, open_venue

__all__ = [
    "FirstPerson",
    "add_room",
    "add_staff",
    "assign_site_code",
    "change_profile",
    "change_room",
    "change_venue",
    "checked_uscc",
    "choose_superior",
    "close_room",
    "close_venue",
    "end_staff",
    "open_venue",
    "record_export",
    "register_body",
    "sign_up",
]
