"""Which scripts of the Jira room every page loads, in one file."""

SCRIPTS = ("link-field", "quiet-poll")
BUNDLES = {
    "jira_integration/js/all.js": tuple(f"jira_integration/js/{name}.js" for name in SCRIPTS),
}
