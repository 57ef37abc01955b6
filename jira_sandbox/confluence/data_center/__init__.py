"""Confluence Data Center as far as it is called: API version 1."""
