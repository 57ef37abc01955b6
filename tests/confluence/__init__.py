"""Tests of the Confluence room."""
