"""评聘地址: which address shows which page, under each door that has to do with an appointment?"""

from django.urls import path

from touchstone.web.appointments import appointment, case, listing, nomination, own, papers, review, round_new

PAGES = [
    path("appointment-rounds", listing.appointment_rounds, name="appointment_rounds"),
    path("appointment-rounds/held", listing.appointments, name="appointments"),
    path("appointment-rounds/held/<str:number>", appointment.appointment, name="appointment"),
    path("appointment-rounds/held/<str:number>/letter.pdf", papers.appointment_letter, name="appointment_letter"),
    path("appointment-rounds/nominations/<str:number>", nomination.nomination, name="nomination"),
    path("appointment-rounds/nominations/<str:number>/files/<str:attachment>", papers.nomination_file, name="nomination_file"),
    path("appointment-rounds/<str:number>", case.appointment_round, name="appointment_round"),
]
BODY_PAGES = [
    path("appointment-rounds/new", round_new.appointment_round_new, name="appointment_round_new"),
    path("appointment-rounds/<str:number>/put-forward", round_new.put_forward, name="put_forward"),
    path("appointment-rounds/<str:number>/review", review.appointment_review, name="appointment_review"),
    *PAGES,
]
OWN_PAGES = [
    path("appointments", own.appointments, name="appointments"),
    path("appointments/apply/<str:number>", own.appointment_apply, name="appointment_apply"),
    path("appointments/nominations/<str:number>", nomination.nomination, name="nomination"),
    path("appointments/nominations/<str:number>/files/<str:attachment>", papers.nomination_file, name="nomination_file"),
    path("appointments/<str:number>", appointment.appointment, name="appointment"),
    path("appointments/<str:number>/letter.pdf", papers.appointment_letter, name="appointment_letter"),
]
