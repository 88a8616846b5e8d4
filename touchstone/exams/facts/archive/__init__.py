"""档案材料: which papers does each of the five volumes of an evaluation hold, and why is one lacking?"""

from collections.abc import Callable, Mapping
from datetime import date

from touchstone.exams.facts.archive.certificate import certificate_papers
from touchstone.exams.facts.archive.filed import filed_papers
from touchstone.exams.facts.archive.process import process_papers
from touchstone.exams.facts.archive.registration import registration_papers
from touchstone.exams.facts.archive.result import result_papers
from touchstone.exams.models import Plan
from touchstone.policy.exams.archive import CONTENTS, Volume
from touchstone.print.volume import Paper

_OF_VOLUME: Mapping[Volume, Callable[[Plan], list[Paper]]] = {
    Volume.REGISTRATION: registration_papers,
    Volume.PROCESS: process_papers,
    Volume.RESULT: result_papers,
    Volume.CERTIFICATE: certificate_papers,
}


def papers_of(plan: Plan, volume: Volume, words: Callable[[str], str], day: date) -> list[Paper]:
    """This function will give the papers of one volume in the order laid down on `day`; what nobody made stands as lacking. `words` names
    kinds of ledger lines.

    :raises CannotPrint: when one of the papers cannot be printed.
    """
    own = filed_papers(plan, words) if volume is Volume.FILED else _OF_VOLUME[volume](plan)
    made = {paper.title: paper for paper in own}
    listed = CONTENTS.on(day).value[volume]
    nobody = "平台没有这项材料的来源，有纸质材料的请在封存前补入纸质卷"
    return [made.get(title, Paper(title, lacking=nobody)) for title in listed] + [paper for paper in own if paper.title not in listed]
