"""Forms of the room of Atlassian accounts."""
