"""As quiet as the matrix of the core."""

from tests.okr.matrix.conftest import _silence  # noqa: F401  a fixture
