"""Confluence on the same site: its Cloud API (version 2, and 1 for search) and Data Center's."""
