"""What people do on pages, for scripts: the same querysets, forms and verbs, spoken in JSON."""
