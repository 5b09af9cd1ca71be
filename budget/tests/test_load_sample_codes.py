"""The sample needs the code lists in the database, and says so."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from budget.models import Department
from budget.tests.samples import SAMPLE


@pytest.mark.django_db
def test_a_sample_without_code_lists_says_what_to_run_first() -> None:
    with pytest.raises(CommandError, match="请先执行 loadcodes") as refusal:
        call_command("loadsample", dir=SAMPLE, stdout=StringIO())
    assert refusal.value.returncode == 2
    assert not Department.objects.exists()
