"""``manage.py verifyaudit``: does the audit trail still say what was written?"""

from __future__ import annotations

import sys
from typing import Any

from budget.audit.verifying import verify
from budget.management import base
from budget.models import AuditHead

BROKEN = 1
"""Exit code where an entry does not hold."""


class Command(base.Command):
    """Checks every entry of the audit trail against its digest and its neighbours."""

    help = "逐条核对审计记录：有缺失、改动或插入的，指出第一处，退出码为1。"

    def handle(self, *args: Any, **options: Any) -> None:
        """Name the first broken entry, or say how far the trail holds."""
        broken = verify()
        if broken is not None:
            self.stdout.write(f"审计记录从第{broken.number}条起不可信：{broken.why}。")
            sys.exit(BROKEN)
        head = AuditHead.objects.filter(pk=1).first()
        if head is None:
            self.stdout.write("还没有审计记录。")
        else:
            self.stdout.write(f"审计记录完好，共{head.number}条，末端摘要 {head.digest}。")
