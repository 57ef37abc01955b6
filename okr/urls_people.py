"""The addresses of people and units: the admin's, and one's own."""

from django.urls import path

from okr.views import (
    api_reference,
    api_tokens,
    audit,
    company_tokens,
    forgotten,
    imports,
    people,
    people_factors,
    people_options,
    people_selected,
    security,
    settings,
    unit_options,
    units,
    welcome,
)

PEOPLE = "okr-admin/people/"
PERSON = f"{PEOPLE}<int:pk>/"
UNITS = "okr-admin/units/"

pages = [
    path("people/options/", people_options.options, name="people_options"),
    path("imports/<int:pk>/", imports.check, name="import_check"),
    path("imports/<int:pk>/confirmation/", imports.confirm, name="import_confirm"),
    path("imports/<int:pk>/rejected/", imports.rejected, name="import_rejected"),
    path("imports/<slug:slug>/", imports.start, name="import"),
    path("imports/<slug:slug>/template/", imports.template, name="import_template"),
    path("forgotten/", forgotten.ask, name="forgotten"),
    path("welcome/<str:token>/", welcome.welcome, name="welcome"),
    path(PEOPLE, people.people, name="people"),
    path(f"{PEOPLE}new/", people.new, name="person_new"),
    path(f"{PEOPLE}selected/<slug:act>/", people_selected.selected, name="people_selected"),
    path(PERSON, people.person, name="person"),
    path(f"{PERSON}edit/", people.edit, name="person_edit"),
    path(f"{PERSON}deactivation/", people.deactivate, name="person_deactivate"),
    path(f"{PERSON}return/", people.reactivate, name="person_reactivate"),
    path(f"{PERSON}invitation/", people.invite, name="person_invite"),
    path(f"{PERSON}second-factors/", people_factors.remove, name="person_factors"),
    path("units/options/", unit_options.options, name="unit_options"),
    path(UNITS, units.units, name="units"),
    path(f"{UNITS}new/", units.new, name="unit_new"),
    path(f"{UNITS}<int:pk>/edit/", units.edit, name="unit_edit"),
    path(f"{UNITS}<int:pk>/deletion/", units.delete, name="unit_delete"),
    path("okr-admin/tokens/", company_tokens.tokens, name="company_tokens"),
    path("okr-admin/tokens/<int:pk>/", company_tokens.revoke, name="company_token_revoke"),
    path("okr-admin/audit/", audit.audit, name="audit"),
    path("settings/", settings.profile, name="settings"),
    path("settings/password/", settings.password, name="settings_password"),
    path("settings/security/sign-ins/<int:pk>/", security.sign_out_there, name="settings_sign_out"),
    path(
        "settings/security/sign-ins/",
        security.sign_out_everywhere,
        name="settings_sign_out_everywhere",
    ),
    path("settings/tokens/", api_tokens.tokens, name="settings_tokens"),
    path("settings/tokens/<int:pk>/", api_tokens.revoke, name="settings_token_revoke"),
    path("api-reference/", api_reference.reference, name="api_reference"),
    path("api-reference/<slug:name>/", api_reference.operation, name="api_operation"),
]
