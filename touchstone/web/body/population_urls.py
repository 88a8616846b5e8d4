"""评价对象地址: which address shows which register?"""

from django.urls import path

from touchstone.web.body import (
    agreements,
    commissions,
    pilots,
    populations,
    register_end,
    register_page,
    roster_import,
    student,
    students,
    subsidiaries,
    worker,
    workers,
)

_STUDENTS = "populations/agreements/<str:number>/students"
POPULATION_PAGES = [
    path("populations", populations.populations, name="populations"),
    path("populations/workers", workers.workers, name="workers"),
    path("populations/workers/new", worker.worker_new, name="worker_new"),
    path("populations/workers/end", register_end.workers_end, name="workers_end"),
    path("populations/workers/import", roster_import.workers_import, name="workers_import"),
    path("populations/workers/template.xlsx", roster_import.workers_template, name="workers_template"),
    path("populations/workers/<int:key>", worker.worker, name="worker"),
    path("populations/agreements", agreements.agreements, name="agreements"),
    path("populations/agreements/new", agreements.agreement_new, name="agreement_new"),
    path("populations/agreements/<str:number>", agreements.agreement, name="agreement"),
    path(_STUDENTS, students.agreement_students, name="agreement_students"),
    path(f"{_STUDENTS}/new", student.agreement_student_new, name="agreement_students_new"),
    path(f"{_STUDENTS}/end", register_end.agreement_students_end, name="agreement_students_end"),
    path(f"{_STUDENTS}/import", roster_import.agreement_students_import, name="agreement_students_import"),
    path(f"{_STUDENTS}/template.xlsx", roster_import.agreement_students_template, name="agreement_students_template"),
    path("populations/commissions", commissions.commissions, name="commissions"),
    path("populations/commissions/new", commissions.commission_new, name="commission_new"),
    path("populations/commissions/<str:number>", commissions.commission, name="commission"),
    path("populations/subsidiaries", subsidiaries.subsidiaries, name="subsidiaries"),
    path("populations/subsidiaries/new", subsidiaries.subsidiary_new, name="subsidiary_new"),
    path("populations/subsidiaries/<str:number>", subsidiaries.subsidiary, name="subsidiary"),
    path("populations/students", students.students, name="students"),
    path("populations/students/new", student.student_new, name="student_new"),
    path("populations/students/end", register_end.students_end, name="students_end"),
    path("populations/students/import", roster_import.students_import, name="students_import"),
    path("populations/students/template.xlsx", roster_import.students_template, name="students_template"),
    path("populations/students/<int:key>", student.student, name="student"),
    path("populations/pilots", pilots.pilots, name="pilots"),
    path("populations/pilots/<str:number>", pilots.pilot, name="pilot"),
    path("populations/imports/<str:number>", roster_import.roster_run, name="roster_run"),
    path("populations/imports/<str:number>/progress", roster_import.roster_progress, name="roster_progress"),
    path("populations/entries/<str:number>/files/<str:attachment>", register_page.entry_file, name="entry_file"),
]
