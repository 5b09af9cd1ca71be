from typing import Any

from django.db import migrations, models

FIELDS = (
    *("nature", "upkeep", "function", "economic", "project__code", "source", "carried_over"),
    *("allotment", "paid_to__code", "received_from__code"),
)


def tell(apps: Any, schema_editor: Any) -> None:
    """Write down what each line is for of which an amount was granted that still holds."""
    lines = apps.get_model("budget", "SpendingLine").objects
    for granted in apps.get_model("budget", "GrantedAmount").objects.filter(
        row__startswith="line:"
    ):
        line = lines.filter(
            budget_id=granted.budget_id,
            unit_id=granted.unit_id,
            sequence=int(granted.row.removeprefix("line:")),
            amount=granted.requested,
        )
        for values in line.values_list(*FIELDS):
            granted.what = "|".join(_word(value) for value in values)
            granted.save(update_fields=["what"])


def _word(value: Any) -> str:
    value = getattr(value, "value", value)
    if isinstance(value, bool):
        return str(int(value))
    return "" if value is None else str(value)


class Migration(migrations.Migration):
    dependencies = [("budget", "0018_tell_of_units_taken_in")]

    operations = [
        migrations.AddField(
            model_name="grantedamount",
            name="what",
            field=models.CharField(blank=True, default="", max_length=200, verbose_name="用途"),
        ),
        migrations.AddField(
            model_name="grantchange",
            name="what",
            field=models.CharField(blank=True, default="", max_length=200, verbose_name="用途"),
        ),
        migrations.RunPython(tell, migrations.RunPython.noop),
    ]
