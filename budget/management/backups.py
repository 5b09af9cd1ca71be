"""What the commands about backups say of one."""

from __future__ import annotations

from collections.abc import Iterator

from budget.backup.archive import Manifest
from budget.backup.verifying import Verified
from budget.money import yuan


def told(manifest: Manifest) -> Iterator[str]:
    """Yield in lines what an archive holds, for a person to compare with what he knows."""
    facts = manifest.facts
    number, digest = facts.audit
    rows = sum(facts.rows.values())
    yield f"备份时间：{manifest.at}；数据库：{manifest.engine}"
    yield f"文件{len(manifest.parts) - 1}个；发布版{len(facts.releases)}个；数据{rows}行"
    for year in sorted(facts.spending.keys() | facts.revenue.keys()):
        spent, came = (yuan(each.get(year, 0)) for each in (facts.spending, facts.revenue))
        yield f"{year}年：支出明细合计{spent:,}元，预计收入合计{came:,}元"
    yield f"审计记录{number}条，末端摘要 {digest or '（无）'}"


def how_far(verified: Verified) -> str:
    """Return what the archive was held against."""
    if verified.untried:
        return f"注意：只核对了摘要，没有试恢复数据库——{verified.untried}。"
    return "已在临时数据库中试恢复，行数、金额、摘要与备份时一致。"
