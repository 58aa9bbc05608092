"""The form in which an annual report is written: it offers what was released of the area, and nothing else."""

from __future__ import annotations

from typing import Any

from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.blocks import StreamBlock
from wagtail.blocks.base import BlockField

from cms.pages.report_blocks import MOST_CHAPTERS, body_blocks
from cms.pages.report_choices import GROUPS, figures_to_choose, quotes_to_choose
from cms.pages.report_policies import what_is_missing


class ReportForm(WagtailAdminPageForm):
    """Saves any draft; asks for a whole report once somebody sends it to a second person."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.instance.below = self.parent_page
        if "body" in self.fields:
            # Of this area alone, so the blocks are made for this form.
            area = self.instance.area
            blocks = body_blocks(figures_to_choose(area), GROUPS, quotes_to_choose(area))
            block = StreamBlock(blocks, required=False, max_num=MOST_CHAPTERS)
            self.fields["body"] = BlockField(block=block, required=False, label=self.fields["body"].label)

    def clean(self) -> dict[str, Any]:
        """Refuses to send what is not whole; a draft may be anything that belongs here."""
        given = super().clean()
        if not self.is_deferred_validation and "body" in given:
            self.instance.body, self.instance.addressed_to = given["body"], given.get("addressed_to", "")
            for sentence in what_is_missing(self.instance):
                self.add_error("body", sentence)
        return given
