"""The sandbox against Atlassian's own description, by a proxy that nobody here wrote."""
