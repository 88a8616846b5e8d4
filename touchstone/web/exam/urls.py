"""考场座位地址: which address shows which page at a seat of the exam room?"""

from django.urls import path

from touchstone.web.exam import answers, seat, writing
from touchstone.web.offline import exam_worker_file

app_name = "exam"
urlpatterns = [
    path("", seat.seat, name="seat"),
    path("away", writing.away_part, name="away_part"),
    path("worker.js", exam_worker_file, name="worker_file"),
    path("script", writing.script, name="script"),
    path("answers", answers.answers, name="answers_part"),
    path("submit", answers.submit, name="submit_part"),
    path("done", writing.done, name="done"),
    path("media/<int:place>/<int:number>", writing.media, name="media_file"),
]
