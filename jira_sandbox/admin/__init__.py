"""Atlassian's organizations and user management as a caller meets them."""
