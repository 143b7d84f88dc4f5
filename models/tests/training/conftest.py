"""Without the training environment (see ../../training/README.md) these tests cannot be collected."""

from importlib.util import find_spec

NEEDED = ("torch", "transformers", "sklearn")
collect_ignore_glob = ["test_*.py"] if any(find_spec(name) is None for name in NEEDED) else []
