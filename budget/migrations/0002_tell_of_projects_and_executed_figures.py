from decimal import Decimal

import django.db.models.deletion
from django.db import migrations, models

import budget.models.constraints
import budget.models.fields


class Migration(migrations.Migration):
    dependencies = [
        ("budget", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ExecutedFigure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("function", models.CharField(max_length=7, verbose_name="功能科目")),
                ("amount", budget.models.fields.YuanField(verbose_name="金额（元）")),
            ],
            options={
                "verbose_name": "上年执行数",
                "verbose_name_plural": "上年执行数",
                "ordering": ("budget", "unit", "function"),
            },
        ),
        migrations.RemoveConstraint(
            model_name="equipmentcount",
            name="equipmentcount_kind_in_vocabulary",
        ),
        migrations.AddField(
            model_name="departmentbudget",
            name="assets_on",
            field=models.DateField(blank=True, null=True, verbose_name="资产统计日期"),
        ),
        migrations.AddField(
            model_name="procurementitem",
            name="reserved",
            field=budget.models.fields.YuanField(
                default=Decimal("0"), verbose_name="其中预留中小企业（元）"
            ),
        ),
        migrations.AddField(
            model_name="procurementitem",
            name="reserved_small",
            field=budget.models.fields.YuanField(
                default=Decimal("0"), verbose_name="其中预留小微企业（元）"
            ),
        ),
        migrations.AddField(
            model_name="project",
            name="arrangement",
            field=models.TextField(blank=True, verbose_name="年度预算安排"),
        ),
        migrations.AddField(
            model_name="project",
            name="basis",
            field=models.TextField(blank=True, verbose_name="立项依据"),
        ),
        migrations.AddField(
            model_name="project",
            name="ends_on",
            field=models.DateField(blank=True, null=True, verbose_name="结束日期"),
        ),
        migrations.AddField(
            model_name="project",
            name="executor",
            field=models.TextField(blank=True, verbose_name="实施主体"),
        ),
        migrations.AddField(
            model_name="project",
            name="introduced",
            field=models.BooleanField(default=False, verbose_name="在公开文件中介绍"),
        ),
        migrations.AddField(
            model_name="project",
            name="nature",
            field=models.CharField(blank=True, max_length=40, null=True, verbose_name="项目性质"),
        ),
        migrations.AddField(
            model_name="project",
            name="overview",
            field=models.TextField(blank=True, verbose_name="项目概述"),
        ),
        migrations.AddField(
            model_name="project",
            name="period",
            field=models.TextField(blank=True, verbose_name="实施周期"),
        ),
        migrations.AddField(
            model_name="project",
            name="plan",
            field=models.TextField(blank=True, verbose_name="实施方案"),
        ),
        migrations.AddField(
            model_name="project",
            name="starts_on",
            field=models.DateField(blank=True, null=True, verbose_name="开始日期"),
        ),
        migrations.AddField(
            model_name="project",
            name="total_appropriated",
            field=budget.models.fields.YuanField(
                blank=True, null=True, verbose_name="项目总额中的财政资金（元）"
            ),
        ),
        migrations.AddField(
            model_name="project",
            name="total_other",
            field=budget.models.fields.YuanField(
                blank=True, null=True, verbose_name="项目总额中的其他资金（元）"
            ),
        ),
        migrations.AddConstraint(
            model_name="equipmentcount",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "general_equipment_over_500k",
                            "special_equipment_over_1m",
                            "equipment_over_1m",
                        ],
                    )
                ),
                name="equipmentcount_kind_in_vocabulary",
                violation_error_message="选项不在规定的范围之内。",
            ),
        ),
        migrations.AddConstraint(
            model_name="procurementitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reserved__gte", Decimal("-9999999999999.99")),
                    ("reserved__lte", Decimal("9999999999999.99")),
                ),
                name="procurementitem_reserved_in_range",
                violation_error_message="金额超出范围（±9,999,999,999,999.99 元）。",
            ),
        ),
        migrations.AddConstraint(
            model_name="procurementitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reserved_small__gte", Decimal("-9999999999999.99")),
                    ("reserved_small__lte", Decimal("9999999999999.99")),
                ),
                name="procurementitem_reserved_small_in_range",
                violation_error_message="金额超出范围（±9,999,999,999,999.99 元）。",
            ),
        ),
        migrations.AddConstraint(
            model_name="project",
            constraint=models.CheckConstraint(
                condition=models.Q(("nature__in", ["one_time", "staged", "regular"])),
                name="project_nature_in_vocabulary",
                violation_error_message="选项不在规定的范围之内。",
            ),
        ),
        migrations.AddConstraint(
            model_name="project",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("total_appropriated__gte", Decimal("-9999999999999.99")),
                    ("total_appropriated__lte", Decimal("9999999999999.99")),
                ),
                name="project_total_appropriated_in_range",
                violation_error_message="金额超出范围（±9,999,999,999,999.99 元）。",
            ),
        ),
        migrations.AddConstraint(
            model_name="project",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("total_other__gte", Decimal("-9999999999999.99")),
                    ("total_other__lte", Decimal("9999999999999.99")),
                ),
                name="project_total_other_in_range",
                violation_error_message="金额超出范围（±9,999,999,999,999.99 元）。",
            ),
        ),
        migrations.AddConstraint(
            model_name="project",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                name="project_ends_after_start",
                violation_error_message="结束日期早于开始日期。",
            ),
        ),
        migrations.AddField(
            model_name="executedfigure",
            name="budget",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="%(class)ss",
                to="budget.departmentbudget",
                verbose_name="部门预算",
            ),
        ),
        migrations.AddField(
            model_name="executedfigure",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="budget.budgetunit",
                verbose_name="预算单位",
            ),
        ),
        migrations.AddConstraint(
            model_name="executedfigure",
            constraint=budget.models.constraints.Belongs(
                fields=("budget_id", "unit_id"),
                name="executedfigure_unit_of_the_budget",
                to="budget.UnitBudget",
                to_fields=("budget_id", "unit_id"),
                violation_error_message="该预算单位不在本部门预算之中。",
            ),
        ),
        migrations.AddConstraint(
            model_name="executedfigure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("amount__gte", Decimal("-9999999999999.99")),
                    ("amount__lte", Decimal("9999999999999.99")),
                ),
                name="executedfigure_amount_in_range",
                violation_error_message="金额超出范围（±9,999,999,999,999.99 元）。",
            ),
        ),
        migrations.AddConstraint(
            model_name="executedfigure",
            constraint=models.CheckConstraint(
                condition=models.Q(("function__regex", "^[0-9]{5}([0-9]{2})?\\Z")),
                name="executedfigure_function_spelled",
                violation_error_message="功能科目应为5位的款或7位的项。",
            ),
        ),
        migrations.AddConstraint(
            model_name="executedfigure",
            constraint=models.UniqueConstraint(
                fields=("budget", "unit", "function"),
                name="executedfigure_once",
                violation_error_message="该单位这一科目的上年执行数已经填报。",
            ),
        ),
    ]
