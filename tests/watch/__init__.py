"""How the house is watched."""
