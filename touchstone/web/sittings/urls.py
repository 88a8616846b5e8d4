"""考试当日地址: which address shows which page, under each door that has to do with the day?"""

from django.urls import path

from touchstone.web.sittings import sitting, today

PAGES = [
    path("sittings/<str:number>", sitting.sitting, name="sitting"),
    path("sittings/<str:number>/files/<str:attachment>", sitting.sitting_file, name="sitting_file"),
]
SERVING_PAGES = [path("today", today.today, name="today"), *PAGES]
