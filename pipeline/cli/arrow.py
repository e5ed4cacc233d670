"""pyarrow for the command line, without pandas, which `pa.array` imports for a second to see whether values are its."""

from __future__ import annotations

import sys
from importlib.abc import MetaPathFinder


class _NoPandas(MetaPathFinder):
    """Knows that there is no pandas, for as long as it is asked."""

    def find_spec(self, fullname: str, path: object = None, target: object = None) -> None:
        if fullname == "pandas":
            raise ModuleNotFoundError("pandas is not asked for", name=fullname)


def spare_pandas() -> None:
    """Let pyarrow look for pandas now, in vain: it does so once a process, again only for who converts to pandas."""
    if "pandas" in sys.modules:
        return
    finder = _NoPandas()
    sys.meta_path.insert(0, finder)
    try:
        import pyarrow as pa

        pa.array([0], memory_pool=pa.system_memory_pool())  # the usual pool reserves a gigabyte of address space
    finally:
        sys.meta_path.remove(finder)
