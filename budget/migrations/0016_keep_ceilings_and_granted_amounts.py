from decimal import Decimal

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import budget.models.constraints
import budget.models.fields


class Migration(migrations.Migration):
    dependencies = [
        ("budget", "0015_search_what_is_published"),
    ]

    operations = [
        migrations.CreateModel(
            name="Ceiling",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "budget",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="budget.departmentbudget",
                        verbose_name="部门预算",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        help_text="空白表示整个部门",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="budget.budgetunit",
                        verbose_name="预算单位",
                    ),
                ),
                ("source", models.CharField(max_length=40, verbose_name="资金来源")),
                ("kind", models.CharField(max_length=40, verbose_name="类别")),
                ("project", models.CharField(blank=True, max_length=40, verbose_name="项目编码")),
                ("amount", budget.models.fields.YuanField(verbose_name="控制数（元）")),
            ],
            options={
                "verbose_name": "控制数",
                "verbose_name_plural": "控制数",
                "ordering": ("budget", "unit", "id"),
                "constraints": [
                    budget.models.constraints.Belongs(
                        fields=("budget_id", "unit_id"),
                        name="ceiling_unit_of_the_budget",
                        to="budget.UnitBudget",
                        to_fields=("budget_id", "unit_id"),
                        violation_error_message="该预算单位不在本部门预算之中。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "source__in",
                                [
                                    "general_public",
                                    "government_fund",
                                    "state_capital",
                                    "special_account",
                                    "public_service_revenue",
                                    "business_revenue",
                                    "grants_from_superior",
                                    "remittances_from_affiliates",
                                    "other_revenue",
                                ],
                            )
                        ),
                        name="ceiling_source_in_vocabulary",
                        violation_error_message="选项不在规定的范围之内。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "personnel",
                                    "operating",
                                    "project",
                                    "overseas_visits",
                                    "hospitality",
                                    "vehicle_purchase",
                                    "vehicle_running",
                                ],
                            )
                        ),
                        name="ceiling_kind_in_vocabulary",
                        violation_error_message="选项不在规定的范围之内。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind", "project"), ("project", ""), _connector="OR"),
                        name="ceiling_only_projects_named",
                        violation_error_message="只有项目支出的控制数可以注明项目。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("amount__gte", Decimal("-9999999999999.99")),
                            ("amount__lte", Decimal("9999999999999.99")),
                        ),
                        name="ceiling_amount_in_range",
                        violation_error_message="金额超出范围（±9,999,999,999,999.99 元）。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gte", 0)),
                        name="ceiling_amount_not_negative",
                        violation_error_message="控制数不能为负数。",
                    ),
                    models.UniqueConstraint(
                        fields=("budget", "unit", "source", "kind", "project"),
                        name="ceiling_once_per_unit",
                        violation_error_message="这一项控制数已经下达。",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("unit__isnull", True)),
                        fields=("budget", "source", "kind", "project"),
                        name="ceiling_once_per_department",
                        violation_error_message="这一项控制数已经下达。",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CeilingChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", models.CharField(max_length=40, verbose_name="资金来源")),
                ("kind", models.CharField(max_length=40, verbose_name="类别")),
                ("project", models.CharField(blank=True, max_length=40, verbose_name="项目编码")),
                (
                    "budget",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ceiling_changes",
                        to="budget.departmentbudget",
                        verbose_name="部门预算",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="budget.budgetunit",
                        verbose_name="预算单位",
                    ),
                ),
                (
                    "before",
                    budget.models.fields.YuanField(
                        blank=True, null=True, verbose_name="原控制数（元）"
                    ),
                ),
                (
                    "after",
                    budget.models.fields.YuanField(
                        blank=True, null=True, verbose_name="新控制数（元）"
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="理由")),
                ("split", models.BooleanField(default=False, verbose_name="部门分解")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="经办人",
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="时间")),
            ],
            options={
                "verbose_name": "控制数变动",
                "verbose_name_plural": "控制数变动",
                "ordering": ("-id",),
                "constraints": [
                    budget.models.constraints.Belongs(
                        fields=("budget_id", "unit_id"),
                        name="ceilingchange_unit_of_the_budget",
                        to="budget.UnitBudget",
                        to_fields=("budget_id", "unit_id"),
                        violation_error_message="该预算单位不在本部门预算之中。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "source__in",
                                [
                                    "general_public",
                                    "government_fund",
                                    "state_capital",
                                    "special_account",
                                    "public_service_revenue",
                                    "business_revenue",
                                    "grants_from_superior",
                                    "remittances_from_affiliates",
                                    "other_revenue",
                                ],
                            )
                        ),
                        name="ceilingchange_source_in_vocabulary",
                        violation_error_message="选项不在规定的范围之内。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "personnel",
                                    "operating",
                                    "project",
                                    "overseas_visits",
                                    "hospitality",
                                    "vehicle_purchase",
                                    "vehicle_running",
                                ],
                            )
                        ),
                        name="ceilingchange_kind_in_vocabulary",
                        violation_error_message="选项不在规定的范围之内。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind", "project"), ("project", ""), _connector="OR"),
                        name="ceilingchange_only_projects_named",
                        violation_error_message="只有项目支出的控制数可以注明项目。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("before__gte", Decimal("-9999999999999.99")),
                            ("before__lte", Decimal("9999999999999.99")),
                        ),
                        name="ceilingchange_before_in_range",
                        violation_error_message="金额超出范围（±9,999,999,999,999.99 元）。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("after__gte", Decimal("-9999999999999.99")),
                            ("after__lte", Decimal("9999999999999.99")),
                        ),
                        name="ceilingchange_after_in_range",
                        violation_error_message="金额超出范围（±9,999,999,999,999.99 元）。",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ExcessReason",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "budget",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="budget.departmentbudget",
                        verbose_name="部门预算",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        help_text="空白表示整个部门",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="budget.budgetunit",
                        verbose_name="预算单位",
                    ),
                ),
                ("source", models.CharField(max_length=40, verbose_name="资金来源")),
                ("kind", models.CharField(max_length=40, verbose_name="类别")),
                ("project", models.CharField(blank=True, max_length=40, verbose_name="项目编码")),
                ("reason", models.TextField(verbose_name="超出理由")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="说明人",
                    ),
                ),
                ("at", models.DateTimeField(auto_now=True, verbose_name="时间")),
            ],
            options={
                "verbose_name": "超控制数说明",
                "verbose_name_plural": "超控制数说明",
                "ordering": ("budget", "unit", "id"),
                "constraints": [
                    budget.models.constraints.Belongs(
                        fields=("budget_id", "unit_id"),
                        name="excessreason_unit_of_the_budget",
                        to="budget.UnitBudget",
                        to_fields=("budget_id", "unit_id"),
                        violation_error_message="该预算单位不在本部门预算之中。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "source__in",
                                [
                                    "general_public",
                                    "government_fund",
                                    "state_capital",
                                    "special_account",
                                    "public_service_revenue",
                                    "business_revenue",
                                    "grants_from_superior",
                                    "remittances_from_affiliates",
                                    "other_revenue",
                                ],
                            )
                        ),
                        name="excessreason_source_in_vocabulary",
                        violation_error_message="选项不在规定的范围之内。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "personnel",
                                    "operating",
                                    "project",
                                    "overseas_visits",
                                    "hospitality",
                                    "vehicle_purchase",
                                    "vehicle_running",
                                ],
                            )
                        ),
                        name="excessreason_kind_in_vocabulary",
                        violation_error_message="选项不在规定的范围之内。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind", "project"), ("project", ""), _connector="OR"),
                        name="excessreason_only_projects_named",
                        violation_error_message="只有项目支出的控制数可以注明项目。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="excessreason_given",
                        violation_error_message="请写明理由。",
                    ),
                    models.UniqueConstraint(
                        fields=("budget", "unit", "source", "kind", "project"),
                        name="excessreason_once_per_unit",
                        violation_error_message="这一项已经说明过。",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("unit__isnull", True)),
                        fields=("budget", "source", "kind", "project"),
                        name="excessreason_once_per_department",
                        violation_error_message="这一项已经说明过。",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GrantedAmount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "budget",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="budget.departmentbudget",
                        verbose_name="部门预算",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="budget.budgetunit",
                        verbose_name="预算单位",
                    ),
                ),
                ("row", models.CharField(max_length=60, verbose_name="明细")),
                ("requested", budget.models.fields.YuanField(verbose_name="申报数（元）")),
                ("amount", budget.models.fields.YuanField(verbose_name="核定数（元）")),
                ("reason", models.CharField(max_length=200, verbose_name="理由")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="核定人",
                    ),
                ),
                ("at", models.DateTimeField(auto_now=True, verbose_name="时间")),
            ],
            options={
                "verbose_name": "核定数",
                "verbose_name_plural": "核定数",
                "ordering": ("budget", "unit", "id"),
                "constraints": [
                    budget.models.constraints.Belongs(
                        fields=("budget_id", "unit_id"),
                        name="grantedamount_unit_of_the_budget",
                        to="budget.UnitBudget",
                        to_fields=("budget_id", "unit_id"),
                        violation_error_message="该预算单位不在本部门预算之中。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("row__regex", "^(line:[0-9]+|estimate:[a-z_]+:[01])\\Z")
                        ),
                        name="grantedamount_row_spelled",
                        violation_error_message="应写作 line:3 这样的词。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("requested__gte", Decimal("-9999999999999.99")),
                            ("requested__lte", Decimal("9999999999999.99")),
                        ),
                        name="grantedamount_requested_in_range",
                        violation_error_message="金额超出范围（±9,999,999,999,999.99 元）。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("amount__gte", Decimal("-9999999999999.99")),
                            ("amount__lte", Decimal("9999999999999.99")),
                        ),
                        name="grantedamount_amount_in_range",
                        violation_error_message="金额超出范围（±9,999,999,999,999.99 元）。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="grantedamount_reason_given",
                        violation_error_message="请写明核定的理由。",
                    ),
                    models.UniqueConstraint(
                        fields=("budget", "unit", "row"),
                        name="grantedamount_once",
                        violation_error_message="这一笔已经核定。",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GrantChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "budget",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grant_changes",
                        to="budget.departmentbudget",
                        verbose_name="部门预算",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="budget.budgetunit",
                        verbose_name="预算单位",
                    ),
                ),
                ("row", models.CharField(max_length=60, verbose_name="明细")),
                ("requested", budget.models.fields.YuanField(verbose_name="申报数（元）")),
                (
                    "before",
                    budget.models.fields.YuanField(
                        blank=True, null=True, verbose_name="原核定数（元）"
                    ),
                ),
                (
                    "after",
                    budget.models.fields.YuanField(
                        blank=True, null=True, verbose_name="新核定数（元）"
                    ),
                ),
                ("reason", models.CharField(max_length=200, verbose_name="理由")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="核定人",
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="时间")),
            ],
            options={
                "verbose_name": "核定数变动",
                "verbose_name_plural": "核定数变动",
                "ordering": ("-id",),
                "constraints": [
                    budget.models.constraints.Belongs(
                        fields=("budget_id", "unit_id"),
                        name="grantchange_unit_of_the_budget",
                        to="budget.UnitBudget",
                        to_fields=("budget_id", "unit_id"),
                        violation_error_message="该预算单位不在本部门预算之中。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("row__regex", "^(line:[0-9]+|estimate:[a-z_]+:[01])\\Z")
                        ),
                        name="grantchange_row_spelled",
                        violation_error_message="应写作 line:3 这样的词。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("requested__gte", Decimal("-9999999999999.99")),
                            ("requested__lte", Decimal("9999999999999.99")),
                        ),
                        name="grantchange_requested_in_range",
                        violation_error_message="金额超出范围（±9,999,999,999,999.99 元）。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("before__gte", Decimal("-9999999999999.99")),
                            ("before__lte", Decimal("9999999999999.99")),
                        ),
                        name="grantchange_before_in_range",
                        violation_error_message="金额超出范围（±9,999,999,999,999.99 元）。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("after__gte", Decimal("-9999999999999.99")),
                            ("after__lte", Decimal("9999999999999.99")),
                        ),
                        name="grantchange_after_in_range",
                        violation_error_message="金额超出范围（±9,999,999,999,999.99 元）。",
                    ),
                ],
            },
        ),
    ]
