"""The TVM runtime as WebAssembly bitcode, from the sources that the TVM wheel carries.

The wheel leaves a few headers out; a source archive that vendors the same TVM supplies them. One include tree
is laid out from both and the three translation units of TVM's `web/emcc` are compiled from it.
"""

import shutil
import subprocess
import tarfile
from importlib.util import find_spec
from pathlib import Path

UNITS = ("wasm_runtime", "tvmjs_support", "webgpu_runtime")
_VENDORED = ("include/tvm/support/", "src/support/", "3rdparty/compiler-rt/")
_NVTX = """// Profiling ranges do not exist in a browser; the runtime only needs the type.
#ifndef TVM_SUPPORT_CUDA_NVTX_H_
#define TVM_SUPPORT_CUDA_NVTX_H_
#include <string>
namespace tvm {
namespace support {
class NVTXScopedRange {
 public:
  explicit NVTXScopedRange(const char*) {}
  explicit NVTXScopedRange(const std::string&) {}
};
}  // namespace support
}  // namespace tvm
#endif
"""


def emcc() -> str:
    """Path of the Emscripten compiler; raises with the command that installs it."""
    path = shutil.which("emcc")
    if path is None:
        raise SystemExit("emcc (Emscripten) is missing: sudo apt-get install emscripten")
    return path


def _package(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(f"the Python package {name} is missing: run models/build.sh")
    return Path(spec.submodule_search_locations[0])


def _extract_headers(archive: Path, root: Path) -> None:
    """Copy the vendored TVM's missing headers out of the source archive into `root`."""
    found = 0
    with tarfile.open(archive) as tar:
        for member in tar:
            _, _, inside = member.name.partition("/3rdparty/tvm/")
            if not member.isfile() or not inside.startswith(_VENDORED):
                continue
            source = tar.extractfile(member)
            if source is None:
                continue
            target = root / inside
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(source.read())
            found += 1
    if not found:
        raise SystemExit(f"{archive.name} holds no TVM headers; another version than the pinned one?")


def lay_out(archive: Path, root: Path) -> None:
    """Make the include tree under `root`: the wheels' sources, the headers they lack, one stub."""
    if root.exists():
        shutil.rmtree(root)
    tvm, ffi = _package("tvm"), _package("tvm_ffi")
    # Copies, not links: the sources include their neighbours by relative path, which a link would resolve
    # away.
    for part in ("src/runtime", "include/tvm/runtime", "web/emcc"):
        shutil.copytree(tvm / part, root / part, ignore=shutil.ignore_patterns("__pycache__"))
    (root / "3rdparty").mkdir()
    (root / "3rdparty" / "tvm-ffi").symlink_to(ffi)
    _extract_headers(archive, root)
    nvtx = root / "include" / "tvm" / "support" / "cuda" / "nvtx.h"
    nvtx.parent.mkdir(parents=True, exist_ok=True)
    nvtx.write_text(_NVTX)


def build(archive: Path, folder: Path) -> list[Path]:
    """Compile the runtime's units to bitcode under `folder` and return their paths, in linking order."""
    compiler = emcc()
    root = folder / "tree"
    lay_out(archive, root)
    includes = ["", "include", "3rdparty/tvm-ffi/include", "3rdparty/tvm-ffi/3rdparty/dlpack/include",
                "3rdparty/compiler-rt"]  # fmt: skip
    outputs = []
    for unit in UNITS:
        output = folder / f"{unit}.bc"
        command = [
            compiler,
            "-O3",
            "-std=c++17",
            "-emit-llvm",
            "-c",
            f"web/emcc/{unit}.cc",
            "-o",
            str(output),
        ]
        subprocess.run(command + [f"-I{root / path}" for path in includes], cwd=root, check=True)
        outputs.append(output)
    return outputs
