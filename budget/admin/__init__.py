"""The administrators' pages: Django's own, in Chinese, with files in and out.

Accountants and reviewers have pages of their own; these are for code lists, the organisation and
years. One subject per file; ``pages`` says what all of them share, `budget.resources` what files
are made of.
"""

from django.contrib import admin

from budget.admin import codes, figures, organisation, projects, rules, years

__all__ = ["codes", "figures", "organisation", "projects", "rules", "years"]

admin.site.site_header = "部门预算编制系统 · 系统管理"
admin.site.site_title = "部门预算编制系统"
admin.site.index_title = "系统管理"
