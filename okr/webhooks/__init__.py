"""How webhooks are told: signed as Standard Webhooks has it, and sent until they accept it."""
