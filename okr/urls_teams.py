"""The addresses of teams and of the pictures of how they stand."""

from django.urls import path

from okr.views import dashboard, teams

pages = [
    path("dashboard/", dashboard.dashboard, name="dashboard"),
    path("teams/", teams.teams, name="teams"),
    path("teams/<slug:slug>/", teams.team, name="team"),
]
