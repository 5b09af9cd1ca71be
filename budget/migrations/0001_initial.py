from decimal import Decimal

import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models

import budget.models.constraints
import budget.models.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="FunctionCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="名称")),
                (
                    "valid_from",
                    models.DateField(
                        blank=True, help_text="空白表示未知", null=True, verbose_name="生效日期"
                    ),
                ),
                (
                    "valid_to",
                    models.DateField(
                        blank=True, help_text="空白表示仍有效", null=True, verbose_name="失效日期"
                    ),
                ),
                (
                    "confidence",
                    models.CharField(default="verified", max_length=40, verbose_name="可信度"),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="启用")),
                ("origin", models.CharField(blank=True, max_length=100, verbose_name="来源")),
                ("code", models.CharField(max_length=7, verbose_name="科目编码")),
                ("fund", models.CharField(max_length=40, verbose_name="所属预算")),
            ],
            options={
                "verbose_name": "支出功能分类科目",
                "verbose_name_plural": "支出功能分类科目",
                "ordering": ("code", "valid_from"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "fund__in",
                                [
                                    "general_public",
                                    "government_fund",
                                    "state_capital",
                                    "social_insurance_fund",
                                ],
                            )
                        ),
                        name="functioncode_fund_in_vocabulary",
                        violation_error_message="选项不在规定的范围之内。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confidence__in", ["verified", "high", "medium", "low"])
                        ),
                        name="functioncode_confidence_in_vocabulary",
                        violation_error_message="选项不在规定的范围之内。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[0-9]{3}([0-9]{2}){0,2}\\Z")),
                        name="functioncode_code_spelled",
                        violation_error_message="科目编码应为不带分隔符的数字：类3位、款5位、项7位。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("valid_to__gte", models.F("valid_from"))),
                        name="functioncode_valid_in_order",
                        violation_error_message="失效日期早于生效日期。",
                    ),
                    models.UniqueConstraint(
                        fields=("code", "valid_from"),
                        name="functioncode_once_per_start",
                        violation_error_message="该编码在同一生效日期下已经存在。",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("valid_from__isnull", True)),
                        fields=("code",),
                        name="functioncode_once_without_start",
                        violation_error_message="该编码（生效日期未知）已经存在。",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EconomicCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="名称")),
                (
                    "valid_from",
                    models.DateField(
                        blank=True, help_text="空白表示未知", null=True, verbose_name="生效日期"
                    ),
                ),
                (
                    "valid_to",
                    models.DateField(
                        blank=True, help_text="空白表示仍有效", null=True, verbose_name="失效日期"
                    ),
                ),
                (
                    "confidence",
                    models.CharField(default="verified", max_length=40, verbose_name="可信度"),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="启用")),
                ("origin", models.CharField(blank=True, max_length=100, verbose_name="来源")),
                (
                    "scheme",
                    models.CharField(
                        default="department_economic", max_length=40, verbose_name="分类"
                    ),
                ),
                ("code", models.CharField(max_length=5, verbose_name="科目编码")),
            ],
            options={
                "verbose_name": "支出经济分类科目",
                "verbose_name_plural": "支出经济分类科目",
                "ordering": ("scheme", "code", "valid_from"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("scheme__in", ["department_economic", "government_economic"])
                        ),
                        name="economiccode_scheme_in_vocabulary",
                        violation_error_message="经济分类只有部门预算与政府预算两种。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confidence__in", ["verified", "high", "medium", "low"])
                        ),
                        name="economiccode_confidence_in_vocabulary",
                        violation_error_message="选项不在规定的范围之内。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[0-9]{3}([0-9]{2})?\\Z")),
                        name="economiccode_code_spelled",
                        violation_error_message="科目编码应为不带分隔符的数字：类3位、款5位、项7位。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("valid_to__gte", models.F("valid_from"))),
                        name="economiccode_valid_in_order",
                        violation_error_message="失效日期早于生效日期。",
                    ),
                    models.UniqueConstraint(
                        fields=("scheme", "code", "valid_from"),
                        name="economiccode_once_per_start",
                        violation_error_message="该编码在同一生效日期下已经存在。",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("valid_from__isnull", True)),
                        fields=("scheme", "code"),
                        name="economiccode_once_without_start",
                        violation_error_message="该编码（生效日期未知）已经存在。",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EconomicMapping",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("department_code", models.CharField(max_length=5, verbose_name="部门预算科目")),
                ("government_code", models.CharField(max_length=5, verbose_name="政府预算科目")),
                ("unit_scope", models.CharField(max_length=40, verbose_name="适用单位")),
                (
                    "confidence",
                    models.CharField(default="verified", max_length=40, verbose_name="可信度"),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="启用")),
            ],
            options={
                "verbose_name": "经济分类对照",
                "verbose_name_plural": "经济分类对照",
                "ordering": ("department_code", "government_code", "unit_scope"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("unit_scope__in", ["agency", "public_service", "any"])),
                        name="economicmapping_unit_scope_in_vocabulary",
                        violation_error_message="选项不在规定的范围之内。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confidence__in", ["verified", "high", "medium", "low"])
                        ),
                        name="economicmapping_confidence_in_vocabulary",
                        violation_error_message="选项不在规定的范围之内。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("department_code__regex", "^[0-9]{3}([0-9]{2})?\\Z")),
                        name="economicmapping_department_code_spelled",
                        violation_error_message="科目编码应为不带分隔符的数字：类3位、款5位、项7位。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("government_code__regex", "^[0-9]{3}([0-9]{2})?\\Z")),
                        name="economicmapping_government_code_spelled",
                        violation_error_message="科目编码应为不带分隔符的数字：类3位、款5位、项7位。",
                    ),
                    models.UniqueConstraint(
                        fields=("department_code", "government_code", "unit_scope"),
                        name="economicmapping_once",
                        violation_error_message="该对照已经存在。",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RevenueCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="名称")),
                (
                    "valid_from",
                    models.DateField(
                        blank=True, help_text="空白表示未知", null=True, verbose_name="生效日期"
                    ),
                ),
                (
                    "valid_to",
                    models.DateField(
                        blank=True, help_text="空白表示仍有效", null=True, verbose_name="失效日期"
                    ),
                ),
                (
                    "confidence",
                    models.CharField(default="verified", max_length=40, verbose_name="可信度"),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="启用")),
                ("origin", models.CharField(blank=True, max_length=100, verbose_name="来源")),
                ("code", models.CharField(max_length=7, verbose_name="科目编码")),
            ],
            options={
                "verbose_name": "收入分类科目",
                "verbose_name_plural": "收入分类科目",
                "ordering": ("code", "valid_from"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confidence__in", ["verified", "high", "medium", "low"])
                        ),
                        name="revenuecode_confidence_in_vocabulary",
                        violation_error_message="选项不在规定的范围之内。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[0-9]{3}([0-9]{2}){0,2}\\Z")),
                        name="revenuecode_code_spelled",
                        violation_error_message="科目编码应为不带分隔符的数字：类3位、款5位、项7位。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("valid_to__gte", models.F("valid_from"))),
                        name="revenuecode_valid_in_order",
                        violation_error_message="失效日期早于生效日期。",
                    ),
                    models.UniqueConstraint(
                        fields=("code", "valid_from"),
                        name="revenuecode_once_per_start",
                        violation_error_message="该编码在同一生效日期下已经存在。",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("valid_from__isnull", True)),
                        fields=("code",),
                        name="revenuecode_once_without_start",
                        violation_error_message="该编码（生效日期未知）已经存在。",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CodeChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("scheme", models.CharField(max_length=40, verbose_name="分类")),
                ("code", models.CharField(max_length=7, verbose_name="科目编码")),
                ("change", models.CharField(max_length=20, verbose_name="变动")),
                (
                    "effective_year",
                    models.IntegerField(blank=True, null=True, verbose_name="生效年度"),
                ),
                ("old_name", models.CharField(blank=True, max_length=100, verbose_name="原名称")),
                ("new_name", models.CharField(blank=True, max_length=100, verbose_name="新名称")),
                (
                    "confidence",
                    models.CharField(default="verified", max_length=40, verbose_name="可信度"),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="启用")),
                ("origin", models.CharField(blank=True, max_length=100, verbose_name="来源")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="备注")),
            ],
            options={
                "verbose_name": "科目变动",
                "verbose_name_plural": "科目变动",
                "ordering": ("scheme", "code", "effective_year"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "scheme__in",
                                ["function", "department_economic", "government_economic"],
                            )
                        ),
                        name="codechange_scheme_in_vocabulary",
                        violation_error_message="选项不在规定的范围之内。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confidence__in", ["verified", "high", "medium", "low"])
                        ),
                        name="codechange_confidence_in_vocabulary",
                        violation_error_message="选项不在规定的范围之内。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[0-9]{3}([0-9]{2}){0,2}\\Z")),
                        name="codechange_code_spelled",
                        violation_error_message="科目编码应为不带分隔符的数字：类3位、款5位、项7位。",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Department",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=3, unique=True, verbose_name="部门编码")),
                ("name", models.CharField(max_length=100, verbose_name="部门名称")),
            ],
            options={
                "verbose_name": "部门",
                "verbose_name_plural": "部门",
                "ordering": ("code",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[0-9]{3}\\Z")),
                        name="department_code_spelled",
                        violation_error_message="部门编码应为3位数字。",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="BudgetUnit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="units",
                        to="budget.department",
                        to_field="code",
                        verbose_name="部门",
                    ),
                ),
                ("code", models.CharField(max_length=6, unique=True, verbose_name="单位编码")),
                ("name", models.CharField(max_length=100, verbose_name="单位名称")),
                ("type", models.CharField(max_length=40, verbose_name="单位类型")),
                ("is_head", models.BooleanField(default=False, verbose_name="本级")),
                ("merged", models.BooleanField(default=False, verbose_name="不单列预算，并入本部")),
                ("position", models.IntegerField(default=0, verbose_name="排序")),
                ("offices", models.JSONField(blank=True, default=list, verbose_name="内设机构")),
                (
                    "authorised_staff",
                    models.IntegerField(blank=True, null=True, verbose_name="编制人数"),
                ),
                (
                    "actual_staff",
                    models.IntegerField(blank=True, null=True, verbose_name="实有人数"),
                ),
                (
                    "retired_staff",
                    models.IntegerField(blank=True, null=True, verbose_name="离退休人数"),
                ),
            ],
            options={
                "verbose_name": "预算单位",
                "verbose_name_plural": "预算单位",
                "ordering": ("department", "position", "code"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[0-9]{6}\\Z")),
                        name="budgetunit_code_spelled",
                        violation_error_message="单位编码应为6位数字。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("department", django.db.models.functions.text.Substr("code", 1, 3))
                        ),
                        name="budgetunit_code_of_department",
                        violation_error_message="单位编码的前3位应是所属部门的编码。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "type__in",
                                [
                                    "administrative",
                                    "civil_service_managed",
                                    "public_service_one",
                                    "public_service_two",
                                    "business",
                                ],
                            )
                        ),
                        name="budgetunit_type_in_vocabulary",
                        violation_error_message="选项不在规定的范围之内。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("position__gte", 0)),
                        name="budgetunit_position_not_negative",
                        violation_error_message="数量不能为负数。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("authorised_staff__gte", 0)),
                        name="budgetunit_authorised_staff_not_negative",
                        violation_error_message="数量不能为负数。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("actual_staff__gte", 0)),
                        name="budgetunit_actual_staff_not_negative",
                        violation_error_message="数量不能为负数。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("retired_staff__gte", 0)),
                        name="budgetunit_retired_staff_not_negative",
                        violation_error_message="数量不能为负数。",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_head", True)),
                        fields=("department",),
                        name="budgetunit_one_head",
                        violation_error_message="一个部门只能有一个本级单位。",
                    ),
                    models.UniqueConstraint(
                        fields=("id", "department"), name="budgetunit_with_department"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BudgetYear",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.IntegerField(unique=True, verbose_name="预算年度")),
                ("edition", models.CharField(max_length=60, verbose_name="版式")),
                ("codes_on", models.DateField(verbose_name="科目采用日期")),
            ],
            options={
                "verbose_name": "预算年度",
                "verbose_name_plural": "预算年度",
                "ordering": ("-year",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("year__gte", 1950), ("year__lte", 2999)),
                        name="budgetyear_year_plausible",
                        violation_error_message="年度应为4位数字的公历年。",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DepartmentBudget",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="budgets",
                        to="budget.department",
                        to_field="code",
                        verbose_name="部门",
                    ),
                ),
                (
                    "year",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="budgets",
                        to="budget.budgetyear",
                        to_field="year",
                        verbose_name="预算年度",
                    ),
                ),
                (
                    "round",
                    models.CharField(
                        default="second_submission", max_length=40, verbose_name="轮次"
                    ),
                ),
                ("version", models.IntegerField(default=1, verbose_name="版本")),
            ],
            options={
                "verbose_name": "部门预算",
                "verbose_name_plural": "部门预算",
                "ordering": ("-year", "department", "round", "version"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "round__in",
                                ["first_submission", "ceiling", "second_submission", "approval"],
                            )
                        ),
                        name="departmentbudget_round_in_vocabulary",
                        violation_error_message="选项不在规定的范围之内。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)),
                        name="departmentbudget_version_from_one",
                        violation_error_message="版本号从1开始。",
                    ),
                    models.UniqueConstraint(
                        fields=("department", "year", "round", "version"),
                        name="departmentbudget_once",
                        violation_error_message="该部门本年度本轮次的这一版本已经存在。",
                    ),
                    models.UniqueConstraint(
                        fields=("id", "department"), name="departmentbudget_with_department"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="UnitBudget",
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
                        related_name="unit_budgets",
                        to="budget.departmentbudget",
                        verbose_name="部门预算",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="unit_budgets",
                        to="budget.budgetunit",
                        verbose_name="预算单位",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="budget.department",
                        to_field="code",
                        verbose_name="部门",
                    ),
                ),
                ("complete", models.BooleanField(default=False, verbose_name="填报完成")),
            ],
            options={
                "verbose_name": "单位预算",
                "verbose_name_plural": "单位预算",
                "ordering": ("budget", "unit"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("budget", "unit"),
                        name="unitbudget_once",
                        violation_error_message="该单位已在本部门预算之中。",
                    ),
                    budget.models.constraints.Belongs(
                        fields=("budget_id", "department_id"),
                        name="unitbudget_budget_of_department",
                        to="budget.DepartmentBudget",
                        to_fields=("id", "department_id"),
                        violation_error_message="部门预算不属于该部门。",
                    ),
                    budget.models.constraints.Belongs(
                        fields=("unit_id", "department_id"),
                        name="unitbudget_unit_of_department",
                        to="budget.BudgetUnit",
                        to_fields=("id", "department_id"),
                        violation_error_message="预算单位不属于该部门。",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Project",
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
                ("code", models.CharField(max_length=40, verbose_name="项目编码")),
                ("name", models.CharField(max_length=200, verbose_name="项目名称")),
                ("category", models.CharField(max_length=40, verbose_name="项目类别")),
                ("purpose", models.TextField(blank=True, verbose_name="项目用途")),
            ],
            options={
                "verbose_name": "项目",
                "verbose_name_plural": "项目",
                "ordering": ("budget", "code"),
                "constraints": [
                    budget.models.constraints.Belongs(
                        fields=("budget_id", "unit_id"),
                        name="project_unit_of_the_budget",
                        to="budget.UnitBudget",
                        to_fields=("budget_id", "unit_id"),
                        violation_error_message="该预算单位不在本部门预算之中。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[0-9A-Za-z][0-9A-Za-z._-]*\\Z")),
                        name="project_code_spelled",
                        violation_error_message="项目编码只能由字母、数字和 - . _ 组成。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("category__in", ["other_operation", "special_funds", "other_purpose"])
                        ),
                        name="project_category_in_vocabulary",
                        violation_error_message="选项不在规定的范围之内。",
                    ),
                    models.UniqueConstraint(
                        fields=("budget", "code"),
                        name="project_once",
                        violation_error_message="该部门预算中已有相同编码的项目。",
                    ),
                    models.UniqueConstraint(
                        fields=("id", "budget", "unit"), name="project_with_budget_and_unit"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SpendingLine",
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
                ("sequence", models.IntegerField(verbose_name="序号")),
                ("nature", models.CharField(max_length=40, verbose_name="支出性质")),
                (
                    "upkeep",
                    models.CharField(blank=True, max_length=40, null=True, verbose_name="人员公用"),
                ),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="budget.project",
                        verbose_name="项目",
                    ),
                ),
                ("function", models.CharField(max_length=7, verbose_name="功能科目")),
                (
                    "economic",
                    models.CharField(blank=True, max_length=5, null=True, verbose_name="经济科目"),
                ),
                ("source", models.CharField(max_length=40, verbose_name="资金来源")),
                ("carried_over", models.BooleanField(default=False, verbose_name="上年结转")),
                (
                    "allotment",
                    models.CharField(blank=True, max_length=40, null=True, verbose_name="拨款性质"),
                ),
                (
                    "paid_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="budget.budgetunit",
                        verbose_name="拨付给",
                    ),
                ),
                (
                    "received_from",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="budget.budgetunit",
                        verbose_name="取得自",
                    ),
                ),
                ("amount", budget.models.fields.YuanField(verbose_name="金额（元）")),
            ],
            options={
                "verbose_name": "支出明细",
                "verbose_name_plural": "支出明细",
                "ordering": ("budget", "unit", "sequence"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("budget", "unit", "sequence"),
                        name="spendingline_once",
                        violation_error_message="该单位已有相同序号的明细。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sequence__gte", 1)),
                        name="spendingline_sequence_from_one",
                        violation_error_message="序号从1开始。",
                    ),
                    budget.models.constraints.Belongs(
                        fields=("budget_id", "unit_id"),
                        name="spendingline_unit_of_the_budget",
                        to="budget.UnitBudget",
                        to_fields=("budget_id", "unit_id"),
                        violation_error_message="该预算单位不在本部门预算之中。",
                    ),
                    budget.models.constraints.Belongs(
                        fields=("budget_id", "paid_to_id"),
                        name="spendingline_paid_to_of_the_budget",
                        to="budget.UnitBudget",
                        to_fields=("budget_id", "unit_id"),
                        violation_error_message="该预算单位不在本部门预算之中。",
                    ),
                    budget.models.constraints.Belongs(
                        fields=("budget_id", "received_from_id"),
                        name="spendingline_received_from_of_the_budget",
                        to="budget.UnitBudget",
                        to_fields=("budget_id", "unit_id"),
                        violation_error_message="该预算单位不在本部门预算之中。",
                    ),
                    budget.models.constraints.Belongs(
                        fields=("project_id", "budget_id", "unit_id"),
                        name="spendingline_project_of_the_unit",
                        to="budget.Project",
                        to_fields=("id", "budget_id", "unit_id"),
                        violation_error_message="该项目不是本单位在本预算中的项目。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "nature__in",
                                [
                                    "basic",
                                    "project",
                                    "business",
                                    "grants_to_affiliates",
                                    "remittance_to_superior",
                                    "surplus_distribution",
                                    "carryover_out",
                                ],
                            )
                        ),
                        name="spendingline_nature_in_vocabulary",
                        violation_error_message="选项不在规定的范围之内。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("upkeep__in", ["personnel", "operating"])),
                        name="spendingline_upkeep_in_vocabulary",
                        violation_error_message="选项不在规定的范围之内。",
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
                        name="spendingline_source_in_vocabulary",
                        violation_error_message="选项不在规定的范围之内。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "allotment__in",
                                ["regular_appropriation", "nontax_revenue", "transfer_from_above"],
                            )
                        ),
                        name="spendingline_allotment_in_vocabulary",
                        violation_error_message="选项不在规定的范围之内。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("amount__gte", Decimal("-9999999999999.99")),
                            ("amount__lte", Decimal("9999999999999.99")),
                        ),
                        name="spendingline_amount_in_range",
                        violation_error_message="金额超出范围（±9,999,999,999,999.99 元）。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("function__regex", "^[0-9]{5}([0-9]{2})?\\Z")),
                        name="spendingline_function_spelled",
                        violation_error_message="功能科目应为5位的款或7位的项。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("economic__regex", "^[0-9]{5}\\Z")),
                        name="spendingline_economic_spelled",
                        violation_error_message="经济科目应为5位的款。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("nature", "basic"), _negated=True),
                            models.Q(("economic__isnull", False), ("upkeep__isnull", False)),
                            _connector="OR",
                        ),
                        name="spendingline_basic_is_classified",
                        violation_error_message="基本支出须注明人员或公用，并有经济科目。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("nature", "basic"), ("upkeep__isnull", True), _connector="OR"
                        ),
                        name="spendingline_upkeep_is_basic",
                        violation_error_message="只有基本支出分人员与公用。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("nature", "project"), _negated=True),
                            ("project__isnull", False),
                            _connector="OR",
                        ),
                        name="spendingline_project_is_named",
                        violation_error_message="项目支出须注明项目。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("nature", "project"), ("project__isnull", True), _connector="OR"
                        ),
                        name="spendingline_only_projects_named",
                        violation_error_message="只有项目支出可以注明项目。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "source__in",
                                    ["general_public", "government_fund", "state_capital"],
                                ),
                                _negated=True,
                            ),
                            ("nature__in", ["basic", "carryover_out", "project"]),
                            _connector="OR",
                        ),
                        name="spendingline_appropriation_uses",
                        violation_error_message="财政拨款只能用于基本支出、项目支出或结转下年。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("paid_to__isnull", True),
                            ("nature__in", ["grants_to_affiliates", "remittance_to_superior"]),
                            _connector="OR",
                        ),
                        name="spendingline_paid_to_is_transfer",
                        violation_error_message="只有对附属单位补助和上缴上级支出可以注明拨付给谁。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("received_from__isnull", True),
                            ("source__in", ["grants_from_superior", "remittances_from_affiliates"]),
                            _connector="OR",
                        ),
                        name="spendingline_received_is_transfer",
                        violation_error_message="只有上级补助和附属单位上缴收入可以注明取得自谁。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("paid_to", models.F("unit")), _negated=True),
                                models.Q(("received_from", models.F("unit")), _negated=True),
                            ),
                            models.Q(("paid_to__isnull", True), ("received_from__isnull", True)),
                            _connector="OR",
                        ),
                        name="spendingline_other_side_is_other",
                        violation_error_message="往来的对方不能是本单位。",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RevenueLine",
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
                ("source", models.CharField(max_length=40, verbose_name="收入来源")),
                ("carried_over", models.BooleanField(default=False, verbose_name="上年结转")),
                ("amount", budget.models.fields.YuanField(verbose_name="金额（元）")),
            ],
            options={
                "verbose_name": "预计收入",
                "verbose_name_plural": "预计收入",
                "ordering": ("budget", "unit", "id"),
                "constraints": [
                    budget.models.constraints.Belongs(
                        fields=("budget_id", "unit_id"),
                        name="revenueline_unit_of_the_budget",
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
                        name="revenueline_source_in_vocabulary",
                        violation_error_message="选项不在规定的范围之内。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("amount__gte", Decimal("-9999999999999.99")),
                            ("amount__lte", Decimal("9999999999999.99")),
                        ),
                        name="revenueline_amount_in_range",
                        violation_error_message="金额超出范围（±9,999,999,999,999.99 元）。",
                    ),
                    models.UniqueConstraint(
                        fields=("budget", "unit", "source", "carried_over"),
                        name="revenueline_once",
                        violation_error_message="该单位的这项收入已经填报。",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Event",
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
                ("sequence", models.IntegerField(verbose_name="序号")),
                ("kind", models.CharField(max_length=40, verbose_name="类别")),
                ("name", models.TextField(verbose_name="名称")),
                ("content", models.TextField(blank=True, verbose_name="内容")),
                ("attendance", models.IntegerField(verbose_name="人数")),
                ("basic", budget.models.fields.YuanField(verbose_name="基本支出（元）")),
                ("project", budget.models.fields.YuanField(verbose_name="项目支出（元）")),
            ],
            options={
                "verbose_name": "会议、培训和活动",
                "verbose_name_plural": "会议、培训和活动",
                "ordering": ("budget", "unit", "sequence"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("budget", "unit", "sequence"),
                        name="event_once",
                        violation_error_message="该单位已有相同序号的会议、培训或活动。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sequence__gte", 1)),
                        name="event_sequence_from_one",
                        violation_error_message="序号从1开始。",
                    ),
                    budget.models.constraints.Belongs(
                        fields=("budget_id", "unit_id"),
                        name="event_unit_of_the_budget",
                        to="budget.UnitBudget",
                        to_fields=("budget_id", "unit_id"),
                        violation_error_message="该预算单位不在本部门预算之中。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["meeting", "training", "celebration"])),
                        name="event_kind_in_vocabulary",
                        violation_error_message="选项不在规定的范围之内。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("attendance__gte", 0)),
                        name="event_attendance_not_negative",
                        violation_error_message="数量不能为负数。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("basic__gte", Decimal("-9999999999999.99")),
                            ("basic__lte", Decimal("9999999999999.99")),
                        ),
                        name="event_basic_in_range",
                        violation_error_message="金额超出范围（±9,999,999,999,999.99 元）。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("project__gte", Decimal("-9999999999999.99")),
                            ("project__lte", Decimal("9999999999999.99")),
                        ),
                        name="event_project_in_range",
                        violation_error_message="金额超出范围（±9,999,999,999,999.99 元）。",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProcurementItem",
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
                ("sequence", models.IntegerField(verbose_name="序号")),
                ("kind", models.CharField(max_length=40, verbose_name="采购类别")),
                ("name", models.CharField(max_length=200, verbose_name="采购内容")),
                ("amount", budget.models.fields.YuanField(verbose_name="金额（元）")),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="procurement",
                        to="budget.project",
                        verbose_name="项目",
                    ),
                ),
                (
                    "economic",
                    models.CharField(blank=True, max_length=5, null=True, verbose_name="经济科目"),
                ),
            ],
            options={
                "verbose_name": "政府采购",
                "verbose_name_plural": "政府采购",
                "ordering": ("budget", "unit", "sequence"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("budget", "unit", "sequence"),
                        name="procurementitem_once",
                        violation_error_message="该单位已有相同序号的采购。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sequence__gte", 1)),
                        name="procurementitem_sequence_from_one",
                        violation_error_message="序号从1开始。",
                    ),
                    budget.models.constraints.Belongs(
                        fields=("budget_id", "unit_id"),
                        name="procurementitem_unit_of_the_budget",
                        to="budget.UnitBudget",
                        to_fields=("budget_id", "unit_id"),
                        violation_error_message="该预算单位不在本部门预算之中。",
                    ),
                    budget.models.constraints.Belongs(
                        fields=("project_id", "budget_id", "unit_id"),
                        name="procurementitem_project_of_unit",
                        to="budget.Project",
                        to_fields=("id", "budget_id", "unit_id"),
                        violation_error_message="该项目不是本单位在本预算中的项目。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["goods", "works", "services"])),
                        name="procurementitem_kind_in_vocabulary",
                        violation_error_message="选项不在规定的范围之内。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("amount__gte", Decimal("-9999999999999.99")),
                            ("amount__lte", Decimal("9999999999999.99")),
                        ),
                        name="procurementitem_amount_in_range",
                        violation_error_message="金额超出范围（±9,999,999,999,999.99 元）。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("economic__regex", "^[0-9]{5}\\Z")),
                        name="procurementitem_economic_spelled",
                        violation_error_message="经济科目应为5位的款。",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="VehicleCount",
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
                ("holding", models.CharField(max_length=40, verbose_name="占用或新增")),
                ("use", models.CharField(max_length=40, verbose_name="用途")),
                ("count", models.IntegerField(verbose_name="数量（辆）")),
            ],
            options={
                "verbose_name": "公务用车",
                "verbose_name_plural": "公务用车",
                "ordering": ("budget", "unit", "id"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("budget", "unit", "holding", "use"),
                        name="vehiclecount_once",
                        violation_error_message="该单位的这类车辆已经填报。",
                    ),
                    budget.models.constraints.Belongs(
                        fields=("budget_id", "unit_id"),
                        name="vehiclecount_unit_of_the_budget",
                        to="budget.UnitBudget",
                        to_fields=("budget_id", "unit_id"),
                        violation_error_message="该预算单位不在本部门预算之中。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("holding__in", ["stock", "addition"])),
                        name="vehiclecount_holding_in_vocabulary",
                        violation_error_message="选项不在规定的范围之内。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "use__in",
                                [
                                    "ministerial",
                                    "principal",
                                    "confidential_communication",
                                    "emergency",
                                    "law_enforcement",
                                    "special_technical",
                                    "retired",
                                    "other",
                                ],
                            )
                        ),
                        name="vehiclecount_use_in_vocabulary",
                        violation_error_message="选项不在规定的范围之内。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("count__gte", 0)),
                        name="vehiclecount_count_not_negative",
                        violation_error_message="数量不能为负数。",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EquipmentCount",
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
                ("holding", models.CharField(max_length=40, verbose_name="占用或新增")),
                ("kind", models.CharField(max_length=40, verbose_name="设备类别")),
                ("count", models.IntegerField(verbose_name="数量（台、套）")),
            ],
            options={
                "verbose_name": "大型设备",
                "verbose_name_plural": "大型设备",
                "ordering": ("budget", "unit", "id"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("budget", "unit", "holding", "kind"),
                        name="equipmentcount_once",
                        violation_error_message="该单位的这类设备已经填报。",
                    ),
                    budget.models.constraints.Belongs(
                        fields=("budget_id", "unit_id"),
                        name="equipmentcount_unit_of_the_budget",
                        to="budget.UnitBudget",
                        to_fields=("budget_id", "unit_id"),
                        violation_error_message="该预算单位不在本部门预算之中。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("holding__in", ["stock", "addition"])),
                        name="equipmentcount_holding_in_vocabulary",
                        violation_error_message="选项不在规定的范围之内。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                ["general_equipment_over_500k", "special_equipment_over_1m"],
                            )
                        ),
                        name="equipmentcount_kind_in_vocabulary",
                        violation_error_message="选项不在规定的范围之内。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("count__gte", 0)),
                        name="equipmentcount_count_not_negative",
                        violation_error_message="数量不能为负数。",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Remark",
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
                ("key", models.CharField(max_length=80, verbose_name="说明项")),
                ("text", models.TextField(blank=True, verbose_name="内容")),
            ],
            options={
                "verbose_name": "文字说明",
                "verbose_name_plural": "文字说明",
                "ordering": ("budget", "unit", "key"),
                "constraints": [
                    budget.models.constraints.Belongs(
                        fields=("budget_id", "unit_id"),
                        name="remark_unit_of_the_budget",
                        to="budget.UnitBudget",
                        to_fields=("budget_id", "unit_id"),
                        violation_error_message="该预算单位不在本部门预算之中。",
                    ),
                    models.UniqueConstraint(
                        fields=("budget", "unit", "key"),
                        name="remark_once_per_unit",
                        violation_error_message="该说明项已经填写。",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("unit__isnull", True)),
                        fields=("budget", "key"),
                        name="remark_once_per_department",
                        violation_error_message="该说明项已经填写。",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PriorFigure",
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
                ("measure", models.CharField(max_length=80, verbose_name="指标")),
                ("amount", budget.models.fields.YuanField(verbose_name="金额（元）")),
                ("precision", budget.models.fields.YuanField(verbose_name="精确到（元）")),
                ("origin", models.TextField(verbose_name="来源")),
            ],
            options={
                "verbose_name": "上年数",
                "verbose_name_plural": "上年数",
                "ordering": ("budget", "unit", "measure"),
                "constraints": [
                    budget.models.constraints.Belongs(
                        fields=("budget_id", "unit_id"),
                        name="priorfigure_unit_of_the_budget",
                        to="budget.UnitBudget",
                        to_fields=("budget_id", "unit_id"),
                        violation_error_message="该预算单位不在本部门预算之中。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("amount__gte", Decimal("-9999999999999.99")),
                            ("amount__lte", Decimal("9999999999999.99")),
                        ),
                        name="priorfigure_amount_in_range",
                        violation_error_message="金额超出范围（±9,999,999,999,999.99 元）。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("precision__gte", Decimal("-9999999999999.99")),
                            ("precision__lte", Decimal("9999999999999.99")),
                        ),
                        name="priorfigure_precision_in_range",
                        violation_error_message="金额超出范围（±9,999,999,999,999.99 元）。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("precision__gt", 0)),
                        name="priorfigure_precision_positive",
                        violation_error_message="精确程度应大于零。",
                    ),
                    models.UniqueConstraint(
                        fields=("budget", "unit", "measure"),
                        name="priorfigure_once_per_unit",
                        violation_error_message="该指标的上年数已经填写。",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("unit__isnull", True)),
                        fields=("budget", "measure"),
                        name="priorfigure_once_per_department",
                        violation_error_message="该指标的上年数已经填写。",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Snapshot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True, verbose_name="摘要")),
                ("content", models.TextField(verbose_name="内容")),
                ("frozen_at", models.DateTimeField(auto_now_add=True, verbose_name="形成时间")),
            ],
            options={
                "verbose_name": "快照",
                "verbose_name_plural": "快照",
                "ordering": ("id",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("digest__regex", "^[0-9a-f]{64}\\Z")),
                        name="snapshot_digest_spelled",
                        violation_error_message="摘要应为64位十六进制数。",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Release",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("scope", models.CharField(max_length=40, verbose_name="范围")),
                ("code", models.CharField(max_length=6, verbose_name="编码")),
                ("name", models.CharField(max_length=100, verbose_name="名称")),
                ("year", models.IntegerField(verbose_name="预算年度")),
                ("number", models.IntegerField(verbose_name="发布序号")),
                ("edition", models.CharField(max_length=60, verbose_name="版式")),
                ("origin", models.CharField(max_length=40, verbose_name="来源")),
                (
                    "snapshot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="releases",
                        to="budget.snapshot",
                        verbose_name="快照",
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="budget.release",
                        verbose_name="更正",
                    ),
                ),
                ("digest", models.CharField(max_length=64, verbose_name="摘要")),
                ("content", models.TextField(verbose_name="内容")),
                ("fonts", models.CharField(blank=True, max_length=64, verbose_name="字体摘要")),
                ("published_at", models.DateTimeField(verbose_name="公开时间")),
            ],
            options={
                "verbose_name": "发布版",
                "verbose_name_plural": "发布版",
                "ordering": ("-year", "code", "-number"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("scope__in", ["department", "unit"])),
                        name="release_scope_in_vocabulary",
                        violation_error_message="选项不在规定的范围之内。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("origin__in", ["transcribed", "compiled"])),
                        name="release_origin_in_vocabulary",
                        violation_error_message="选项不在规定的范围之内。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[0-9]{3}([0-9]{3})?\\Z")),
                        name="release_code_spelled",
                        violation_error_message="编码应为3位部门或6位单位编码。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("digest__regex", "^[0-9a-f]{64}\\Z")),
                        name="release_digest_spelled",
                        violation_error_message="摘要应为64位十六进制数。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("fonts__regex", "^([0-9a-f]{64})?\\Z")),
                        name="release_fonts_spelled",
                        violation_error_message="摘要应为64位十六进制数。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)),
                        name="release_number_from_one",
                        violation_error_message="发布序号从1开始。",
                    ),
                    models.UniqueConstraint(
                        fields=("scope", "code", "year", "number"),
                        name="release_once",
                        violation_error_message="该发布序号已经存在。",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReleaseFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "release",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="budget.release",
                        verbose_name="发布版",
                    ),
                ),
                ("format", models.CharField(max_length=40, verbose_name="格式")),
                ("name", models.CharField(max_length=200, verbose_name="文件名")),
                ("content_type", models.CharField(max_length=100, verbose_name="类型")),
                ("size", models.BigIntegerField(verbose_name="字节数")),
                ("digest", models.CharField(max_length=64, verbose_name="SHA-256")),
            ],
            options={
                "verbose_name": "发布文件",
                "verbose_name_plural": "发布文件",
                "ordering": ("release", "id"),
                "constraints": [
                    models.UniqueConstraint(fields=("release", "name"), name="releasefile_once"),
                    models.CheckConstraint(
                        condition=models.Q(("size__gte", 0)),
                        name="releasefile_size_not_negative",
                        violation_error_message="数量不能为负数。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("digest__regex", "^[0-9a-f]{64}\\Z")),
                        name="releasefile_digest_spelled",
                        violation_error_message="摘要应为64位十六进制数。",
                    ),
                ],
            },
        ),
    ]
