"""标准地址: which address shows a body which page about the standards it uses and its own specifications?"""

from django.urls import path

from touchstone.web.body import standards, structures

STANDARD_PAGES = [
    path("standards", standards.standards, name="standards"),
    path("standards/new", standards.specification_new, name="specification_new"),
    path("standards/structures/template", structures.structure_template, name="structure_template"),
    path("standards/structures/example", structures.structure_example_file, name="structure_example_file"),
    path("standards/structures/<str:number>", structures.structure, name="structure"),
    path("standards/structures/<str:number>/workbook", structures.structure_workbook_file, name="structure_workbook_file"),
    path("standards/structures/<str:number>/compare", structures.structure_compare, name="structure_compare"),
    path("standards/structures/<str:number>/compare.pdf", structures.structure_compare_pdf, name="structure_compare_pdf"),
    path("standards/structure-imports/<str:number>", structures.structure_import_run, name="structure_import_run"),
    path("standards/structure-imports/<str:number>/progress", structures.structure_import_progress, name="structure_import_progress"),
    path("standards/structure-imports/<str:number>/returned", structures.structure_returned_file, name="structure_returned_file"),
    path("standards/structure-import/<path:number>", structures.structure_import, name="structure_import"),
    path("standards/<path:number>", standards.standard, name="standard"),
]
