"""Passages of published documents with the engine's index over them, and addresses elsewhere."""

from __future__ import annotations

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from budget.models.passage_index import install, remove


def install_index(_: Any, editor: BaseDatabaseSchemaEditor) -> None:
    install(editor.connection)


def remove_index(_: Any, editor: BaseDatabaseSchemaEditor) -> None:
    remove(editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("budget", "0014_publish_and_correct"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Passage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.IntegerField(verbose_name="预算年度")),
                ("code", models.CharField(max_length=6, verbose_name="编码")),
                ("place", models.IntegerField(verbose_name="次序")),
                ("kind", models.CharField(max_length=40, verbose_name="种类")),
                ("heading", models.TextField(blank=True, verbose_name="所在标题")),
                ("table", models.CharField(blank=True, max_length=60, verbose_name="表")),
                ("anchor", models.TextField(blank=True, verbose_name="位置")),
                ("text", models.TextField(verbose_name="文字")),
                ("grams", models.TextField(verbose_name="检索词")),
                (
                    "release",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="passages",
                        to="budget.release",
                        verbose_name="发布版",
                    ),
                ),
            ],
            options={
                "verbose_name": "可检索的文字",
                "verbose_name_plural": "可检索的文字",
                "ordering": ("-year", "code", "place"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["name", "text", "table", "row"])),
                        name="passage_kind_in_vocabulary",
                        violation_error_message="选项不在规定的范围之内。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("place__gte", 0)),
                        name="passage_place_not_negative",
                        violation_error_message="数量不能为负数。",
                    ),
                    models.UniqueConstraint(fields=("release", "place"), name="passage_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="PublicPlace",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("url", models.URLField(max_length=500, verbose_name="公开网址")),
                ("at", models.DateTimeField(verbose_name="公开时间")),
                ("recorded_at", models.DateTimeField(auto_now_add=True, verbose_name="登记时间")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
                    ),
                ),
                (
                    "release",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="places",
                        to="budget.release",
                        verbose_name="发布版",
                    ),
                ),
            ],
            options={
                "verbose_name": "公开网址",
                "verbose_name_plural": "公开网址",
                "ordering": ("release", "id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("url__regex", "^https?://[^ ]+\\Z")),
                        name="publicplace_url_spelled",
                        violation_error_message="公开网址应以 http:// 或 https:// 开头。",
                    )
                ],
            },
        ),
        migrations.RunPython(install_index, remove_index),
    ]
