"""标准地址: which address shows a body which page about the standards it uses and its own specifications?"""

from django.urls import path

from touchstone.web import structure_pages
from touchstone.web.body import standards

STANDARD_PAGES = [
    path("standards", standards.standards, name="standards"),
    path("standards/new", standards.specification_new, name="specification_new"),
    path("standards/structures/template", structure_pages.template_file, name="structure_template"),
    path("standards/structures/example", structure_pages.example_file, name="structure_example_file"),
    path("standards/structures/<str:number>", structure_pages.structure_page, name="structure"),
    path("standards/structures/<str:number>/workbook", structure_pages.workbook_file, name="structure_workbook_file"),
    path("standards/structures/<str:number>/compare", structure_pages.compare_page, name="structure_compare"),
    path("standards/structures/<str:number>/compare.pdf", structure_pages.compare_pdf, name="structure_compare_pdf"),
    path("standards/structure-imports/<str:number>", structure_pages.run_page, name="structure_import_run"),
    path("standards/structure-imports/<str:number>/progress", structure_pages.run_progress, name="structure_import_progress"),
    path("standards/structure-imports/<str:number>/returned", structure_pages.returned_file, name="structure_returned_file"),
    path("standards/structure-import/<path:number>", structure_pages.import_page, name="structure_import"),
    path("standards/<path:number>", standards.standard, name="standard"),
]
