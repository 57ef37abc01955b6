"""Larkspur, maker of scheduling and payroll software for clinics: a company to look at.

`people` and the `story_…` modules tell it in tables; `move_in` writes them into an empty database.
"""
