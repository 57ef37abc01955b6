"""OKRs as a file: what a company plans, written so that it can be reviewed like any other text.

The file holds cycles, objectives, key results, how they are aligned, and what integrations add to a
key result. It says the plan; what happened to it (progress, check-ins, approvals, closings) is the
record and stays where it is. Each row has a key, by which it is known when its title changes.
"""
