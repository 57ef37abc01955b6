"""What the rooms that speak with Atlassian have in common; by itself it does nothing."""
