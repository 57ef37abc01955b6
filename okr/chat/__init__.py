"""What rooms of Slack and Teams are told: how check-ins stand, and what cannot be read."""
