"""The pages of the Confluence room."""
