"""What a person may type, checked and told back in sentences."""
