"""机构备案地址: which address shows which page of a filing to the applicant?"""

from django.urls import path

from touchstone.web.body import filing, filing_changes, filing_end, filing_scope, filing_sections, filings

PAGES = [
    path("filings", filings.filings, name="filings"),
    path("filings/new", filings.filing_new, name="filing_new"),
    path("filings/<str:number>", filing.filing, name="filing"),
    path("filings/<str:number>/amend", filing_changes.filing_amend, name="filing_amend"),
    path("filings/<str:number>/renew", filing_changes.filing_renew, name="filing_renew"),
    path("filings/<str:number>/changes", filing_changes.filing_changes, name="filing_changes"),
    path("filings/<str:number>/end", filing_end.filing_end, name="filing_end"),
    path("filings/ended/<str:number>", filing_end.termination, name="termination"),
    path("filings/ended/<str:number>/print", filing_end.termination_print, name="termination_print"),
    path("filings/<str:number>/submit", filing.filing_submit, name="filing_submit"),
    path("filings/<str:number>/print", filing.filing_print, name="filing_print"),
    path("filings/<str:number>/attach", filing.filing_attach, name="filing_attach"),
    path("filings/<str:number>/files/<str:file>", filing.filing_file, name="filing_file"),
    path("filings/<str:number>/files/<str:file>/withdraw", filing.filing_detach, name="filing_detach"),
    path("filings/<str:number>/scope", filing_scope.filing_scope, name="filing_scope"),
    path("filings/<str:number>/scope/options", filing_scope.filing_scope_options, name="filing_scope_options"),
    path("filings/<str:number>/scope/<int:item>/remove", filing_scope.filing_scope_remove, name="filing_scope_remove"),
    path("filings/<str:number>/sections/<str:section>", filing_sections.filing_section, name="filing_section"),
    path("filings/<str:number>/sections/<str:section>/save", filing_sections.filing_autosave, name="filing_autosave"),
    path("filings/<str:number>/sections/<str:section>/findings", filing_sections.filing_findings, name="filing_findings"),
]
