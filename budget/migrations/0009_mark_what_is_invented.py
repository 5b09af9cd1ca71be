from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("budget", "0008_open_years_and_close_departments"),
    ]

    operations = [
        migrations.AddField(
            model_name="department",
            name="invented",
            field=models.BooleanField(
                default=False,
                help_text="不是真实的部门，供演示和练习；页面和文件都注明“虚构”。",
                verbose_name="虚构",
            ),
        ),
        migrations.RemoveConstraint(model_name="release", name="release_origin_in_vocabulary"),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.CheckConstraint(
                condition=models.Q(("origin__in", ["transcribed", "compiled", "invented"])),
                name="release_origin_in_vocabulary",
                violation_error_message="选项不在规定的范围之内。",
            ),
        ),
    ]
