"""通用格式读入（QTI）: what an item says, what is lost by line, and what is refused by line and reason."""

import io
import zipfile
from decimal import Decimal

import pytest

from touchstone.measurement.interchange import Kind, Method, When, plain, plain_text, score
from touchstone.measurement.interchange.delivery import Format, Refused
from touchstone.measurement.interchange.doors import read_file

ITEM = """<?xml version="1.0" encoding="UTF-8"?>
<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="i1" title="试题" adaptive="{adaptive}" timeDependent="false">
{declarations}
<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>
<itemBody>{body}</itemBody>
{processing}
</assessmentItem>"""
CHOICE_BODY = """<p>最常用的刀具材料是</p>
<choiceInteraction responseIdentifier="RESPONSE" shuffle="true" maxChoices="1">
<simpleChoice identifier="A">硬质合金</simpleChoice><simpleChoice identifier="B" fixed="true">木材</simpleChoice>
</choiceInteraction>"""
CHOICE = '<responseDeclaration identifier="RESPONSE" cardinality="single" baseType="identifier"><correctResponse><value>A</value></correctResponse>{}</responseDeclaration>'  # noqa: E501
MATCH = '<responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/match_correct"/>'
MAP = '<responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/map_response"/>'


PLAIN_CHOICE = CHOICE.format("")


def item(declarations=PLAIN_CHOICE, body=CHOICE_BODY, processing=MATCH, adaptive="false"):
    return ITEM.format(declarations=declarations, body=body, processing=processing, adaptive=adaptive).encode()


def read(content, name="item.xml"):
    delivery = read_file(content, name)
    (found,) = delivery.incoming
    return found


def taken(content):
    found = read(content)
    assert found.refusal is None, found.refusal
    return found


def test_a_choice_with_a_standard_template():
    question = taken(item()).taken
    assert (question.kind, question.method, question.key, question.points) == (Kind.CHOICE, Method.EXACT, ("A",), Decimal(1))
    assert question.shuffle
    assert question.options[1].fixed
    assert plain_text(question) == "最常用的刀具材料是\n硬质合金\n木材"


def test_the_same_item_as_qti_3():
    three = """<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="i1" title="t" adaptive="false"
    time-dependent="false">
    <qti-response-declaration identifier="RESPONSE" cardinality="single" base-type="identifier">
      <qti-correct-response><qti-value>A</qti-value></qti-correct-response></qti-response-declaration>
    <qti-outcome-declaration identifier="SCORE" cardinality="single" base-type="float"/>
    <qti-item-body><p>最常用的刀具材料是</p>
      <qti-choice-interaction response-identifier="RESPONSE" shuffle="true" max-choices="1">
      <qti-simple-choice identifier="A">硬质合金</qti-simple-choice><qti-simple-choice identifier="B" fixed="true">木材</qti-simple-choice>
    </qti-choice-interaction></qti-item-body>
    <qti-response-processing template="https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/match_correct.xml"/></qti-assessment-item>"""
    delivery = read_file(three.encode(), "item.xml")
    assert delivery.format is Format.QTI30
    again, two = delivery.incoming[0].taken, taken(item()).taken
    assert (again.stem, again.options, again.key, again.method, again.shuffle) == (two.stem, two.options, two.key, two.method, two.shuffle)


def test_a_mapping_with_bounds_gives_weights():
    mapping = '<mapping defaultValue="-1" lowerBound="0" upperBound="2"><mapEntry mapKey="A" mappedValue="1.5"/></mapping>'
    declared = CHOICE.format(mapping).replace('"single"', '"multiple"')
    question = taken(item(declared, CHOICE_BODY.replace('maxChoices="1"', 'maxChoices="0"'), MAP)).taken
    assert question.kind is Kind.MULTIPLE
    assert [score(question, some) for some in (["A"], ["B"], ["A", "B"])] == [Decimal("1.5"), 0, Decimal("0.5")]


def test_a_mapping_with_an_entry_that_nobody_can_choose_loses_it_by_line():
    mapping = '<mapping defaultValue="0">\n<mapEntry mapKey="A" mappedValue="1"/><mapEntry mapKey="Z" mappedValue="9"/></mapping>'
    found = taken(item(CHOICE.format(mapping), processing=MAP))
    assert [loss.line for loss in found.losses] == [3]
    assert "“Z”" in found.losses[0].what


RULES = """<responseProcessing><responseCondition>
<responseIf><match><variable identifier="RESPONSE"/><correct identifier="RESPONSE"/></match>
<setOutcomeValue identifier="SCORE"><baseValue baseType="float">{right}</baseValue></setOutcomeValue></responseIf>{more}
</responseCondition></responseProcessing>"""


def test_the_template_written_out_is_recognised_with_its_points():
    otherwise = '<responseElse><setOutcomeValue identifier="SCORE"><baseValue baseType="float">0</baseValue></setOutcomeValue></responseElse>'
    question = taken(item(processing=RULES.format(right="3", more=otherwise))).taken
    assert (question.method, question.points) == (Method.EXACT, Decimal(3))


def test_other_rules_are_kept_and_run():
    otherwise = '<responseElse><setOutcomeValue identifier="SCORE"><baseValue baseType="float">-1</baseValue></setOutcomeValue></responseElse>'
    question = taken(item(processing=RULES.format(right="3", more=otherwise))).taken
    assert question.method is Method.RULES
    assert [score(question, one) for one in ("A", "B", None)] == [3, -1, -1]


def test_blanks_of_two_kinds_and_points_added_up():
    declared = """<responseDeclaration identifier="R1" cardinality="single" baseType="string"><correctResponse><value>Ra</value>
    </correctResponse></responseDeclaration>
    <responseDeclaration identifier="R2" cardinality="single" baseType="identifier"><correctResponse><value>x</value>
    </correctResponse></responseDeclaration>"""
    body = """<p>粗糙度符号 <textEntryInteraction responseIdentifier="R1" expectedLength="4"/> 越小越
    <inlineChoiceInteraction responseIdentifier="R2"><inlineChoice identifier="x">光</inlineChoice><inlineChoice identifier="y">粗</inlineChoice>
    </inlineChoiceInteraction></p>"""
    add = """<responseCondition><responseIf><match><variable identifier="{0}"/><correct identifier="{0}"/></match>
    <setOutcomeValue identifier="SCORE"><sum><variable identifier="SCORE"/><baseValue baseType="float">{1}</baseValue></sum></setOutcomeValue>
    </responseIf></responseCondition>"""
    rules = f"<responseProcessing>{add.format('R1', 2)}{add.format('R2', 1)}</responseProcessing>"
    question = taken(item(declared, body, rules)).taken
    assert (question.kind, question.method, question.points) == (Kind.TEXT_ENTRY, Method.WEIGHTS, Decimal(3))
    assert score(question, {"R1": "Ra", "R2": "y"}) == 2
    assert score(question, {"R1": "ra", "R2": "x"}) == 1, "match在QTI里区分大小写"


def test_several_interactions_make_a_composite_question_under_a_shared_stem():
    second = CHOICE.format("").replace("RESPONSE", "R2")
    body = f"<p>看图回答。</p>{CHOICE_BODY}<p>第二问</p>" + CHOICE_BODY.replace('responseIdentifier="RESPONSE"', 'responseIdentifier="R2"')
    both = """<responseProcessing><responseCondition><responseIf><and>
    <match><variable identifier="RESPONSE"/><correct identifier="RESPONSE"/></match>
    <match><variable identifier="R2"/><correct identifier="R2"/></match>
    </and><setOutcomeValue identifier="SCORE"><baseValue baseType="float">4</baseValue></setOutcomeValue></responseIf>
    </responseCondition></responseProcessing>"""
    question = taken(item(CHOICE.format("") + second, body, both)).taken
    assert question.kind is Kind.COMPOSITE
    assert [part.key for part in question.parts] == ["RESPONSE", "R2"]
    assert plain(question.stem).startswith("看图回答。")
    assert [score(question, one) for one in ({"RESPONSE": "A", "R2": "A"}, {"RESPONSE": "A"})] == [4, 0]


def test_feedback_is_placed_by_running_the_rules():
    body = CHOICE_BODY.replace("木材", '木材<feedbackInline outcomeIdentifier="F" identifier="B" showHide="show">太软</feedbackInline>')
    rules = RULES.format(right="1", more="").replace(
        "</responseProcessing>", '<setOutcomeValue identifier="F"><variable identifier="RESPONSE"/></setOutcomeValue></responseProcessing>'
    )
    modal = '<modalFeedback outcomeIdentifier="F" identifier="A" showHide="show">正是</modalFeedback><modalFeedback outcomeIdentifier="F" identifier="Z" showHide="show">从不</modalFeedback>'  # noqa: E501
    found = taken(item(body=body, processing=rules + modal))
    assert plain(found.taken.options[1].feedback) == "太软"
    assert [(said.when, plain(said.content)) for said in found.taken.feedback] == [(When.RIGHT, "正是")]
    assert ["Z" in loss.what for loss in found.losses] == [True]


@pytest.mark.parametrize(
    ("content", "line", "said"),
    [
        (item(adaptive="true"), 2, "逐步变化"),
        (item(CHOICE.format("") + '<templateDeclaration identifier="T" cardinality="single" baseType="integer"/>'), 3, "随机"),
        (item(body="<p>没有作答区</p>"), 2, "没有作答区"),
        (item(body='<p>一</p>\n<sliderInteraction responseIdentifier="RESPONSE"/>'), 6, "滑块"),
        (item(declarations=""), 6, "没有声明"),
        (item(processing=MATCH.replace("match_correct", "map_response_point")), 9, "坐标"),
        (item(processing=MAP), 9, "得分表"),
        (item(processing='<responseProcessing template="http://example.org/own"/>'), 9, "不是标准模板"),
        (item(processing=RULES.format(right="x", more="")), 2, "不是float"),
        (item(processing=RULES.format(right="1", more="").replace("match>", "random>")), 2, "random"),
        (item(CHOICE.format("").replace("<value>A", "<value>Z")), 2, "不在选项里"),
        (item(CHOICE.format("").replace("identifier\"><c", "point\"><c")), 3, "不相配"),
    ],
    ids=["分次作答", "随机", "无作答区", "滑块", "未声明", "坐标", "无得分表", "他家模板", "不是数", "随机函数", "答案不在", "类型不配"],
)  # fmt: skip
def test_what_we_cannot_put_as_it_was_meant_is_refused_with_line_and_reason(content, line, said):
    found = read(content)
    assert found.question is None
    assert found.refusal is not None
    assert said in found.refusal.why
    assert found.refusal.line == line


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>\n<assessmentItem>&a;</assessmentItem>', "DOCTYPE"),
        ('<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY a "b">]><x/>'.encode("utf-16"), "DOCTYPE"),
        (b"<assessmentItem><a></assessmentItem>", "XML"),
        (b"<a>&nbsp;</a>", "XML"),
        (b"   ", "空的"),
        (b"plain words", "不是QTI"),
    ],
    ids=["外部实体", "UTF-16里的实体", "没有闭合", "没有定义的实体", "空", "别的文字"],
)
def test_dangerous_and_broken_files_are_refused(content, said):
    with pytest.raises(Refused) as refused:
        read_file(content, "x.xml")
    assert said in str(refused.value)


def packed(files, method=zipfile.ZIP_DEFLATED):
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", method) as package:
        for name, content in files:
            package.writestr(name, content)
    return memory.getvalue()


MANIFEST = """<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"><resources>
<resource identifier="r1" type="imsqti_item_xmlv2p1" href="items/one.xml"/>
<resource identifier="r2" type="imsqti_item_xmlv2p1" href="items/none.xml"/>
<resource identifier="r3" type="imsqti_test_xmlv2p1" href="test.xml"/></resources></manifest>"""


def test_a_package_brings_its_pictures_and_says_what_is_missing():
    body = '<p><img src="../img/a.png" alt="图"/><img src="../img/gone.png" alt="缺图"/></p>' + CHOICE_BODY
    delivery = read_file(packed([("imsmanifest.xml", MANIFEST), ("items/one.xml", item(body=body)), ("img/a.png", b"png")]), "package.zip")
    first, second = delivery.incoming
    assert delivery.files == {"img/a.png": b"png"}
    assert [one.name for one in first.taken.media] == ["img/a.png"]
    assert "gone.png" in first.losses[0].what
    assert "没有这个文件" in second.why
    assert second.why.startswith("第3行")
    assert "不读试卷" in delivery.losses[0].why


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ([("other.xml", "<a/>")], "imsmanifest.xml"),
        ([("imsmanifest.xml", MANIFEST), ("../evil.xml", "x")], "指向包外"),
        ([("imsmanifest.xml", MANIFEST), ("bomb.xml", b"0" * 30_000_000)], "压缩倍数"),
        ([("imsmanifest.xml", "<manifest/>")], "没有题目"),
    ],
    ids=["无清单", "包外", "炸弹", "空清单"],
)
def test_packages_that_are_not_safe_or_not_packages_are_refused(files, said):
    with pytest.raises(Refused) as refused:
        read_file(packed(files), "package.zip")
    assert said in str(refused.value)


def test_half_a_zip_is_refused():
    whole = packed([("imsmanifest.xml", MANIFEST), ("items/one.xml", item())])
    with pytest.raises(Refused):
        read_file(whole[: len(whole) // 2], "package.zip")


def package_of(*items, more=()):
    names = [f"items/{place}.xml" for place, _ in enumerate(items)]
    listed = "".join(f'<resource identifier="r{place}" type="imsqti_item_xmlv2p1" href="{name}"/>' for place, name in enumerate(names))
    manifest = f'<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"><resources>{listed}</resources></manifest>'
    return packed([("imsmanifest.xml", manifest), *zip(names, items, strict=True), *more], zipfile.ZIP_STORED)


def test_one_bad_question_never_stops_the_rest():
    empty = "<responseProcessing><setOutcomeValue identifier='SCORE'/><responseCondition/></responseProcessing>"
    bare_exit = "<responseProcessing><responseCondition><exitResponse/></responseCondition></responseProcessing>"
    bad = [
        item(processing=RULES.format(right="1e999999", more="")),
        item(processing=RULES.format(right="9" * 10_000, more="")),
        item(processing=empty),
        item(processing=bare_exit),
        item(processing=RULES.format(right="1", more="<responseIf/>")),
        b"<assessmentItem",
        b"",
    ]
    delivery = read_file(package_of(*bad, item()), "package.zip")
    assert [one.question is not None for one in delivery.incoming] == [False] * len(bad) + [True]
    assert all(one.why for one in delivery.incoming[:-1])


def test_a_count_in_strange_digits_counts_as_not_written():
    body = CHOICE_BODY.replace('maxChoices="1"', 'maxChoices="²" minChoices="٣"')
    question = taken(item(CHOICE.format("").replace('"single"', '"multiple"'), body)).taken
    assert (question.kind, question.least, question.most) == (Kind.MULTIPLE, 0, 0)


def test_a_pattern_from_outside_is_never_run_and_its_loss_is_told():
    declared = '<responseDeclaration identifier="RESPONSE" cardinality="single" baseType="string"/>'
    pattern = RULES.format(right="1", more="").replace(
        '<match><variable identifier="RESPONSE"/><correct identifier="RESPONSE"/></match>',
        '<patternMatch pattern="(a|a)*b"><variable identifier="RESPONSE"/></patternMatch>',
    )
    found = taken(item(declared, '<p>填 <textEntryInteraction responseIdentifier="RESPONSE"/></p>', pattern))
    assert found.taken.method is Method.NONE
    assert [(loss.line, loss.what) for loss in found.losses] == [(7, "判分表达式“patternMatch”")]


def test_a_picture_that_many_questions_show_counts_once():
    picture = b"0123456789" * 1_000_000
    shows = item(body='<p><img src="../img/a.png" alt="图"/></p>' + CHOICE_BODY)
    delivery = read_file(package_of(*[shows] * 21, more=[("img/a.png", picture)]), "package.zip")
    assert len(delivery.questions) == 21
