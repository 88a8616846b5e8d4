"""考核点表单: what must be said about a venue and about a room?"""

from typing import Any

from django import forms

from touchstone.bodies.queries import PURPOSES, TENURES
from touchstone.web.filters import DayInput
from touchstone.web.forms import Form
from touchstone.web.places import VENUE_DISTRICT_CHOICES


class VenueForm(Form):
    """Facts of a venue that may change."""

    name = forms.CharField(label="考核点名称", max_length=120, help_text="例如：总部实训中心")
    address = forms.CharField(label="详细地址", max_length=200)
    tenure = forms.ChoiceField(label="使用权", choices=TENURES)
    leased_until = forms.DateField(label="租赁到期日", required=False, widget=DayInput(), help_text="自有的不用填写。")

    def clean(self) -> dict[str, Any]:
        """Ask for the end of a lease beside its field."""
        given = super().clean() or {}
        if given.get("tenure") == "leased" and not given.get("leased_until") and "leased_until" not in self.errors:
            self.add_error("leased_until", "租赁的考核点请按合同填写租赁到期日。")
        return given


class NewVenueForm(VenueForm):
    """A new venue: its district too, which stays."""

    district = forms.ChoiceField(
        label="所在区", choices=[("", "请选择"), *VENUE_DISTRICT_CHOICES], help_text="由所在区人力资源社会保障局监督，登记后不能更改。"
    )
    field_order = ("name", "district", "address", "tenure", "leased_until")


class RoomForm(Form):
    """A room of a venue."""

    name = forms.CharField(label="考场名称", max_length=60, help_text="与门牌一致，例如：201机房")
    purpose = forms.ChoiceField(label="用途", choices=PURPOSES)
    seats = forms.IntegerField(label="座位或工位数", min_value=0, max_value=5000)
    cameras = forms.IntegerField(label="摄像头数", min_value=0, max_value=5000)
    equipment = forms.CharField(label="主要设施设备", required=False, widget=forms.Textarea({"rows": 2}))
