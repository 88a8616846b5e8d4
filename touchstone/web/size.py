"""上传大小: is the body of this request small enough to be read at all?"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from touchstone.api.declared import BASE
from touchstone.api.problems import TOO_LARGE, as_response, problem
from touchstone.files.operations import LARGEST
from touchstone.kernel.law import Refusal

ENVELOPE = 2 * 1024 * 1024
"""What a form may carry beside its files."""


class SizeMiddleware:
    """Refuses a request whose declared length is beyond the largest file, before a byte of it is read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdigit() and int(length) <= LARGEST + ENVELOPE:
            return self.get_response(request)
        size = int(length) // 1048576 if length.isdigit() else 0
        sentence = f"上传的内容有{size}MB，超过{LARGEST // 1048576}MB的上限，没有接收。"
        if request.path.startswith(BASE):
            return as_response(problem(TOO_LARGE, sentence, next_step="请分成几次提交，或压缩文件。"))
        step = "请返回上一页，删去图片和多余的工作表，或分成几份再上传；已填的内容不受影响。"
        response = render(request, "too_large.html", {"refusal": Refusal(sentence, None, step)}, status=413)
        response["Connection"] = "close"
        return response
