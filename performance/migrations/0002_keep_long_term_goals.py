from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("performance", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="projectgoal",
            name="long_term_goal",
            field=models.TextField(blank=True, verbose_name="中长期绩效目标"),
        ),
        migrations.AlterField(
            model_name="projectgoal",
            name="goal",
            field=models.TextField(blank=True, verbose_name="年度绩效目标"),
        ),
    ]
