"""题库地址: which address shows which page of a bank? The same under /body and under /desk."""

from django.urls import path

from touchstone.web.bank import coverage, exporting, importing, openings, overview, question, question_list, review, sharing, stale, writing

PAGES = [
    path("bank", overview.bank_home, name="bank_home"),
    path("bank/questions", question_list.questions, name="questions"),
    path("bank/questions/new", writing.question_new, name="question_new"),
    path("bank/questions/act", question_list.questions_act, name="questions_act"),
    path("bank/questions/mine", question_list.my_reviews, name="my_reviews"),
    path("bank/questions/stale", stale.bank_stale, name="bank_stale"),
    path("bank/imports", importing.imports, name="question_imports"),
    path("bank/imports/template", importing.import_template, name="import_template"),
    path("bank/imports/<str:number>", importing.question_import, name="question_import"),
    path("bank/imports/<str:number>/progress", importing.import_progress, name="import_progress"),
    path("bank/imports/<str:number>/returned", importing.import_returned, name="import_returned"),
    path("bank/imports/<str:number>/undo", importing.import_undo, name="import_undo"),
    path("bank/exports", exporting.exports, name="question_exports"),
    path("bank/exports/new", exporting.export_new, name="question_export_new"),
    path("bank/exports/<str:number>", exporting.question_export, name="question_export"),
    path("bank/exports/<str:number>/file", exporting.question_export_file, name="question_export_file"),
    path("bank/questions/<str:number>", question.question, name="question"),
    path("bank/questions/<str:number>/act", question.question_act, name="question_act"),
    path("bank/questions/<str:number>/edit", writing.question_edit, name="question_edit"),
    path("bank/questions/<str:number>/picture", writing.question_picture, name="question_picture"),
    path("bank/questions/<str:number>/files/<str:file>", question.question_file, name="question_file"),
    path("bank/questions/<str:number>/reviewers", review.question_appoint, name="question_appoint"),
    path("bank/questions/<str:number>/review", review.question_review, name="question_review"),
    path("bank/licences", sharing.licences, name="licences"),
    path("bank/licences/new", sharing.licence_new, name="licence_new"),
    path("bank/licences/<str:number>", sharing.licence, name="licence"),
    path("bank/lendings", sharing.lendings, name="lendings"),
    path("bank/<str:number>", overview.bank, name="bank"),
    path("bank/<str:number>/coverage", coverage.bank_coverage, name="bank_coverage"),
    path("bank/<str:number>/openings", openings.bank_openings, name="bank_openings"),
]
AUTHORITY_PAGES = [path("banks", overview.banks, name="banks"), *PAGES]
