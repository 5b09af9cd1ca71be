"""The small city of a demonstration: invented departments in every state of the way.

`departments` draws their budgets, `people` are those who hold the roles, `road` takes steps as
these people, `stories` says how far each department has come.
"""
