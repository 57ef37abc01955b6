"""Larkspur, maker of scheduling and payroll software for clinics: a company to look at.

The tables are read by `okr.demo.company`; `manage.py demo` writes them into an empty database.
"""
