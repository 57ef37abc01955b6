"""Confluence Cloud as far as it is called: API version 2, and version 1 for people and search."""
