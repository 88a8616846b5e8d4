"""机构队伍地址: which address shows which page of the corps to a body?"""

from django.urls import path

from touchstone.web.body import corps

PAGES = [
    path("corps", corps.corps, name="corps"),
    path("corps/new", corps.corps_new, name="corps_new"),
    path("corps/members/<str:number>", corps.corps_member, name="corps_member"),
    path("corps/training", corps.corps_training, name="corps_training"),
    path("corps/applications/<str:number>", corps.corps_application, name="corps_application"),
    path("corps/applications/<str:number>/files/<str:attachment>", corps.corps_application_file, name="corps_application_file"),
]
