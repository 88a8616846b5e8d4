"""投诉举报和线索地址: which address shows which page, for the offices and for a body that is asked for its word?"""

from django.urls import path

from touchstone.web.complaints import body_words, case, complainant, evaluator, evaluators, listing, new

AUTHORITY_PAGES = [
    path("leads", listing.leads, name="leads"),
    path("leads/new", new.lead_new, name="lead_new"),
    path("leads/<str:number>", case.lead, name="lead"),
    path("leads/<str:number>/complainant", complainant.complainant, name="lead_complainant"),
    path("leads/<str:number>/files/<str:attachment>", case.lead_file, name="lead_file"),
    path("unfiled", evaluators.unfiled_list, name="unfiled_list"),
    path("unfiled/new", evaluators.unfiled_new, name="unfiled_new"),
    path("unfiled/<str:number>", evaluator.unfiled, name="unfiled"),
    path("unfiled/<str:number>/files/<str:attachment>", evaluator.unfiled_file, name="unfiled_file"),
]
BODY_PAGES = [
    path("words", body_words.lead_words, name="lead_words"),
    path("words/<str:number>", body_words.lead_word, name="lead_word"),
    path("words/<str:number>/files/<str:attachment>", body_words.lead_word_file, name="lead_word_file"),
]
