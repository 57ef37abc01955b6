"""Signing in with the identity provider of the company, by what allauth does for it."""
