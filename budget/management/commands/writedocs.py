"""Write the pages of docs/ that are generated from the declarations."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from budget.documentation import pages
from budget.management import base
from budget.workflow.documenting import workflow_page


class Command(base.Command):
    """Write docs/tables.md, docs/editions.md, docs/rules.md and docs/workflow.md."""

    help = "由声明生成 docs/ 中的表、指标、版式、审核规则与办理流程说明。"

    def handle(self, *args: Any, **options: Any) -> None:
        """Write each page, whether it changed or not."""
        for name, content in {**pages(), "workflow.md": workflow_page()}.items():
            (settings.BASE_DIR / "docs" / name).write_text(content, encoding="utf-8")
            self.stdout.write(f"docs/{name}")
