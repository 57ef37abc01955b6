"""Which of the five colours a gap to the pace has; pure."""

FAR_BEHIND, BEHIND, AHEAD, FAR_AHEAD = -25, -10, 10, 25
WORDS = ("far behind", "behind", "on pace", "ahead", "far ahead")


def step(gap: int) -> int:
    """From 0, far behind the pace, to 4, far ahead of it; a bound belongs to the middle."""
    return 2 + (gap > AHEAD) + (gap > FAR_AHEAD) - (gap < BEHIND) - (gap < FAR_BEHIND)


def signed(gap: int) -> str:
    """With a true minus sign, and a plus where there is something ahead."""
    return f"{gap:+d}".replace("-", "−") if gap else "0"
