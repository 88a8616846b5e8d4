"""问题回溯用语: how do tracings and what they touch stand on the pages?"""

from collections.abc import Iterable
from typing import Any

from touchstone.inspections.facts.tracing import Line, Touched
from touchstone.inspections.states.tracing import TracingState
from touchstone.policy.supervision.records import Source
from touchstone.web.cases import case_url
from touchstone.web.doors import Request, own_side

_TONES = {TracingState.ASKED: "warn", TracingState.OPEN: "info", TracingState.FINISHED: "ok"}
TRACING_STATES = {state.value: (state.label, _TONES[state]) for state in TracingState}
SOURCES = [(one.value, one.label) for one in Source]
NAMED_BY = {Source.CERTIFICATE: "证书编号", Source.QUESTION: "试题编号", Source.ASSESSOR: "人员编号", Source.CAMERA_GAP: "缺口编号"}
SHOWN = 10


def url_of(request: Request, touched: Touched, line: Line) -> str:
    """This function will give the page of a row on the visitor's own side; a sitting's, with its internal supervision, or that of the case."""
    if touched.columns[0] == "场次":
        return own_side(request, "sitting", line[0])
    return case_url(line[0], request.actor)


def rows_shown(request: Request, touched: Touched, many: int = SHOWN) -> list[dict[str, Any]]:
    """This function will write the first rows of a head."""
    return [{"cells": list(zip(touched.columns, line, strict=True)), "url": url_of(request, touched, line)} for line in touched.first(many)]


def rows_written(touched: Touched) -> Iterable[Line]:
    """This function will give all rows of a head for a file."""
    return touched.every()
