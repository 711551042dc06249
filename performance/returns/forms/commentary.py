"""The form in which a figure is explained."""

from __future__ import annotations

from typing import Any

from django import forms

from performance.forms.fields import reason_field
from performance.forms.layout import helper
from performance.models.commentary import MOST_CHARACTERS
from performance.returns.commentary import Words, WrittenWords


class CountedField(forms.CharField):
    """A box for a short paragraph; how many characters are left is said beside it."""

    is_counted = True

    def __init__(self, label: str, hint: str) -> None:
        super().__init__(
            label=label,
            help_text=hint,
            required=False,
            max_length=MOST_CHARACTERS,
            widget=forms.Textarea(attrs={"rows": 4}),
            error_messages={"max_length": f"“{label}” has more than {MOST_CHARACTERS} characters. Make it shorter."},
        )
        # The browser is not to cut off what is pasted: the counter tells, and the server refuses.
        self.widget.attrs.pop("maxlength", None)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}


class CommentaryForm(forms.Form):
    """Why it is so, what is being done, what is asked of the board; after publication why the words change."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**53)
    why = CountedField("Why is it so?", "What lies behind the figure. Begin a line with “- ” for a list.")
    doing = CountedField("What is being done?", "By whom, and by when.")
    asked = CountedField("What is asked of the board?", "A decision, money, or help. Leave empty if nothing is.")

    def __init__(self, *args: Any, held: WrittenWords, is_published: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = held.words
        self.initial = {"version": held.version, "why": words.why, "doing": words.doing, "asked": words.asked}
        names = ["version", "why", "doing", "asked"]
        if is_published:
            self.fields["reason"] = reason_field(
                "Why is the explanation revised?", "Say why the explanation is revised", "It is kept in the history."
            )
            names.append("reason")
        self.helper = helper(*names, button="Save the explanation")

    @property
    def words(self) -> Words:
        clean = self.cleaned_data
        return Words(*(clean[name].strip().replace("\r\n", "\n") for name in ("why", "doing", "asked")))

    def show_version(self, version: int) -> None:
        """Let what was typed replace what somebody else wrote meanwhile, now that it was seen."""
        self.data = {**self.data.dict(), "version": str(version)}  # type: ignore[attr-defined]
