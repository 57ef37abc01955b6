"""The fuse box: settings, URLs and processes; the only place that names both apps."""

VERSION = "0.1.0"
"""Of the product; pyproject.toml, which is not shipped, says the same."""
