"""The pages of the Confluence room that are looked at, and why others are not."""

WIKI = "/okr-admin/integration/confluence/"
PAGES = {
    "confluence:integration": [WIKI],
    "confluence:connect": [f"{WIKI}connect/"],
    "confluence:remove": [f"{WIKI}remove/"],
    "confluence:attach": ["/key-results/{linked}/confluence/"],
    "confluence:attach_to_check_in": ["/check-ins/{said}/confluence/"],
    "confluence:remove_evidence": ["/key-results/confluence/{evidence}/remove/"],
}
ELSEWHERE = {
    "confluence:address": "gives a line to the dialog",
    "confluence:test": "takes a press of Test connection",
    "confluence:switch": "takes a press of a switch",
    "confluence:read_now": "takes a press of Read now",
    "confluence:search": "gives pages to the dialog",
    "confluence:search_for_check_in": "gives pages to the dialog",
    **dict.fromkeys(
        (f"confluence:{name}" for name in ("spaces", "publish", "publish_company")),
        "tests/browser/confluence/test_publishing.py looks at it",
    ),
    **dict.fromkeys(
        ("confluence:preview", "confluence:preview_company"), "gives the preview to the dialog"
    ),
}
