from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("budget", "0012_take_steps")]

    operations = [
        migrations.RemoveConstraint(
            model_name="steptaken",
            name="steptaken_action_in_vocabulary",
        ),
        migrations.AddConstraint(
            model_name="steptaken",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "action__in",
                        [
                            "view",
                            "view_status",
                            "view_performance",
                            "edit",
                            "edit_texts",
                            "import",
                            "snap",
                            "validate",
                            "complete_unit",
                            "return_unit",
                            "split_ceiling",
                            "record_approval",
                            "submit",
                            "withdraw_submission",
                            "send_back",
                            "sign",
                            "recall",
                            "pass_first_review",
                            "judge_performance",
                            "pass_final_review",
                            "grant_amount",
                            "set_ceiling",
                            "approve",
                            "comment",
                            "preview",
                            "prepare_publication",
                            "send_package_back",
                            "publish",
                            "withdraw",
                            "correct_texts",
                            "correct_amounts",
                            "read_timeline",
                            "delete",
                        ],
                    )
                ),
                name="steptaken_action_in_vocabulary",
                violation_error_message="选项不在规定的范围之内。",
            ),
        ),
    ]
