"""What the sandbox knows: accounts, projects, workflows, issues and their history."""
