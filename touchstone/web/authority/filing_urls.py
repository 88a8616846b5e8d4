"""主管备案地址: which address shows which page of a filing to an office?"""

from django.urls import path

from touchstone.web.authority import filing, filing_acts, filing_assessment, filings, reports

PAGES = [
    path("filings", filings.filings, name="filings"),
    path("filings/<str:number>", filing.filing, name="filing"),
    path("filings/<str:number>/note", filing.filing_note, name="filing_note"),
    path("filings/<str:number>/print", filing.filing_print, name="filing_print"),
    path("filings/<str:number>/files/<str:file>", filing.filing_file, name="filing_file"),
    path("filings/<str:number>/consent", filing_acts.filing_consent, name="filing_consent"),
    path("filings/<str:number>/appoint", filing_acts.filing_appoint, name="filing_appoint"),
    path("filings/<str:number>/assessment", filing_assessment.filing_assessment, name="filing_assessment"),
    path("filings/<str:number>/assessment/save", filing_assessment.filing_assessment_save, name="filing_assessment_save"),
    path("filings/<str:number>/visit", filing_assessment.filing_visit, name="filing_visit"),
    path("filings/<str:number>/conclude", filing_acts.filing_conclude, name="filing_conclude"),
    path("filings/<str:number>/return", filing_acts.filing_return, name="filing_return"),
    path("filings/<str:number>/decision", filing_acts.filing_decision, name="filing_decision"),
    path("filings/<str:number>/objection", filing_acts.filing_objection, name="filing_objection"),
    path("reports", reports.reports, name="reports"),
    path("reports/<str:number>", reports.report, name="report"),
]
