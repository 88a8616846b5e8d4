"""推荐表单: whom does a body put forward, as what?"""

from typing import TYPE_CHECKING, Any

from django import forms

from touchstone.policy.experts.kinds import MemberKind
from touchstone.web.corps_application import BeginForm
from touchstone.web.occupation_field import written

if TYPE_CHECKING:
    from touchstone.experts.models import Member, Qualification


class PutForwardForm(BeginForm):
    """Somebody of the body's people on the register, or somebody new, and as what."""

    member = forms.ChoiceField(label="人员", required=False, help_text="选择已登记的本机构人员；没有登记的，填写下面三项。")
    name = forms.CharField(label="姓名", max_length=60, required=False)
    id_number = forms.CharField(label="居民身份证号码", max_length=24, required=False, widget=forms.TextInput({"autocomplete": "off"}))
    phone = forms.CharField(label="手机号码", max_length=20, required=False)
    field_order = ("member", "name", "id_number", "phone", "kind", "occupation", "highest_level")

    def __init__(self, *args: Any, kinds: list[MemberKind], members: "list[Member]", held: "Qualification | None", **kwargs: Any) -> None:
        if held is not None:
            kwargs["initial"] = {"member": held.member.number, "kind": held.kind, "highest_level": held.highest_level} | (
                {"occupation": written(held.occupation)} if held.occupation else {}
            )
        super().__init__(*args, kinds=kinds, **kwargs)
        choices = [(one.number, f"{one.person.name}（{one.number}）") for one in members if held is None or one.pk == held.member_id]
        self.fields["member"].choices = [("", "没有登记的人员"), *choices]  # type: ignore[attr-defined]
        if held is not None:
            for name in ("name", "id_number", "phone"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Ask for name and number of somebody new."""
        given = super().clean() or {}
        if not given.get("member"):
            for name in ("name", "id_number"):
                if name in self.fields and not given.get(name) and name not in self.errors:
                    self.add_error(name, "请填写，或在上面选择已登记的人员。")
        return given
