"""自选登录名: what does anybody fill in who comes in by themselves and chooses their own log-in?"""

from typing import Any

from django import forms

from touchstone.web.forms import Form


class OwnLogInForm(Form):
    """Identity, telephone, log-in name and password twice; who builds on it adds the rest and their order."""

    id_number = forms.CharField(
        label="居民身份证号码", max_length=24, widget=forms.TextInput({"autocomplete": "off"}), help_text="加密保存，页面只显示一部分。"
    )
    phone = forms.RegexField(r"^1\d{10}$", label="手机号码", error_messages={"invalid": "手机号码应为11位数字，以1开头。"})
    username = forms.RegexField(
        r"^[A-Za-z0-9_.-]{2,40}$",
        label="登录名",
        help_text="2至40位字母、数字、点、下划线或短横线。",
        error_messages={"invalid": "登录名只能用2至40位字母、数字、点、下划线和短横线。"},
        widget=forms.TextInput({"autocomplete": "username"}),
    )
    password = forms.CharField(
        label="密码",
        max_length=128,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        help_text="至少10位，不要用常见的密码。为了安全，改正其他内容后需要重新输入。",
    )
    again = forms.CharField(label="再次输入密码", max_length=128, strip=False, widget=forms.PasswordInput({"autocomplete": "new-password"}))

    def clean(self) -> dict[str, Any]:
        """Ask that both passwords agree."""
        given = super().clean() or {}
        if given.get("password") and given.get("again") and given["password"] != given["again"]:
            self.add_error("again", "两次输入的密码不一样，请重新输入。")
        return given
