import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import budget.models.constraints


class Migration(migrations.Migration):
    dependencies = [
        ("budget", "0017_withdraw_and_record_on_paper"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="UnitVerdict",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("accepted", models.BooleanField(verbose_name="接收")),
                ("reason", models.TextField(blank=True, verbose_name="退回理由")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="时间")),
                (
                    "budget",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="unit_verdicts",
                        to="budget.departmentbudget",
                        verbose_name="部门预算",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="办理人",
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
            ],
            options={
                "verbose_name": "单位预算的接收与退回",
                "verbose_name_plural": "单位预算的接收与退回",
                "ordering": ("budget", "id"),
                "constraints": [
                    budget.models.constraints.Belongs(
                        fields=("budget_id", "unit_id"),
                        name="unitverdict_unit_of_the_budget",
                        to="budget.UnitBudget",
                        to_fields=("budget_id", "unit_id"),
                        violation_error_message="该预算单位不在本部门预算之中。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("accepted", True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="unitverdict_reason_given",
                        violation_error_message="请写明退回的理由。",
                    ),
                ],
            },
        ),
    ]
