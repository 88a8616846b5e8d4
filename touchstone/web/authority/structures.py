"""标准结构（主管）: what does an edition say in detail, and who wrote, compared and approved it?"""

from django.http import HttpResponseBase

from touchstone.web import structure_pages
from touchstone.web.doors import Request, authority_door

SPACE = "authority"


@authority_door
def structure_import(request: Request, number: str) -> HttpResponseBase:
    """This page will take a workbook of what an edition says."""
    return structure_pages.import_page(request, SPACE, number)


@authority_door
def structure_template(request: Request) -> HttpResponseBase:
    """This page will send the empty workbook."""
    return structure_pages.template_file(request)


@authority_door
def structure_example_file(request: Request) -> HttpResponseBase:
    """This page will send a filled example."""
    return structure_pages.example_file(request)


@authority_door
def structure_workbook_file(request: Request, number: str) -> HttpResponseBase:
    """This page will send a structure as a workbook."""
    return structure_pages.workbook_file(request, number)


@authority_door
def structure_import_run(request: Request, number: str) -> HttpResponseBase:
    """This page will show what came of every row, and write the draft."""
    return structure_pages.run_page(request, SPACE, number)


@authority_door
def structure_import_progress(request: Request, number: str) -> HttpResponseBase:
    """This fragment will show how far a workbook is."""
    return structure_pages.run_progress(request, SPACE, number)


@authority_door
def structure_returned_file(request: Request, number: str) -> HttpResponseBase:
    """This page will send the workbook with the column of results."""
    return structure_pages.returned_file(request, number)


@authority_door
def structure(request: Request, number: str) -> HttpResponseBase:
    """This page will show a structure and what can be done with it."""
    return structure_pages.structure_page(request, SPACE, number)


@authority_door
def structure_compare(request: Request, number: str) -> HttpResponseBase:
    """This page will show what changed from the version before."""
    return structure_pages.compare_page(request, SPACE, number)


@authority_door
def structure_compare_pdf(request: Request, number: str) -> HttpResponseBase:
    """This page will print what changed from the version before."""
    return structure_pages.compare_pdf(request, number)
