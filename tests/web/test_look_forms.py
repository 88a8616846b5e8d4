"""表单: does a form say what is wrong, where, and keep what was typed?"""

from uuid import UUID

import django_filters
import pytest
from django import forms

from touchstone.web.filters import DayRangeFilter
from touchstone.web.forms import Form


class Application(Form):
    """A small form with every kind of control."""

    sections = [("unit", "单位信息", ["name", "kind"]), ("rest", "其他", ["level", "terms"])]
    name = forms.CharField(label="单位名称", help_text="与营业执照一致。")
    kind = forms.ChoiceField(label="单位类型", choices=[("", "请选择"), ("a", "企业")])
    level = forms.MultipleChoiceField(label="等级", choices=[("5", "五级"), ("4", "四级")], widget=forms.CheckboxSelectMultiple)
    terms = forms.BooleanField(label="我承诺属实")


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        pytest.param("name", "请填写单位名称。", id="文本"),
        pytest.param("kind", "请选择单位类型。", id="选择"),
        pytest.param("level", "请选择等级。", id="多选"),
        pytest.param("terms", "请勾选“我承诺属实”。", id="承诺"),
    ],
)
def test_missing_field_is_a_full_sentence(field, sentence):
    """必填项没填时说整句话。"""
    form = Application({})
    assert form.errors[field] == [sentence]
    drawn = str(form)
    assert f'id="id_{field}_error"' in drawn
    assert f'<a href="#id_{field}' in drawn
    assert drawn.count(sentence) == 2


def test_wrong_control_points_to_its_error():
    """出错的控件告诉读屏软件错在哪里。"""
    drawn = str(Application({}))
    assert 'aria-invalid="true"' in drawn
    assert 'aria-describedby="id_name_helptext id_name_error"' in drawn
    assert 'role="alert"' in drawn


def test_blank_form_shows_no_error():
    """没有提交过的表单不报错。"""
    drawn = str(Application())
    assert "还有需要改正的地方" not in drawn
    assert 'class="form-label required" for="id_name"' in drawn


def test_typed_words_stay():
    """出错时已填内容保留。"""
    drawn = str(Application({"name": "上海宏达·机电"}))
    assert 'value="上海宏达·机电"' in drawn


def test_request_key_is_new_for_each_form_and_stays_for_a_retry():
    """每张空白表单带自己的请求号，重交时不变。"""
    first, second = Application()["request_key"].value(), Application()["request_key"].value()
    assert first != second
    again = Application({"request_key": str(first), "name": "甲", "kind": "a", "level": ["5"], "terms": "on"})
    assert again.is_valid()
    assert again.cleaned_data["request_key"] == UUID(str(first))


def test_machine_without_request_key_gets_one():
    """没有请求号的机器请求得到新号。"""
    form = Application({"name": "甲", "kind": "a", "level": ["5"], "terms": "on"})
    assert form.is_valid()
    assert isinstance(form.cleaned_data["request_key"], UUID)


def test_section_says_how_many_are_missing():
    """分节写明还缺几项。"""
    states = {each["id"]: (each["state"], each["note"]) for each in Application(initial={"name": "甲", "kind": "a"}).section_list()}
    assert states == {"unit": ("complete", ""), "rest": ("missing", "还缺2项")}


def test_section_says_how_many_are_wrong():
    """分节写明几处要改正。"""
    notes = [each["note"] for each in Application({"name": "甲"}).section_list()]
    assert notes == ["1处要改正", "2处要改正"]


def test_choices_are_a_named_group():
    """单选多选是一组并有组名。"""
    drawn = str(Application())
    assert "<fieldset" in drawn
    assert '<legend class="form-label required">等级</legend>' in drawn
    assert drawn.count('type="checkbox"') == 3


def test_both_ends_of_a_day_range_are_named():
    """日期范围两端各有名称。"""

    class Query(django_filters.FilterSet):
        issued = DayRangeFilter(label="发证日期", field_name="issued_on")

    from touchstone.accounts.models import Office

    drawn = str(Query({"issued_after": "2026-01-05"}, queryset=Office.objects.none()).form)
    assert 'aria-label="从哪天起"' in drawn
    assert 'aria-label="到哪天止"' in drawn
    assert 'value="2026-01-05"' in drawn
