"""The addresses of comments, notifications and what people want to be told."""

from django.urls import path

from okr.models import KeyResult, Objective
from okr.views import comments, notifications, preferences

OBJECTIVE, KEY_RESULT = "objectives/<int:pk>/", "key-results/<int:pk>/"
of_objective, of_key_result = {"noun": Objective}, {"noun": KeyResult}

pages = [
    path(f"{OBJECTIVE}comments/", comments.comments, of_objective, "objective_comments"),
    path(f"{OBJECTIVE}follow/", comments.follow, of_objective, "objective_follow"),
    path(f"{OBJECTIVE}people/", comments.people, of_objective, "objective_people"),
    path(f"{KEY_RESULT}comments/", comments.comments, of_key_result, "key_result_comments"),
    path(f"{KEY_RESULT}follow/", comments.follow, of_key_result, "key_result_follow"),
    path(f"{KEY_RESULT}people/", comments.people, of_key_result, "key_result_people"),
    path("comments/<int:pk>/edit/", comments.edit, name="comment_edit"),
    path("comments/<int:pk>/delete/", comments.delete, name="comment_delete"),
    path("notifications/", notifications.notifications, name="notifications"),
    path("notifications/read/", notifications.mark_all, name="notifications_read"),
    path("notifications/<int:pk>/", notifications.follow_up, name="notification"),
    path("notifications/<int:pk>/read/", notifications.mark, name="notification_read"),
    path("settings/notifications/", preferences.preferences, name="settings_notifications"),
    path("unsubscribe/<str:token>/", preferences.unsubscribe, name="unsubscribe"),
]
