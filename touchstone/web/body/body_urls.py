"""机构自身地址: which address shows which page about the body itself?"""

from django.urls import path

from touchstone.web.body import profile, staff, staff_end, staff_new, systems, venue, venues

BODY_PAGES = [
    path("profile", profile.profile, name="profile"),
    path("venues", venues.venues, name="venues"),
    path("venues/new", venues.venue_new, name="venue_new"),
    path("venues/<str:number>", venue.venue, name="venue"),
    path("venues/<str:number>/rooms/<int:room_id>", venue.room, name="room"),
    path("staff", staff.staff, name="staff"),
    path("staff/new", staff_new.staff_new, name="staff_new"),
    path("staff/end", staff_end.staff_end, name="staff_end"),
    path("systems", systems.systems, name="systems"),
    path("systems/new", systems.system_new, name="system_new"),
    path("systems/<str:number>", systems.system, name="system"),
]
