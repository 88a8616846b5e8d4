"""试卷地址: which address shows which page of blueprints and papers? The same under /body and under /desk."""

from django.urls import path

from touchstone.web.papers import blueprints, enemies, figures, paper, papers

PAGES = [
    path("papers", papers.papers, name="papers"),
    path("papers/new", papers.paper_new, name="paper_new"),
    path("papers/enemies", enemies.enemies, name="enemies"),
    path("papers/blueprints", blueprints.blueprints, name="blueprints"),
    path("papers/blueprints/new", blueprints.blueprint_new, name="blueprint_new"),
    path("papers/blueprints/<str:number>", blueprints.blueprint, name="blueprint"),
    path("papers/<str:number>", paper.paper, name="paper"),
    path("papers/<str:number>/progress", paper.paper_progress, name="paper_progress"),
    path("papers/<str:number>/seal", paper.paper_seal, name="paper_seal"),
    path("papers/<str:number>/share", paper.paper_share, name="paper_share"),
    path("papers/<str:number>/open", paper.paper_open, name="paper_open"),
    path("papers/<str:number>/forms/<str:letter>/<str:what>", paper.paper_form_file, name="paper_form_file"),
    path("papers/<str:number>/material", paper.paper_material_file, name="paper_material_file"),
    path("papers/<str:number>/figures", figures.paper_figures, name="paper_figures"),
    path("papers/<str:number>/figures/progress", figures.paper_figures_progress, name="paper_figures_progress"),
    path("papers/<str:number>/figures/workbook", figures.paper_answers_template, name="paper_answers_template"),
    path("papers/questions/<str:number>", figures.question_figures, name="question_figures"),
]
