"""The forms of the Confluence room."""
