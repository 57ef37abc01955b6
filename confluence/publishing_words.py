"""What is told of failures to publish, by their code."""

SCOPES = "write:page:confluence, read:page:confluence and read:space:confluence"
PUBLISHING = {
    "write_scope": "The token works but may not write pages. Create a token that also has the "
    f"scopes {SCOPES}, or one without scopes, then connect again.",
    "page_changed": "{editor} saved the page in Confluence {when} (version {version}), after it "
    "was published from here. Nothing was overwritten.",
    "page_gone": "The page is not in Confluence any more, or the connected account may not see "
    "it. You can publish a new one.",
    "page_deleted": "The page was deleted or archived in Confluence. Restore it there, or "
    "publish a new one.",
    "page_restricted": "The connected account may not open the page any more. Ask whoever "
    "restricted it in Confluence, or publish a new one.",
    "page_moved": "The page was moved to a space in which nothing is published. Move it back, ask "
    "an OKR admin to choose that space, or publish a new one.",
    "published_meanwhile": "This was published meanwhile. Close this and look at the page first.",
    "title_taken": "There is a page called “{title}” in this space already, or in its archive. "
    "Choose another title.",
    "page_too_large": "The page is too large for Confluence. Nothing was changed.",
    "publish_forbidden": "The connected account may not write pages in this space. Ask a "
    "Confluence administrator to let {email} add pages there.",
    "publish_refused": "Confluence did not accept the page. Nothing was changed.",
    "publish_refused:told": "Confluence did not accept the page: {messages}",
    "publish_unknown": "Confluence did not say whether it saved the page. Try again in a moment: "
    "what is there already will be found, not made twice.",
}
