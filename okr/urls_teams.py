"""The addresses of teams, and of the pictures of how all stands."""

from django.urls import path

from okr.views import alignment_map, dashboard, teams, unit_review

pages = [
    path("company/map/", alignment_map.show, name="map"),
    path("dashboard/", dashboard.dashboard, name="dashboard"),
    path("teams/", teams.teams, name="teams"),
    path("teams/<slug:slug>/", teams.team, name="team"),
    path("teams/<slug:slug>/reminder/", teams.remind, name="team_remind"),
    path("reviews/<int:cycle>/<slug:slug>/", unit_review.review, name="unit_review"),
]
