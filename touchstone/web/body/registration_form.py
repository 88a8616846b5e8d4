"""报名表单: what does a body fill in to register one person without a workbook?"""

from django import forms

from touchstone.accounts.people import Identity
from touchstone.exams.operations.registration_entry import Entry
from touchstone.kernel.numbers import parse_id_number
from touchstone.web.claims_form import ClaimsForm


class CandidateForm(ClaimsForm):
    """One person's registration, without a workbook."""

    name = forms.CharField(label="姓名", max_length=60)
    id_number = forms.CharField(
        label="居民身份证号码", max_length=24, widget=forms.TextInput({"autocomplete": "off"}), help_text="其他证件请用报名表登记。"
    )
    phone = forms.RegexField(r"^1[3-9]\d{9}$", label="手机号码", error_messages={"invalid": "请填写11位手机号码。"})
    sections = (
        ("who", "本人", ("name", "id_number", "phone")),
        ("ground", "参评来源", ("ground", "employment", "employer")),
        ("claims", "申报内容", ("condition", "years_in_field", "certificate_level", "certificate_number", "education", "major", "started_work_on")),
    )

    def clean_id_number(self) -> str:
        try:
            return parse_id_number(self.cleaned_data["id_number"]).text
        except ValueError as fault:
            raise forms.ValidationError(str(fault)) from fault

    def entry(self) -> Entry:
        """Give what was declared."""
        given = self.cleaned_data
        identity = Identity(given["name"], given["id_number"], given["phone"])
        return Entry(identity, given["ground"], given["employment"], given["employer"].strip(), given["condition"], self.claims())
