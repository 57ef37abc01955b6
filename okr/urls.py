"""The addresses of the core."""

from django.urls import include, path

from okr import (
    urls_cycles,
    urls_file,
    urls_library,
    urls_outside,
    urls_people,
    urls_sign_in,
    urls_talk,
    urls_teams,
)
from okr.views import (
    alignment,
    appearance,
    approvals,
    check_in_queue,
    check_ins,
    company,
    integrations,
    key_results,
    my,
    objective_options,
    objectives,
    policies,
)

OBJECTIVE = "objectives/<int:pk>/"
KEY_RESULT = "key-results/<int:pk>/"

pages = [
    path("", my.home, name="home"),
    path("my/", my.my, name="my"),
    path("objectives/new/", objectives.new, name="objective_new"),
    path("objectives/options/", objective_options.options, name="objective_options"),
    path(OBJECTIVE, objectives.show, name="objective"),
    path(f"{OBJECTIVE}edit/", objectives.edit, name="objective_edit"),
    path(f"{OBJECTIVE}delete/", objectives.delete, name="objective_delete"),
    path(f"{OBJECTIVE}approval/", approvals.approval, name="objective_approval"),
    path("approvals/", approvals.approvals, name="approvals"),
    path(f"{OBJECTIVE}key-results/new/", key_results.new, name="key_result_new"),
    path(KEY_RESULT, key_results.show, name="key_result"),
    path(f"{KEY_RESULT}edit/", key_results.edit, name="key_result_edit"),
    path(f"{KEY_RESULT}delete/", key_results.delete, name="key_result_delete"),
    path(f"{KEY_RESULT}assign/", alignment.assign, name="assign"),
    path(f"{KEY_RESULT}take-back/", alignment.back, name="take_back"),
    path(f"{OBJECTIVE}weights/", alignment.weights, name="weights"),
    path(f"{KEY_RESULT}check-in/", check_ins.check_in, name="check_in"),
    path(f"{KEY_RESULT}check-in/suggestion/", check_ins.suggestion, name="check_in_suggestion"),
    path(f"{KEY_RESULT}milestones/<int:milestone>/", check_ins.tick, name="milestone"),
    path("check-in/", check_in_queue.queue, name="check_in_queue"),
    path("check-ins/<int:pk>/correct/", check_ins.correct, name="check_in_correct"),
    path("company/", company.company, name="company"),
    path("company/<int:pk>/children/", company.children, name="company_children"),
    *urls_cycles.pages,
    *urls_file.pages,
    *urls_library.pages,
    *urls_teams.pages,
    path("okr-admin/", integrations.home, name="okr_admin"),
    path("okr-admin/policies/", policies.policies, name="policies"),
    path("okr-admin/integration/", integrations.integrations, name="integrations"),
    *urls_people.pages,
    *urls_outside.pages,
    *urls_sign_in.pages,
    path("appearance/", appearance.change, name="appearance"),
    *urls_talk.pages,
]

urlpatterns = [
    path("", include((pages, "okr"))),
    path("", include("okr.urls_account")),
]
