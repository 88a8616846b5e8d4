"""目录与机构地址: which address shows which page of the catalogue and of the bodies to an office?"""

from django.urls import path

from touchstone.web import structure_pages
from touchstone.web.authority import (
    bodies,
    body,
    catalogue,
    catalogue_import,
    occupation,
    register_entry,
    registers,
    standard,
    standards,
)

PAGES = [
    path("catalogue", catalogue.catalogue, name="catalogue"),
    path("catalogue/new", occupation.occupation_new, name="occupation_new"),
    path("catalogue/import", catalogue_import.catalogue_import, name="catalogue_import"),
    path("catalogue/import/<str:number>", catalogue_import.import_run, name="catalogue_import"),
    path("catalogue/standards", standards.standards, name="standards"),
    path("catalogue/standards/new", standard.standard_new, name="standard_new"),
    path("catalogue/standards/<path:number>", standard.standard, name="standard"),
    path("catalogue/<str:code>", occupation.occupation, name="occupation"),
    path("bodies", bodies.bodies, name="bodies"),
    path("bodies/<str:number>", body.body, name="body"),
    path("bodies/<str:number>/registers/<str:register>", registers.body_register, name="body_register"),
    path("registers/<str:entry>", register_entry.register_entry, name="register_entry"),
    path("registers/<str:entry>/identity", register_entry.register_identity, name="register_identity"),
    path("registers/<str:entry>/files/<str:attachment>", register_entry.register_file, name="register_file"),
    path("catalogue/structures/template", structure_pages.template_file, name="structure_template"),
    path("catalogue/structures/example", structure_pages.example_file, name="structure_example_file"),
    path("catalogue/structures/<str:number>", structure_pages.structure_page, name="structure"),
    path("catalogue/structures/<str:number>/workbook", structure_pages.workbook_file, name="structure_workbook_file"),
    path("catalogue/structures/<str:number>/compare", structure_pages.compare_page, name="structure_compare"),
    path("catalogue/structures/<str:number>/compare.pdf", structure_pages.compare_pdf, name="structure_compare_pdf"),
    path("catalogue/structure-imports/<str:number>", structure_pages.run_page, name="structure_import_run"),
    path("catalogue/structure-imports/<str:number>/progress", structure_pages.run_progress, name="structure_import_progress"),
    path("catalogue/structure-imports/<str:number>/returned", structure_pages.returned_file, name="structure_returned_file"),
    path("catalogue/structure-import/<path:number>", structure_pages.import_page, name="structure_import"),
]
