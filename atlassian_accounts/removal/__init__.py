"""Deletes, suspends and restores accounts: asked for by an admin, done by a worker, told in full.

guarding, possible → choosing → asking → carrying → looking; `words` says what each of them means.
"""
