"""Measurements with the real programs: web, worker and a Jira that moves issues."""
