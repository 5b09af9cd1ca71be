import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("budget", "0005_refuse_negative_thresholds"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Account",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="姓名")),
                (
                    "office",
                    models.CharField(blank=True, max_length=100, verbose_name="所在单位或科室"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                (
                    "approved_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="批准时间"),
                ),
                (
                    "disabled_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="停用时间"),
                ),
                (
                    "must_change_password",
                    models.BooleanField(default=True, verbose_name="下次登录须改密码"),
                ),
                (
                    "password_changed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="密码修改时间"),
                ),
                (
                    "signed_in_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="最近登录时间"),
                ),
                (
                    "signed_in_from",
                    models.GenericIPAddressField(
                        blank=True, null=True, verbose_name="最近登录地址"
                    ),
                ),
            ],
            options={
                "verbose_name": "账户",
                "verbose_name_plural": "账户",
                "ordering": ("user__username",),
            },
        ),
        migrations.CreateModel(
            name="DutySetting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("profile", models.CharField(max_length=40, verbose_name="职责分离方案")),
                ("set_at", models.DateTimeField(auto_now_add=True, verbose_name="设定时间")),
            ],
            options={
                "verbose_name": "职责分离方案",
                "verbose_name_plural": "职责分离方案",
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="Grant",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("role", models.CharField(max_length=40, verbose_name="角色")),
                (
                    "valid_from",
                    models.DateField(default=django.utils.timezone.localdate, verbose_name="自"),
                ),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="至")),
                ("granted_at", models.DateTimeField(auto_now_add=True, verbose_name="授权时间")),
                (
                    "revoked_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="收回时间"),
                ),
            ],
            options={
                "verbose_name": "授权",
                "verbose_name_plural": "授权",
                "ordering": ("user", "id"),
            },
        ),
        migrations.CreateModel(
            name="UsedPassword",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("hash", models.CharField(max_length=256, verbose_name="散列")),
                ("set_at", models.DateTimeField(auto_now_add=True, verbose_name="设置时间")),
            ],
            options={
                "verbose_name": "用过的密码",
                "verbose_name_plural": "用过的密码",
                "ordering": ("-id",),
            },
        ),
        migrations.AddField(
            model_name="account",
            name="approved_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="批准人",
            ),
        ),
        migrations.AddField(
            model_name="account",
            name="created_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="建立人",
            ),
        ),
        migrations.AddField(
            model_name="account",
            name="disabled_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="停用人",
            ),
        ),
        migrations.AddField(
            model_name="account",
            name="user",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="account",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="dutysetting",
            name="set_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="设定人",
            ),
        ),
        migrations.AddField(
            model_name="grant",
            name="department",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="budget.department",
                to_field="code",
                verbose_name="部门",
            ),
        ),
        migrations.AddField(
            model_name="grant",
            name="granted_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="授权人",
            ),
        ),
        migrations.AddField(
            model_name="grant",
            name="revoked_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="收回人",
            ),
        ),
        migrations.AddField(
            model_name="grant",
            name="unit",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="budget.budgetunit",
                verbose_name="预算单位",
            ),
        ),
        migrations.AddField(
            model_name="grant",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="grants",
                to=settings.AUTH_USER_MODEL,
                verbose_name="人员",
            ),
        ),
        migrations.AddField(
            model_name="usedpassword",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="used_passwords",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="dutysetting",
            constraint=models.CheckConstraint(
                condition=models.Q(("profile__in", ["small", "standard", "strict"])),
                name="dutysetting_profile_in_vocabulary",
                violation_error_message="选项不在规定的范围之内。",
            ),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "role__in",
                        [
                            "compiler",
                            "department_finance",
                            "head",
                            "publisher",
                            "division_reviewer",
                            "budget_reviewer",
                            "performance_reviewer",
                            "auditor",
                            "system_admin",
                            "security_admin",
                        ],
                    )
                ),
                name="grant_role_in_vocabulary",
                violation_error_message="选项不在规定的范围之内。",
            ),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("department__isnull", True),
                        ("role__in", ["compiler"]),
                        ("unit__isnull", False),
                    ),
                    models.Q(
                        ("department__isnull", False),
                        (
                            "role__in",
                            ["department_finance", "division_reviewer", "head", "publisher"],
                        ),
                        ("unit__isnull", True),
                    ),
                    models.Q(
                        ("department__isnull", True),
                        (
                            "role__in",
                            [
                                "auditor",
                                "budget_reviewer",
                                "performance_reviewer",
                                "security_admin",
                                "system_admin",
                            ],
                        ),
                        ("unit__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="grant_bounded_by_its_reach",
                violation_error_message="这一角色的范围不对：请按角色选择单位、部门，或都不选。",
            ),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True),
                    ("valid_to__gte", models.F("valid_from")),
                    _connector="OR",
                ),
                name="grant_ends_after_it_begins",
                violation_error_message="结束日期不能早于开始日期。",
            ),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("revoked_by__isnull", True), ("revoked_at__isnull", False), _connector="OR"
                ),
                name="grant_revoked_at_a_time",
                violation_error_message="收回授权须记录时间。",
            ),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("revoked_at__isnull", True),
                    ("valid_to__isnull", True),
                    ("unit__isnull", False),
                ),
                fields=("user", "role", "unit"),
                name="grant_once_of_unit",
                violation_error_message="此人已有同一范围的这一角色。",
            ),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("revoked_at__isnull", True),
                    ("valid_to__isnull", True),
                    ("department__isnull", False),
                ),
                fields=("user", "role", "department"),
                name="grant_once_of_department",
                violation_error_message="此人已有同一范围的这一角色。",
            ),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("revoked_at__isnull", True),
                    ("valid_to__isnull", True),
                    ("department__isnull", True),
                    ("unit__isnull", True),
                ),
                fields=("user", "role"),
                name="grant_once_without_bounds",
                violation_error_message="此人已有同一范围的这一角色。",
            ),
        ),
    ]
