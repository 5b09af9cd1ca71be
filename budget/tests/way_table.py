"""The table of a budget's way as the requirements tell it: who may do what, where it leads. Data.

Typed without looking at the code. 一上, 二上 and what the steps need are in ``way_model``.
"""

from __future__ import annotations

STATES = (
    *("open", "draft", "submitted", "signed", "reviewed"),
    *("frozen", "approved", "ready", "published", "withdrawn"),
)
VOID = "void"
"""What a correction is that was given up, and a draft that was deleted: nobody sees it."""

FIRST, SECOND = 1, 2

# Letters: A accountant, D the department's finance, H head, Z division, B budget division,
# P performance division, U publisher. One column for each state, "-" where nobody may.
LINES = {
    line.split()[0]: line.split()[1:]
    for line in """
status             ADHZB ADHZBP ADHZBP ADHZBP ADHZBP ADHZBP ADHZBPU ADHZBPU ADHZBPU ADHZBPU
view               ADHB  ADH    ADH    ADHZB  ADHZB  ADHZB  ADHZBPU ADHZBPU ADHZBPU ADHZBPU
performance        -     ADH    ADH    ADHZBP ADHZBP ADHZBP ADHZBPU ADHZBPU ADHZBPU ADHZBPU
timeline           ADHB  ADH    ADH    ADHZB  ADHZB  ADHZB  ADHZBPU ADHZBPU ADHZBPU ADHZBPU
edit               A     A      -      -      -      -      -       -       -       -
edit_texts         AD    AD     -      -      -      -      AD      -       -       -
complete           -     A      -      -      -      -      -       -       -       -
hand_back          -     D      -      -      -      -      -       -       -       -
ceiling            B     B      -      -      -      -      -       -       -       -
split              D     D      -      -      -      -      -       -       -       -
grant              -     -      -      Z      B      -      -       -       -       -
submit             -     AD     -      -      -      -      -       -       -       -
delete             -     A      -      -      -      -      -       -       -       -
withdraw_submission -    -      AD     -      -      -      -       -       -       -
send_back          -     -      H      Z      B      B      -       -       -       -
sign               -     -      H      -      -      -      -       -       -       -
record_signature   -     -      D      -      -      -      -       -       -       -
recall             -     -      -      H      -      -      -       -       -       -
pass_first_review  -     -      -      Z      -      -      -       -       -       -
judge_performance  -     -      -      P      P      -      -       -       -       -
set_ceiling        -     -      -      -      B      -      -       -       -       -
pass_final_review  -     -      -      -      B      -      -       -       -       -
approve            -     -      -      -      -      B      -       -       -       -
revoke_approval    -     -      -      -      -      -      B       -       -       -
prepare_publication -    -      -      -      -      -      U       -       -       -
send_package_back  -     -      -      -      -      -      -       H       -       -
publish            -     -      -      -      -      -      -       H       -       -
record_release     -     -      -      -      -      -      -       D       -       -
withdraw           -     -      -      -      -      -      -       -       HB      -
confirm_withdrawal -     -      -      -      -      -      -       -       HB      -
drop_withdrawal    -     -      -      -      -      -      -       -       HB      -
correct_texts      -     -      -      -      -      -      -       -       AD      AD
correct_amounts    -     -      -      -      -      -      -       -       B       B
drop_texts         -     AD     -      -      -      -      -       -       -       -
drop_amounts       -     B      -      -      -      -      -       -       -       -
""".strip().splitlines()
}
STEPS = tuple(LINES)[tuple(LINES).index("submit") :]
LOOKS = ("status", "view", "performance", "timeline", "ceiling")
FIFTH_ON = frozenset(STEPS[STEPS.index("pass_final_review") :])
"""The steps that 一上 does not have: it ends with the bureau's review and the ceilings."""

ENDS = {
    "submit": "submitted",
    "withdraw_submission": "draft",
    "send_back": "draft",
    "sign": "signed",
    "record_signature": "signed",
    "recall": "submitted",
    "pass_first_review": "reviewed",
    "pass_final_review": "frozen",
    "approve": "approved",
    "revoke_approval": "draft",
    "prepare_publication": "ready",
    "send_package_back": "approved",
    "publish": "published",
    "record_release": "published",
    "confirm_withdrawal": "withdrawn",
    "drop_texts": VOID,
    "drop_amounts": VOID,
    "delete": VOID,
}
"""Where a step leads; the others leave the state as it is."""

ONWARD = (
    "submit",
    "sign",
    "pass_first_review",
    "judge_performance",
    "set_ceiling",
    "pass_final_review",
    "approve",
    "prepare_publication",
    "publish",
)
SAYS_NOTHING = frozenset(
    [
        "submit",
        "withdraw_submission",
        "sign",
        "recall",
        "pass_first_review",
        "set_ceiling",
        "pass_final_review",
        "confirm_withdrawal",
    ]
)
KEEPS = frozenset(
    [
        "sign",
        "record_signature",
        "set_ceiling",
        "pass_final_review",
        "approve",
        "publish",
        "record_release",
    ]
)
"""The steps that keep a snapshot."""

JUDGING = frozenset(
    [
        "send_back",
        "sign",
        "pass_first_review",
        "judge_performance",
        "grant",
        "pass_final_review",
        "approve",
        "revoke_approval",
        "publish",
    ]
)
"""What nobody does to what he typed."""

APART = (
    frozenset({"pass_first_review", "pass_final_review", "approve"}),
    frozenset({"approve", "revoke_approval"}),
    frozenset({"prepare_publication", "publish", "record_release"}),
)
ON_PAPER = {
    "record_signature": ("sign", "submit"),
    "record_release": ("publish", "prepare_publication"),
}
"""What was done on paper by the step that records it, and what laid it before the signer."""

OF_KIND = {
    "revoke_approval": ("", "amounts"),  # the 批复 of texts is that of another version
    "delete": ("", "amounts"),
    "drop_texts": ("texts",),
    "drop_amounts": ("", "amounts"),
}
"""The steps that are not there for a version that corrects something else."""

SECRET = frozenset({"secret", "personal"})
KINDS = {"personnel": "wages", "operating": "running"}
"""The row that a ceiling of each kind limits."""
