"""Who has an Atlassian account in the company's organizations, and which of our people they are."""
