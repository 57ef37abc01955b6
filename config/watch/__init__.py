"""How the house is watched: signs of life, health, numbers for Prometheus, logs, Sentry."""
