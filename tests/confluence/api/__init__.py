"""Tests of the Confluence room's addresses in the API."""
