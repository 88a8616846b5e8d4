"""构件: does every component say what it must, to the eye and to a screen reader?"""

from datetime import UTC, date, datetime

import pytest

from tests.web.drawing import draw
from touchstone.kernel.rules import met, unmet, unproven
from touchstone.policy.documents import NOTICE_2024

CLAUSE = NOTICE_2024.clause("三(一)1")


@pytest.mark.parametrize(
    ("days_left", "sentence", "tone"),
    [
        pytest.param(12, "还剩12个工作日", "ok", id="还早"),
        pytest.param(2, "还剩2个工作日", "warn", id="将近"),
        pytest.param(0, "今天到期", "danger", id="当天"),
        pytest.param(-3, "已超期3个工作日", "danger", id="超期"),
        pytest.param(None, "不限时", "neutral", id="没有期限"),
    ],
)
def test_deadline_says_working_days_left(days_left, sentence, tone):
    """期限写明剩余工作日。"""
    drawn = draw('<c-deadline :days_left="left" :on="day" />', left=days_left, day=date(2026, 11, 23))
    assert sentence in drawn
    assert f"ts-tone-{tone}" in drawn
    assert ("2026年11月23日" in drawn) is (days_left is not None)


def test_deadline_says_when_provisional():
    """没有放假安排的年份期限写明暂定。"""
    assert "暂定" in draw('<c-deadline :days_left="5" provisional />')
    assert "暂定" not in draw('<c-deadline :days_left="5" />')


@pytest.mark.parametrize(
    ("find", "word"),
    [
        pytest.param(met, "符合", id="符合"),
        pytest.param(unmet, "不符合", id="不符合"),
        pytest.param(unproven, "待证明", id="待证明"),
    ],
)
def test_finding_says_outcome_reason_and_clause(find, word):
    """核对结果写明结论理由和依据。"""
    extra = {"ask_for": "工作年限证明"} if find is unproven else {}
    drawn = draw('<c-findings :findings="found" />', found=[find("从事本职业3年。", CLAUSE, **extra)])
    assert f">{word}</span>" in drawn
    assert "从事本职业3年。" in drawn
    assert "依据：上海市《关于加强职业技能等级认定规范管理有关事项的通知》 三(一)1" in drawn
    assert ("请补交：工作年限证明" in drawn) is (find is unproven)


def test_stored_finding_looks_as_it_did():
    """存下来的核对结果与当时的一样显示。"""
    stored = unproven("只有3年有证明。", CLAUSE, ask_for="社保记录").as_record()
    drawn = draw('<c-findings :findings="found" />', found=[stored])
    assert "待证明" in drawn
    assert "请补交：社保记录" in drawn


def test_no_findings_is_said():
    """没有核对结果时说明。"""
    assert "没有需要核对的条件" in draw('<c-findings :findings="[]" />')


def test_refusal_says_why_clause_and_next_step():
    """不能办理写明理由依据和下一步。"""
    drawn = draw('<c-refusal sentence="备案已暂停。" clause="通知 三(四)2" next_step="完成整改。" next_url="/x" />')
    assert 'role="alert"' in drawn
    for words in ("备案已暂停。", "依据：通知 三(四)2", "下一步：", "完成整改。", 'href="/x"'):
        assert words in drawn


def test_timeline_says_when_who_what_and_opinion():
    """流转记录写明何时何人何事和意见。"""
    entry = {
        "what": "退回补正",
        "who": "周文静",
        "office": "徐汇区人社局",
        "at": datetime(2026, 11, 23, 6, 3, tzinfo=UTC),
        "opinion": "请补交平面图。",
        "findings": [unmet("面积不足。", CLAUSE)],
    }
    drawn = draw('<c-timeline :entries="entries" />', entries=[entry])
    for words in ("退回补正", "周文静 · 徐汇区人社局", "2026年11月23日 14:03", "请补交平面图。", "核对结果 1 项", "面积不足。"):
        assert words in drawn
    assert 'datetime="2026-11-23' in drawn


def test_empty_timeline_is_said():
    """没有流转时不留空白。"""
    assert "还没有记录" in draw('<c-timeline :entries="[]" />')


def test_action_is_a_button_or_a_reason():
    """可办事项给出按钮，不可办的给出原因。"""
    can = draw('<c-action label="受理" url="/admit" tone="primary" />')
    cannot = draw('<c-action label="准予备案" why_not="评估尚未结束。" clause="通知 三(一)1" />')
    assert 'href="/admit"' in can
    assert "disabled" in cannot
    assert "评估尚未结束。" in cannot
    assert "依据：通知 三(一)1" in cannot
    assert "<a" not in cannot


def test_steps_mark_the_current_one():
    """办理环节标出当前一步。"""
    steps = [{"label": "提交", "state": "done"}, {"label": "评估", "state": "current", "note": "还剩3个工作日"}, {"label": "决定"}]
    drawn = draw('<c-steps :steps="steps" />', steps=steps)
    assert drawn.count('aria-current="step"') == 1
    assert 'aria-label="已办"' in drawn
    assert "还剩3个工作日" in drawn


def test_section_navigation_says_what_is_missing():
    """分节导航说明缺什么。"""
    items = [{"id": "a", "label": "单位信息", "state": "complete"}, {"id": "b", "label": "场所", "state": "missing", "note": "缺平面图"}]
    drawn = draw('<c-section-nav :items="items" />', items=items)
    assert 'href="#b"' in drawn
    assert 'aria-label="已填齐"' in drawn
    assert 'aria-label="缺内容"' in drawn
    assert "缺平面图" in drawn


def test_progress_polls_until_finished():
    """进度未完成时每秒询问，完成后停止。"""
    running = draw('<c-progress label="核对名单" :done="3200" :total="10000" url="/p" />')
    finished = draw('<c-progress label="核对名单" :done="10000" :total="10000" url="/p" finished />')
    assert 'hx-trigger="every 1s"' in running
    assert 'value="3200"' in running
    assert "3,200 / 10,000行" in running
    assert "hx-get" not in finished
    assert "已完成" in finished


def test_irreversible_act_asks_first():
    """不能撤回的事先确认。"""
    drawn = draw('<c-confirm id="end" title="终止备案？" sentence="终止后不能恢复。" action="/end" button="确认终止" />')
    assert 'data-open="end"' in drawn
    assert '<dialog class="ts-dialog" id="end" aria-labelledby="end-title">' in drawn
    assert 'name="csrfmiddlewaretoken"' in drawn
    assert 'action="/end"' in drawn


def test_empty_state_says_what_to_do():
    """没有数据时告诉人下一步。"""
    drawn = draw('<c-empty title="还没有考场" sentence="请先登记。" action_label="登记考场" action_url="/new" />')
    for words in ("还没有考场", "请先登记。", '<a class="btn btn-primary" href="/new">登记考场</a>'):
        assert words in drawn


@pytest.mark.parametrize(("tone", "role"), [("success", "status"), ("error", "alert")], ids=["成功", "出错"])
def test_toast_is_read_out_by_gravity(tone, role):
    """消息按轻重读出。"""
    drawn = draw(f'<c-toast tone="{tone}">已受理</c-toast>')
    assert f'role="{role}"' in drawn
    assert 'aria-label="关闭消息"' in drawn


def test_page_header_says_where_and_what():
    """页头给出位置编号状态和动作。"""
    drawn = draw(
        '<c-page-header title="备案申请" number="FA-1" :crumbs="crumbs" state="审查中" tone="info">'
        '<c-slot name="actions"><a href="/p">打印</a></c-slot></c-page-header>',
        crumbs=[{"label": "备案", "url": "/f"}, {"label": "详情"}],
    )
    for words in ("<h1>备案申请</h1>", 'href="/f"', 'aria-current="page">详情', "FA-1", "审查中", 'href="/p"'):
        assert words in drawn


def test_component_takes_nothing_from_the_page_around_it():
    """构件不借用页面上同名的内容。"""
    assert "外面的标题" not in draw('<c-empty sentence="没有。" />', title="外面的标题", icon="home")
    assert "外面" not in draw("<c-page-header />", title="外面", subtitle="外面", state="外面", number="外面")


def test_component_escapes_words_once():
    """构件里的文字一律转义。"""
    drawn = draw('<c-state-badge :label="label" /><c-copyable value="{{ label }}" />', label='<i onclick="x">')
    assert "<i" not in drawn
    assert "&amp;lt;" not in drawn


def test_attachment_says_name_kind_and_size():
    """附件写明名称类别大小。"""
    item = {"url": "/f/1", "name": "营业执照.pdf", "kind": "证照", "size": 348160, "remove_url": "/f/1/remove"}
    drawn = draw('<c-attachments :items="items" />', items=[item])
    for words in ('href="/f/1"', "营业执照.pdf", "证照", "340.0", 'aria-label="移除营业执照.pdf"'):
        assert words in drawn


def test_upload_is_labelled_and_described():
    """上传框可用键盘并说明要求。"""
    drawn = draw('<c-upload name="book" accept=".xlsx" label="选择名册" hint="不超过 20 MB" />')
    assert '<label for="book">' in drawn
    assert 'aria-describedby="book-hint"' in drawn
    assert 'accept=".xlsx"' in drawn


def test_chart_has_its_table_and_safe_json():
    """图表后面总有表格。"""
    drawn = draw('<c-chart id="c" :option="option" title="各区" summary="浦东最多"><table></table></c-chart>', option={"a": "</script>"})
    assert 'role="img" aria-label="浦东最多"' in drawn
    assert "查看数据表" in drawn
    assert "</script>" not in drawn.split('type="application/json">')[1].split("</script>")[0]


def test_stat_clicks_through():
    """统计卡可以点进去。"""
    drawn = draw('<c-stat label="待受理" value="12" unit="件" url="/todo" tone="warn" />')
    assert drawn.startswith('<a href="/todo"')
    assert "12<small>件</small>" in drawn


def test_tabs_mark_the_current_one_and_count():
    """页签标出当前和件数。"""
    items = [{"label": "待办", "url": "/a", "active": True, "count": 0}, {"label": "已办", "url": "/b"}]
    drawn = draw('<c-tabs :items="items" />', items=items)
    assert drawn.count("aria-current") == 1
    assert "<b>0</b>" in drawn
    assert drawn.count("<b>") == 1


def test_field_list_writes_a_dash_for_nothing_but_not_for_zero():
    """字段表空值写横线。"""
    drawn = draw('<c-field-list :items="items" />', items=[("联系电话", None), ("人数", 0)])
    assert "<dd>—</dd>" in drawn
    assert "<dd>0</dd>" in drawn


def test_masked_value_is_shown_in_full_only_for_a_reason():
    """隐去的号码要说明理由才能看全。"""
    drawn = draw('<c-masked value="310***0017" url="/why" what="身份证号" />')
    assert "310***0017" in drawn
    assert "须说明理由并留痕" in drawn
    assert "<a" not in draw('<c-masked value="310***0017" />')
