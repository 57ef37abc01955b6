"""The room's part of the API: what its pages do, by the same forms and verbs."""
