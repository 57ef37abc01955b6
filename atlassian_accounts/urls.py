"""Where the pages of this room are: all of them for OKR admins."""

from django.urls import include, path

from atlassian_accounts.views import accounts, activity, connection, integration, removal, taking

app_name = "accounts"

of_admins = [
    path("", integration.page, name="integration"),
    path("switch/", integration.switch, name="switch"),
    path("turn-off/", integration.turn_off, name="turn_off"),
    path("connect/", connection.connect, name="connect"),
    path("<int:pk>/credentials/", connection.change, name="change"),
    path("<int:pk>/disconnect/", connection.disconnect, name="disconnect"),
    path("<int:pk>/pause/", connection.pause, name="pause"),
    path("<int:pk>/resume/", connection.resume, name="resume"),
    path("<int:pk>/refresh/", integration.refresh, name="refresh"),
    path("<int:pk>/cancel/", integration.cancel, name="cancel"),
    path("list/", accounts.page, name="list"),
    path("list/<int:pk>/", accounts.one, name="one"),
    path("removing/", removal.switch, name="removing"),
    path("removals/", removal.page, name="removals"),
    path("removals/new/", removal.ask, name="remove"),
    path("removals/<int:pk>/withdraw/", removal.withdraw, name="withdraw"),
    path("removals/<int:pk>/look/", removal.look, name="look"),
    path("people/", accounts.people, name="people"),
    path("take/<slug:slug>/", taking.take, name="take"),
    path("list/<int:pk>/take/<slug:slug>/", taking.take_one, name="take_one"),
    path("activity/", activity.page, name="activity"),
]
urlpatterns = [path("okr-admin/integration/accounts/", include(of_admins))]
