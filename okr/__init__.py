"""The OKR core: cycles, people, objectives, key results. It knows nothing of any integration."""
