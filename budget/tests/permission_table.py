"""The permission table as the requirements say it, typed by hand: what tests hold the code to."""

from __future__ import annotations

from budget.roles import Role

LETTERS = {
    "A": Role.COMPILER,
    "D": Role.DEPARTMENT_FINANCE,
    "H": Role.HEAD,
    "Z": Role.DIVISION_REVIEWER,
    "B": Role.BUDGET_REVIEWER,
    "P": Role.PERFORMANCE_REVIEWER,
    "U": Role.PUBLISHER,
}

# Typed from the table of actions and states of the requirements, one column for each state from
# 已下达控制数 to 已撤回, "-" where nobody may. D stands wherever the single accountant's view and
# words do; splitting ceilings, returning and completing units are its own lines.
TABLE = """
view                 ADHB  ADH   ADH  ADHZB  ADHZB  ADHZB  ADHZBPU ADHZBPU ADHZBPU ADHZBPU
view_status          ADHZB ADHZBP ADHZBP ADHZBP ADHZBP ADHZBP ADHZBPU ADHZBPU ADHZBPU ADHZBPU
view_performance     -     ADH   ADH  ADHZBP ADHZBP ADHZBP ADHZBPU ADHZBPU ADHZBPU ADHZBPU
edit                 A     A     -    -      -      -      -       -       -       -
edit_texts           AD    AD    -    -      -      -      AD      -       -       -
import               A     A     -    -      -      -      -       -       -       -
snap                 -     A     -    -      -      -      -       -       -       -
validate             -     AD    ADH  HZP    ZBP    B      ADB     HU      -       -
complete_unit        -     A     -    -      -      -      -       -       -       -
return_unit          -     D     -    -      -      -      -       -       -       -
split_ceiling        D     D     -    -      -      -      -       -       -       -
record_approval      AD    AD    -    -      -      -      -       -       -       -
submit               -     AD    -    -      -      -      -       -       -       -
withdraw_submission  -     -     AD   -      -      -      -       -       -       -
send_back            -     -     H    Z      B      B      -       -       -       -
sign                 -     -     H    -      -      -      -       -       -       -
record_signature     -     -     D    -      -      -      -       -       -       -
recall               -     -     -    H      -      -      -       -       -       -
pass_first_review    -     -     -    Z      -      -      -       -       -       -
judge_performance    -     -     -    P      P      -      -       -       -       -
pass_final_review    -     -     -    -      B      -      -       -       -       -
grant_amount         -     -     -    Z      B      -      -       -       -       -
set_ceiling          B     B     -    -      -      -      -       -       -       -
approve              -     -     -    -      -      B      -       -       -       -
revoke_approval      -     -     -    -      -      -      B       -       -       -
comment              -     -     ADH  HZP    ZBP    B      -       HU      -       -
preview              -     ADH   ADH  ADHZB  ADHZB  ADHZB  ADHZBU  ADHZBU  -       HBU
prepare_publication  -     -     -    -      -      -      U       -       -       -
send_package_back    -     -     -    -      -      -      -       H       -       -
publish              -     -     -    -      -      -      -       H       -       -
record_release       -     -     -    -      -      -      -       D       -       -
withdraw             -     -     -    -      -      -      -       -       HB      -
confirm_withdrawal   -     -     -    -      -      -      -       -       HB      -
drop_withdrawal      -     -     -    -      -      -      -       -       HB      -
correct_texts        -     -     -    -      -      -      -       -       AD      AD
correct_amounts      -     -     -    -      -      -      -       -       B       B
read_timeline        ADHB  ADH   ADH  ADHZB  ADHZB  ADHZB  ADHZBPU ADHZBPU ADHZBPU ADHZBPU
drop_texts           -     AD    -    -      -      -      -       -       -       -
drop_amounts         -     B     -    -      -      -      -       -       -       -
delete               -     A     -    -      -      -      -       -       -       -
"""
LINES = {line.split()[0]: [*line.split()[1:], "-"] for line in TABLE.strip().splitlines()}
"""For each action, by its stored word, the letters of who may, state by state.

Nobody may anything where it is void."""
