"""Ways of writing addresses that nothing may reach, for whoever can type an address."""

from pathlib import Path

ROWS = Path(__file__).with_name("forbidden.txt").read_text().splitlines()
SPELLINGS = [word for row in ROWS if not row.startswith("#") for word in row.split()]
PRIVATE = (
    *("10.0.0.1", "172.16.0.1", "172.31.255.254", "192.168.1.1", "100.64.0.1", "198.18.0.1"),
    *("[fc00::1]", "[fdff::1]"),
)
