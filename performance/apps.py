"""The performance application as Django knows it."""

from django.apps import AppConfig


class PerformanceConfig(AppConfig):
    """Goals and indicators of whole departments and of projects."""

    name = "performance"
    verbose_name = "绩效"
