"""Tests of the client of Confluence."""
