"""评聘文书: the letter of appointment, and the papers that lie under an application."""

from datetime import timedelta

from django.http import HttpResponseBase
from django.utils.timezone import localtime

from touchstone.appointments import queries
from touchstone.print.dates import chinese_date
from touchstone.print.letter import Letter, print_letter
from touchstone.web.doors import Request, person_door
from touchstone.web.downloads import send, send_from_case


@person_door
def nomination_file(request: Request, number: str, attachment: str) -> HttpResponseBase:
    """This page will send one paper of an application. :raises Http404:"""
    return send_from_case(queries.nomination(number, request.actor).number, attachment)


@person_door
def appointment_letter(request: Request, number: str) -> HttpResponseBase:
    """This page will print the letter of appointment for the present term."""
    found = queries.appointment(number, request.actor)
    term = queries.current_term(found)
    renewed = term.since != found.since
    verb, post = "续聘" if renewed else "聘任", f"{found.occupation_label}{found.get_post_display()}"
    said = (
        f"经业绩评审、现场答辩和综合评审，并公示无异议，{verb}你为本单位{post}。",
        f"聘期自{chinese_date(term.since)}起至{chinese_date(term.until - timedelta(days=1))}止。",
        "聘期内按年度考核；期满前经考核称职可以续聘，不再续聘的，岗位随聘期终止。",
    )
    facts = [("姓名", found.person.name), ("岗位", found.get_post_display()), ("职业（工种）", found.occupation_label)]
    if found.certificate_number:
        facts.append(("证书编号", found.certificate_number))
    day = chinese_date(localtime(term.decided_at).date())
    title = "聘书" if not renewed else "聘书（续聘）"
    letter = Letter(found.body.name, title, found.number, found.person.name, said, facts=tuple(facts), day=day)
    return send(print_letter(letter), "application/pdf", f"{found.number}{title}.pdf", inline=True)
