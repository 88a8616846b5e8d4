"""批次接口: how far is a batch in the queue, and what came of each of its rows?"""

from touchstone.api.declared import BATCH, PAGE, ROW_OUTCOME, Call, asks, page_of, paged, said
from touchstone.api.rows import batch_words
from touchstone.systems.operations import Answer
from touchstone.systems.queries import batch, outcomes

TAG = "后台批次"


@asks("batches.read", "/batches/{number}", TAG, "批次进度", BATCH)
def batch_read(call: Call, number: str) -> Answer:
    """How far a batch is."""
    return said(batch_words(batch(number, call.of_body)))


@asks("batches.rows", "/batches/{number}/rows", TAG, "批次逐行结果", page_of("BatchRows", ROW_OUTCOME), query=PAGE)
def batch_rows(call: Call, number: str) -> Answer:
    """What came of the rows taken so far; `after` is the last row seen."""
    found = outcomes(batch(number, call.of_body))
    return paged(call, found, f"/batches/{number}/rows", lambda one: one.outcome, key="row")
