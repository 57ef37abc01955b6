"""The Confluence room in the API: the same forms and verbs as its pages."""
