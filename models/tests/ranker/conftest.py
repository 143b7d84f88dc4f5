"""Without the training environment (see ../../training/README.md) these tests cannot be collected."""

from importlib.util import find_spec

collect_ignore_glob = ["test_*.py"] if find_spec("torch") is None else []
