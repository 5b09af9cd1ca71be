from decimal import Decimal

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

import budget.models.constraints


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("budget", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ProjectGoal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "project",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="goal",
                        to="budget.project",
                        verbose_name="项目",
                    ),
                ),
                ("goal", models.TextField(blank=True, verbose_name="绩效目标")),
                ("damaged", models.JSONField(blank=True, default=list, verbose_name="转录存疑")),
            ],
            options={
                "verbose_name": "项目支出绩效目标",
                "verbose_name_plural": "项目支出绩效目标",
                "ordering": ("project",),
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="OverallGoal",
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
                ("goal", models.TextField(blank=True, verbose_name="绩效目标")),
                ("damaged", models.JSONField(blank=True, default=list, verbose_name="转录存疑")),
            ],
            options={
                "verbose_name": "整体支出绩效目标",
                "verbose_name_plural": "整体支出绩效目标",
                "ordering": ("budget", "unit"),
                "constraints": [
                    budget.models.constraints.Belongs(
                        fields=("budget_id", "unit_id"),
                        name="overallgoal_unit_of_the_budget",
                        to="budget.UnitBudget",
                        to_fields=("budget_id", "unit_id"),
                        violation_error_message="该预算单位不在本部门预算之中。",
                    ),
                    models.UniqueConstraint(
                        fields=("budget", "unit"),
                        name="overallgoal_once",
                        violation_error_message="该单位已有整体支出绩效目标。",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Indicator",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "project_goal",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="indicators",
                        to="performance.projectgoal",
                        verbose_name="项目绩效目标",
                    ),
                ),
                (
                    "overall_goal",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="indicators",
                        to="performance.overallgoal",
                        verbose_name="整体绩效目标",
                    ),
                ),
                ("sequence", models.IntegerField(verbose_name="序号")),
                ("code", models.CharField(max_length=60, verbose_name="指标编码")),
                ("dimension", models.CharField(max_length=40, verbose_name="一级指标")),
                ("aspect", models.CharField(max_length=40, verbose_name="二级指标")),
                ("name", models.TextField(verbose_name="三级指标")),
                ("target", models.TextField(blank=True, verbose_name="指标值")),
                ("explanation", models.TextField(blank=True, verbose_name="指标值内容")),
                ("scoring", models.TextField(blank=True, verbose_name="评（扣）分标准")),
                ("measure", models.CharField(blank=True, max_length=60, verbose_name="度量单位")),
                (
                    "comparison",
                    models.CharField(
                        blank=True, max_length=40, null=True, verbose_name="指标值类型"
                    ),
                ),
                (
                    "weight",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=5,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(
                                Decimal("0"), message="分值不能为负数。"
                            )
                        ],
                        verbose_name="分值",
                    ),
                ),
                ("damaged", models.JSONField(blank=True, default=list, verbose_name="转录存疑")),
            ],
            options={
                "verbose_name": "绩效指标",
                "verbose_name_plural": "绩效指标",
                "ordering": ("project_goal", "overall_goal", "sequence"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("overall_goal__isnull", True), ("project_goal__isnull", False)
                            ),
                            models.Q(
                                ("overall_goal__isnull", False), ("project_goal__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="indicator_of_one_goal",
                        violation_error_message="指标应属于一个项目目标或一个整体目标。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sequence__gte", 1)),
                        name="indicator_sequence_from_one",
                        violation_error_message="序号从1开始。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("dimension__in", ["output", "cost", "benefit", "satisfaction"])
                        ),
                        name="indicator_dimension_in_vocabulary",
                        violation_error_message="选项不在规定的范围之内。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "aspect__in",
                                [
                                    "quantity",
                                    "quality",
                                    "timeliness",
                                    "cost",
                                    "economic_cost",
                                    "social_cost",
                                    "environmental_cost",
                                    "economic_benefit",
                                    "social_benefit",
                                    "ecological_benefit",
                                    "sustainability",
                                    "beneficiary_satisfaction",
                                ],
                            )
                        ),
                        name="indicator_aspect_in_vocabulary",
                        violation_error_message="选项不在规定的范围之内。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "comparison__in",
                                [
                                    "at_least",
                                    "at_most",
                                    "equals",
                                    "more_than",
                                    "less_than",
                                    "qualitative",
                                    "quantitative",
                                ],
                            )
                        ),
                        name="indicator_comparison_in_vocabulary",
                        violation_error_message="选项不在规定的范围之内。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("weight__gte", 0)),
                        name="indicator_weight_not_negative",
                        violation_error_message="分值不能为负数。",
                    ),
                    models.UniqueConstraint(
                        fields=("project_goal", "sequence"),
                        name="indicator_sequence_once_per_project_goal",
                        violation_error_message="同一绩效目标下已有相同的序号或编码。",
                    ),
                    models.UniqueConstraint(
                        fields=("project_goal", "code"),
                        name="indicator_code_once_per_project_goal",
                        violation_error_message="同一绩效目标下已有相同的序号或编码。",
                    ),
                    models.UniqueConstraint(
                        fields=("overall_goal", "sequence"),
                        name="indicator_sequence_once_per_overall_goal",
                        violation_error_message="同一绩效目标下已有相同的序号或编码。",
                    ),
                    models.UniqueConstraint(
                        fields=("overall_goal", "code"),
                        name="indicator_code_once_per_overall_goal",
                        violation_error_message="同一绩效目标下已有相同的序号或编码。",
                    ),
                ],
            },
        ),
    ]
