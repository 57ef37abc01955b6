"""Signing in by SAML 2.0. Only `proving` and `metadata` need the library that reads it, which is no
part of the core set: all others reach them through `gate`."""
