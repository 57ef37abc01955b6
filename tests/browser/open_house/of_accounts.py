"""The pages of the room of Atlassian accounts, and which of its addresses are none."""

ACCOUNTS = "/okr-admin/integration/accounts/"
PAGES = {
    "accounts:integration": [ACCOUNTS],
    "accounts:turn_off": [f"{ACCOUNTS}turn-off/"],
    "accounts:connect": [f"{ACCOUNTS}connect/"],
    "accounts:change": [f"{ACCOUNTS}{{organization}}/credentials/"],
    "accounts:pause": [f"{ACCOUNTS}{{organization}}/pause/"],
    "accounts:disconnect": [f"{ACCOUNTS}{{organization}}/disconnect/"],
    "accounts:list": [f"{ACCOUNTS}list/", f"{ACCOUNTS}list/?q=zzz"],
    "accounts:one": [f"{ACCOUNTS}list/{{account}}/"],
    "accounts:people": [f"{ACCOUNTS}people/"],
    "accounts:removing": [f"{ACCOUNTS}removing/"],
    "accounts:removals": [f"{ACCOUNTS}removals/", f"{ACCOUNTS}removals/?outcome=cancelled"],
    "accounts:remove": [
        f"{ACCOUNTS}removals/new/?verb=delete&account={{colleague}}",
        f"{ACCOUNTS}removals/new/?verb=suspend&account={{colleague}}&account={{account}}",
    ],
    "accounts:activity": [f"{ACCOUNTS}activity/", f"{ACCOUNTS}activity/?result=failed"],
}
ELSEWHERE = {
    "accounts:switch": "takes a press of the switch",
    "accounts:resume": "takes a press of Go on reading",
    "accounts:refresh": "takes a press of Refresh now",
    "accounts:cancel": "takes a press of Stop reading",
    "accounts:withdraw": "takes a press of Take back",
    "accounts:look": "takes a press of Look again now",
    "accounts:take": "takes a press of Take matches into Jira access",
    "accounts:take_one": "takes a press of Take it into Jira access",
}
