"""考核与分级地址: which address shows which page, on which side?"""

from django.urls import path

from touchstone.web.grading import assessment, assessments, grade, grades, standing, terms, watched

AUTHORITY_PAGES = [
    path("grading", grades.grades, name="grades"),
    path("grading/batch", grades.grades_batch, name="grades_batch"),
    path("grading/runs/<str:number>", grades.grade_run, name="grade_run"),
    path("grading/runs/<str:number>/progress", grades.grade_run_progress, name="grade_run_progress"),
    path("grading/grades/<str:number>", grade.grade_line, name="grade_line"),
    path("grading/assessments", assessments.assessments, name="assessments"),
    path("grading/assessments/batch", assessments.assessments_batch, name="assessments_batch"),
    path("grading/assessments/<str:number>", assessment.assessment, name="assessment"),
    path("grading/assessments/<str:number>/files/<str:attachment>", assessment.assessment_file, name="assessment_file"),
    path("grading/rounds/<str:number>/progress", assessments.round_progress, name="assessment_round_progress"),
    path("grading/terms", terms.term_evaluations, name="term_evaluations"),
    path("grading/terms/<str:number>", terms.term_evaluation, name="term_evaluation"),
    path("grading/watched", watched.watched_sittings, name="watched_sittings"),
]
BODY_PAGES = [
    path("standing", standing.standing, name="standing"),
    path("standing/assessments/<str:number>", assessment.assessment, name="assessment"),
    path("standing/assessments/<str:number>/files/<str:attachment>", assessment.assessment_file, name="assessment_file"),
    path("standing/grades/<str:number>", grade.grade_line, name="grade_line"),
    path("standing/terms/<str:number>", terms.term_evaluation, name="term_evaluation"),
]
