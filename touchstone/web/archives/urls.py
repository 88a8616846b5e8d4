"""评价档案地址: which address shows which page, under the door of a body and under that of the offices?"""

from django.urls import path

from touchstone.web.archives import archive, archives, plan_archive

PAGES = [
    path("archives", archives.archives, name="archives"),
    path("archives/<str:number>", archive.archive, name="archive"),
    path("archives/<str:number>/progress", archive.archive_progress, name="archive_progress"),
    path("archives/<str:number>/volumes/<str:volume>", archive.archive_volume, name="archive_volume_file"),
]
BODY_PAGES = [*PAGES, path("plans/<str:number>/archive", plan_archive.plan_archive, name="plan_archive")]
