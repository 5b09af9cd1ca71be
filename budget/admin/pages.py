"""What all administrators' lists with files in and out share."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeAlias

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from import_export.admin import ImportExportModelAdmin
from import_export.forms import ExportForm

from budget.codes import MalformedCode, parse_code
from budget.resources.formats import Csv, UnreadableTable, Xlsx

if TYPE_CHECKING:
    PlainAdmin: TypeAlias = admin.ModelAdmin[Any]
    PlainInline: TypeAlias = admin.TabularInline[Any, Any]
else:
    PlainAdmin = admin.ModelAdmin
    PlainInline = admin.TabularInline


class FilesAdmin(ImportExportModelAdmin):  # type: ignore[misc]
    """A list that can be taken in from a file, after a preview, and given out as one."""

    formats = (Xlsx, Csv)
    export_form_class = ExportForm
    import_template_name = "admin/import_rows.html"
    import_error_display = ("message",)
    list_per_page = 100
    skip_export_form_from_action = False

    def has_import_permission(self, request: HttpRequest) -> bool:
        """Let those import who may add and change rows one by one."""
        return bool(self.has_add_permission(request) and self.has_change_permission(request))

    def has_export_permission(self, request: HttpRequest) -> bool:
        """Let those export who may look at the rows."""
        return bool(self.has_view_permission(request))

    def add_data_read_fail_error_to_form(self, form: Any, e: Exception) -> None:
        """Say in Chinese why a file cannot be read; what is not the file's fault goes on."""
        if not isinstance(e, UnreadableTable):
            raise e
        form.add_error("import_file", str(e))

    def process_import(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Import what was previewed; an upload that was imported or cleared away is said so."""
        try:
            answer: HttpResponse = super().process_import(request, **kwargs)
        except FileNotFoundError:
            return self._again(request, "上传的文件已经处理过或已被清理，请重新上传。")
        return answer

    def process_dataset(self, dataset: Any, form: Any, request: Any, **kwargs: Any) -> Any:
        """Import all rows or none, also when the data changed after the preview."""
        return super().process_dataset(
            dataset, form, request, **{**kwargs, "rollback_on_validation_errors": True}
        )

    def process_result(self, result: Any, request: HttpRequest) -> HttpResponse:
        """Tell what was done."""
        if result.has_errors() or result.has_validation_errors():
            return self._again(request, "预览之后数据有变化，没有导入任何一行，请重新上传。")
        answer: HttpResponse = super().process_result(result, request)
        return answer

    def add_success_message(self, result: Any, request: HttpRequest) -> None:
        """Tell in numbers."""
        totals = result.totals
        messages.success(
            request,
            f"导入完成：新增 {totals['new']}，更新 {totals['update']}，未变化 {totals['skip']}。",
        )

    def get_search_results(self, request: Any, queryset: Any, search_term: str) -> Any:
        """Search by a code in any of its spellings, or by words."""
        with suppress(MalformedCode):  # words, or the beginning of a code
            search_term = parse_code(search_term)
        return super().get_search_results(request, queryset, search_term)

    def _again(self, request: HttpRequest, words: str) -> HttpResponse:
        messages.error(request, words)
        names = "_".join(self.get_model_info())
        return redirect(reverse(f"admin:{names}_import", current_app=self.admin_site.name))
