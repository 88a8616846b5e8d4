"""统筹布局地址: which address shows which page of the layout, of demand, of model bodies and of associations that move?"""

from django.urls import path

from touchstone.web.authority import association_moves, demand, layout, layout_rows, model_bodies

PAGES = [
    path("layout", layout.layout_page, name="layout"),
    path("layout/<str:of>", layout_rows.layout_rows, name="layout_rows"),
    path("associations", association_moves.association_moves, name="association_moves"),
    path("associations/<str:number>", association_moves.association_move, name="association_move"),
    path("models", model_bodies.model_bodies, name="model_bodies"),
    path("models/<str:number>", model_bodies.model_body, name="model_body"),
    path("demand", demand.demand, name="demand"),
    path("demand/new", demand.demand_new, name="demand_new"),
    path("demand/import", demand.demand_import, name="demand_import"),
    path("demand/template", demand.demand_template_file, name="demand_template"),
    path("demand/returned/<str:number>", demand.demand_returned, name="demand_returned"),
]
