"""What is here starts the programs of production: half a minute, and only beside real servers.

python -m tests.servers -- python -m pytest tests/programs
"""

import os

collect_ignore_glob = [] if os.environ.get("TEST_DATABASE_URL") else ["test_*.py"]
