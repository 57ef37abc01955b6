"""Every page that the addresses lead to is usable by everybody, by day and by night."""

from itertools import chain

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import axe, inspect
from tests.browser.conftest import Windows
from tests.browser.open_house.conftest import Company
from tests.okr.matrix.routes import of_pages

pytestmark = pytest.mark.browser

JIRA = "/okr-admin/integration/jira/"
PAGES = {
    "account_login": ["/sign-in/"],
    "account_logout": ["/sign-out/"],
    "okr:sign_in": ["/okr-admin/sign-in/"],
    "okr:sign_in_provider": ["/okr-admin/sign-in/{provider}/"],
    "okr:sign_in_delete": ["/okr-admin/sign-in/{provider}/deletion/"],
    "okr:sign_in_new": ["/okr-admin/sign-in/new/"],
    "okr:my": ["/my/", "/my/?cycle={closed_cycle}"],
    "okr:objective": [
        "/objectives/{objective}/",
        "/objectives/{closed_objective}/",
        "/objectives/{company_objective}/",
    ],
    "okr:objective_new": ["/objectives/new/"],
    "okr:objective_edit": ["/objectives/{objective}/edit/"],
    "okr:objective_delete": ["/objectives/{objective}/delete/"],
    "okr:key_result_new": ["/objectives/{objective}/key-results/new/"],
    "okr:key_result": [
        "/key-results/{linked}/",
        "/key-results/{by_hand}/",
        "/key-results/{assigned}/",
        "/key-results/{milestones}/",
        "/key-results/{threshold}/",
    ],
    "okr:assign": ["/key-results/{by_hand}/assign/"],
    "okr:take_back": ["/key-results/{assigned}/take-back/"],
    "okr:weights": ["/objectives/{objective}/weights/"],
    "okr:key_result_edit": ["/key-results/{linked}/edit/", "/key-results/{milestones}/edit/"],
    "okr:key_result_delete": ["/key-results/{linked}/delete/"],
    "okr:check_in": ["/key-results/{linked}/check-in/", "/key-results/{by_hand}/check-in/"],
    "okr:objective_comments": ["/objectives/{objective}/comments/"],
    "okr:key_result_comments": ["/key-results/{linked}/comments/"],
    "okr:comment_edit": ["/comments/{comment}/edit/"],
    "okr:comment_delete": ["/comments/{comment}/delete/"],
    "okr:check_in_queue": ["/check-in/", "/check-in/?at={own}", "/check-in/?at=end"],
    "okr:check_in_correct": ["/check-ins/{said}/correct/"],
    "okr:notifications": ["/notifications/"],
    "okr:settings_notifications": ["/settings/notifications/"],
    "okr:unsubscribe": ["/unsubscribe/{unsubscribe}/"],
    "okr:company": ["/company/", "/company/?view=list", "/company/?q=failover", "/company/?q=zzz"],
    "okr:templates": ["/templates/", "/templates/?category=sales", "/templates/?q=zzz"],
    "okr:template": ["/templates/calm-operations/"],
    "okr:template_begin": ["/templates/calm-operations/begin/"],
    "okr:template_save_as": ["/objectives/{objective}/template/"],
    "okr:audit": ["/okr-admin/audit/", "/okr-admin/audit/?q=zzz", "/okr-admin/audit/?since=x"],
    "okr:own_templates": ["/okr-admin/templates/"],
    "okr:template_new": ["/okr-admin/templates/new/"],
    "okr:template_edit": ["/okr-admin/templates/{template}/edit/"],
    "okr:template_delete": ["/okr-admin/templates/{template}/delete/"],
    "okr:tags": ["/okr-admin/tags/"],
    "okr:tag_new": ["/okr-admin/tags/new/"],
    "okr:tag_edit": ["/okr-admin/tags/{tag}/edit/"],
    "okr:tag_merge": ["/okr-admin/tags/{tag}/merge/"],
    "okr:tag_delete": ["/okr-admin/tags/{tag}/delete/"],
    "okr:closure": ["/objectives/{company_objective}/closure/"],
    "okr:reopen": ["/objectives/{closed_objective}/closure/reopen/"],
    "okr:review": ["/objectives/{objective}/review/"],
    "okr:people": ["/okr-admin/people/", "/okr-admin/people/?q=zzz"],
    "okr:people_selected": [
        "/okr-admin/people/selected/move/?person={person}",
        "/okr-admin/people/selected/leave/?person={person}",
    ],
    "okr:person": ["/okr-admin/people/{person}/"],
    "okr:person_new": ["/okr-admin/people/new/"],
    "okr:person_edit": ["/okr-admin/people/{person}/edit/"],
    "okr:person_deactivate": ["/okr-admin/people/{person}/deactivation/"],
    "okr:person_reactivate": ["/okr-admin/people/{person}/return/"],
    "okr:units": ["/okr-admin/units/"],
    "okr:unit_new": ["/okr-admin/units/new/"],
    "okr:unit_edit": ["/okr-admin/units/{unit}/edit/"],
    "okr:unit_delete": ["/okr-admin/units/{unit}/deletion/"],
    "okr:settings": ["/settings/"],
    "mfa_index": ["/settings/security/"],
    "mfa_activate_totp": ["/settings/security/app/"],
    "mfa_generate_recovery_codes": ["/settings/security/codes/new/"],
    "okr:settings_tokens": ["/settings/tokens/"],
    "okr:settings_token_revoke": ["/settings/tokens/{token}/"],
    "okr:settings_password": ["/settings/password/"],
    "okr:import": ["/imports/people/"],
    "okr:person_invite": ["/okr-admin/people/{person}/invitation/"],
    "okr:search": ["/search/", "/search/?q=clinic", "/search/?q=a&in=objectives", "/search/?q=zzz"],
    "okr:cycles": ["/okr-admin/cycles/"],
    "okr:cycle_new": ["/okr-admin/cycles/new/"],
    "okr:cycles_generate": ["/okr-admin/cycles/generate/"],
    "okr:cycle_edit": ["/okr-admin/cycles/{cycle}/edit/"],
    "okr:cycle_close": ["/okr-admin/cycles/{cycle}/close/"],
    "okr:cycle_close_confirm": ["/okr-admin/cycles/{cycle}/close/confirm/"],
    "okr:cycle_carry": [
        "/okr-admin/cycles/{closed_cycle}/carry/",
        "/okr-admin/cycles/{cycle}/carry/",
    ],
    "okr:cycle_reopen": ["/okr-admin/cycles/{closed_cycle}/reopen/"],
    "okr:cycle_delete": ["/okr-admin/cycles/{cycle}/delete/"],
    "okr:dashboard": ["/dashboard/?unit=", "/dashboard/?unit=platform&show=off_track"],
    "okr:team_remind": ["/teams/platform/reminder/"],
    "okr:map": ["/company/map/", "/company/map/?q=failover", "/company/map/?q=zzz"],
    "okr:unit_review": ["/reviews/{closed_cycle}/platform/"],
    "okr:teams": ["/teams/"],
    "okr:team": ["/teams/platform/", "/teams/platform/?show=at_risk&week=3", "/teams/revenue/"],
    "okr:approvals": ["/approvals/"],
    "okr:objective_approval": ["/objectives/{objective}/approval/"],
    "okr:policies": ["/okr-admin/policies/"],
    "okr:integrations": ["/okr-admin/integration/"],
    "jira:integration": [JIRA],
    "jira:turn_off": [f"{JIRA}turn-off/"],
    "jira:connect": [f"{JIRA}connect/"],
    "jira:connect_another": [f"{JIRA}sites/new/"],
    "jira:manage": [f"{JIRA}manage/"],
    "jira:left_out": [f"{JIRA}manage/left-out/"],
    "jira:users": [f"{JIRA}manage/users/"],
    "jira:register_webhook": [f"{JIRA}manage/events/register/"],
    "jira:webhook_by_hand": [f"{JIRA}manage/events/by-hand/"],
    "jira:remove_webhook": [f"{JIRA}manage/events/remove/"],
    "jira:projects": [f"{JIRA}projects/"],
    "jira:rights": [f"{JIRA}rights/", f"{JIRA}rights/?key=NOWHERE-1"],
    "jira:import": [f"{JIRA}import/"],
    "jira:token_end": [f"{JIRA}manage/credentials/end/"],
    "jira:successor": [f"{JIRA}manage/credentials/successor/"],
    "jira:into": [f"{JIRA}into/"],
    "jira:into_hide": [f"{JIRA}into/{{connection}}/hide/"],
    "jira:activity": [f"{JIRA}activity/", f"{JIRA}activity/?result=failed"],
    "jira:link": ["/key-results/{by_hand}/jira/"],
    "jira:create": ["/key-results/{by_hand}/jira/create/"],
    "jira:measure": ["/key-results/{linked}/jira/measure/"],
    "jira:remove_history": ["/key-results/{linked}/jira/history/remove/"],
    "jira:weights": ["/key-results/{linked}/jira/weights/"],
    "jira:remove_link": ["/key-results/jira/{link}/remove/"],
}
ELSEWHERE = {
    "openid_connect_login": "leads to the provider; tests/okr/test_company_openid.py follows it",
    "openid_connect_callback": "comes from there; tests/okr/test_company_openid.py follows it",
    "okr:sign_in_test": "takes a press of Test the provider",
    "okr:sign_in_forget": "asks before an account is let go, as deleting a provider does",
    "health_live": "answers machines",
    "health_ready": "answers machines",
    "metrics": "answers machines",
    "okr:cycle_remind": "takes a press of Remind owners",
    "okr:check_in_suggestion": "gives the choice of confidence to the check-in",
    **dict.fromkeys(
        ("mfa_authenticate", "account_reauthenticate", "mfa_reauthenticate"),
        "tests/browser/test_factors.py looks at it",
    ),
    **dict.fromkeys(
        ("mfa_deactivate_totp", "mfa_view_recovery_codes"),
        "tests/browser/test_factors.py looks at it",
    ),
    **dict.fromkeys(
        ("okr:settings_sign_out", "okr:settings_sign_out_everywhere"),
        "takes a press of Sign out under Security",
    ),
    "okr:home": "leads on to My OKRs",
    "okr:okr_admin": "leads on to the integrations",
    "okr:people_options": "gives people to a person picker",
    "okr:objective_options": "gives objectives to a picker",
    "okr:unit_options": "gives units to a picker",
    "okr:import_template": "gives a file",
    "okr:import_check": "tests/browser/test_people.py looks at it",
    "okr:import_confirm": "takes a press of Import",
    "okr:import_rejected": "gives a file",
    "okr:welcome": "tests/browser/test_people.py looks at it",
    "okr:appearance": "takes a press of the theme switch",
    "okr:tag_suggestions": "gives options to the field of the tags",
    "okr:milestone": "takes a press of Reached",
    "okr:search_suggestions": "gives options to the search box",
    "okr:company_children": "gives rows to the tree",
    "okr:notification": "leads on to what it is about",
    "okr:notification_read": "takes a press of Mark as read",
    "okr:notifications_read": "takes a press of Mark all read",
    "okr:objective_follow": "takes a press of Follow",
    "okr:key_result_follow": "takes a press of Follow",
    "okr:objective_people": "gives options to a comment",
    "okr:key_result_people": "gives options to a comment",
    "jira:switch": "takes a press of the switch",
    "jira:use_successor": "tests/browser/jira/test_succession.py looks at it",
    "jira:remove_successor": "tests/browser/jira/test_succession.py looks at it",
    "jira:site_integration": "gives one of several sites to the page of all",
    "jira:site_manage": "tests/browser/jira/test_sites.py looks at it",
    "jira:site_name": "takes the form of a site's own page",
    "jira:remove_site": "tests/browser/jira/test_sites.py looks at it",
    **dict.fromkeys(
        (f"jira:site_{name}" for name in ("test", "credentials", "left_out", "events")),
        "is the same for one of several sites",
    ),
    **dict.fromkeys(
        ("jira:site_register_webhook", "jira:site_webhook_by_hand", "jira:site_remove_webhook"),
        "is the same for one of several sites",
    ),
    **dict.fromkeys(
        (f"jira:site_{name}" for name in ("token_end", "successor", "use_successor")),
        "is the same for one of several sites",
    ),
    **dict.fromkeys(
        ("jira:site_remove_successor",),
        "is the same for one of several sites",
    ),
    "jira:credentials": "takes the form of Manage Integration",
    "jira:percentages": "takes the form of Manage Integration",
    "jira:percentages_preview": "gives the preview to Manage Integration",
    "jira:access": "takes the form of Manage Integration",
    "jira:test": "takes a press of Test connection",
    "jira:address": "gives a line to the dialog",
    "jira:recalculation": "gives a banner to Manage Integration",
    "jira:own_rights": "takes a press of a switch of What may be linked",
    "jira:look_up": "takes a press on Import Jira users",
    "jira:read_rights": "takes a press on Rights in Jira",
    "jira:into_switch": "takes a press of a switch of Into Jira",
    "jira:into_again": "takes a press of Try again",
    "jira:reconstruct": "takes a press of Reconstruct history",
    "jira:sync_now": "takes a press of Sync now",
    "jira:cancel": "takes a press of Cancel",
    "jira:preview": "gives the outlook to the link dialog",
    "jira:weights_preview": "gives the outlook to the weights dialog",
    "jira:change_link": "tests/browser/jira/test_link_shapes.py looks at it",
    "jira:change_preview": "gives the outlook to the dialog that changes a search",
    "jira:why": "gives the state of a key result to its page",
    "jira:read_now": "takes a press of Read Jira now",
    "jira:events": "gives the state of events to Manage Integration",
    "jira:webhook": "takes what Jira sends",
}
ADDRESSES = list(chain.from_iterable(PAGES.values()))
STRANGERS = ("/sign-in/",)


@pytest.fixture(scope="module")
def stranger(open_house: Windows) -> Page:
    return open_house()


def test_every_address_of_the_product_is_looked_at():
    assert of_pages() == sorted(PAGES.keys() | ELSEWHERE.keys())


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_is_usable_by_day_and_by_night_and_fits(
    olga: Page, stranger: Page, db: Company, address: str
):
    window = stranger if address in STRANGERS else olga
    response = window.goto(address.format_map(db.numbers))

    assert response is not None
    assert response.ok
    expect(window.get_by_role("heading", level=1)).to_have_count(1)
    inspect(window)
    axe(window)
