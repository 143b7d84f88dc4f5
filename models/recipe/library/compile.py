"""Compile a model to the WebAssembly library that web-llm instantiates."""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

import tvm
from tvm import relax
from tvm.s_tir import dlight

from ..architecture import Architecture
from .constants import CONTEXT, MAX_BATCH, PREFILL_CHUNK
from .layers import QuantisedLinear, StockLinear
from .logits import logit_kernels
from .model import CausalLM, add_cache_constructor
from .runtime import emcc
from .sampling import TOP_K, add_sampling


@dataclass(frozen=True)
class Parameter:
    """A weight that the library expects, in the order in which it expects it."""

    name: str
    shape: tuple[int, ...]
    dtype: str


def _target() -> tvm.target.Target:
    host = {"kind": "llvm", "mtriple": "wasm32-unknown-unknown-wasm"}
    return tvm.target.Target({"kind": "webgpu", "host": host})


def _model(arch: Architecture, stock: bool) -> tuple[CausalLM, tvm.IRModule, list[Parameter]]:
    model = CausalLM(arch, StockLinear if stock else QuantisedLinear)
    module, named, _ = model.export_tvm(spec=model.specification(), allow_extern=True)
    parameters = [Parameter(name, tuple(int(s) for s in p.shape), str(p.dtype)) for name, p in named]
    return model, module, parameters


def parameters(arch: Architecture, stock: bool = False) -> list[Parameter]:
    """List the weights of a library without compiling it."""
    with _target():
        return _model(arch, stock)[2]


def _metadata(arch: Architecture, weights: list[Parameter]) -> str:
    """JSON that web-llm reads from the library before it loads anything else."""
    return json.dumps(
        {
            "model_type": "llama",
            "quantization": "q4_0",
            "context_window_size": CONTEXT,
            "sliding_window_size": -1,
            "attention_sink_size": -1,
            "prefill_chunk_size": PREFILL_CHUNK,
            "tensor_parallel_shards": 1,
            "pipeline_parallel_stages": 1,
            "disaggregation": False,
            "kv_state_kind": "kv_cache",
            "max_batch_size": MAX_BATCH,
            "model_task": "chat",
            "params": [
                {
                    "name": w.name,
                    "shape": list(w.shape),
                    "dtype": w.dtype,
                    "preprocs": [],
                    "pipeline_stages": [0],
                }
                for w in weights
            ],
            "kv_cache": {
                "num_hidden_layers": arch.layers,
                "num_attention_heads": arch.heads,
                "num_key_value_heads": arch.kv_heads,
                "head_dim": arch.head_size,
            },
            "memory_usage": {},
        }
    )


def _pipeline(target: tvm.target.Target) -> tvm.transform.Pass:
    """Passes from the exported module to one that runs; kernels marked as scheduled stay as they are."""
    default_schedules = dlight.ApplyDefaultSchedule(
        dlight.gpu.Matmul(),
        dlight.gpu.GEMV(),
        dlight.gpu.Reduction(),
        dlight.gpu.GeneralReduction(),
        dlight.gpu.Fallback(),
    )

    @tvm.transform.module_pass(opt_level=0)
    def pipeline(module: tvm.IRModule, _context) -> tvm.IRModule:
        return tvm.transform.Sequential(
            [
                tvm.tirx.transform.BindTarget(target),
                relax.transform.LegalizeOps(),
                relax.transform.AnnotateTIROpPattern(),
                relax.transform.FoldConstant(),
                relax.transform.FuseOps(),
                relax.transform.FuseTIR(),
                relax.transform.DeadCodeElimination(),
                default_schedules,
                tvm.tirx.transform.ForceNarrowIndexToInt32(),
                relax.transform.RewriteDataflowReshape(),
                relax.transform.ToNonDataflow(),
                relax.transform.RemovePurityChecking(),
                relax.transform.CallTIRRewrite(),
                relax.transform.StaticPlanBlockMemory(),
                relax.transform.LowerAllocTensor(),
                relax.transform.KillAfterLastUse(),
                relax.transform.LowerRuntimeBuiltin(),
                relax.transform.VMShapeLower(),
                relax.transform.AttachGlobalSymbol(),
            ]
        )(module)

    return pipeline


def _module(arch: Architecture, stock: bool, target: tvm.target.Target) -> tvm.IRModule:
    _, module, weights = _model(arch, stock)
    bb = relax.BlockBuilder(module)
    add_cache_constructor(bb, arch, target)
    add_sampling(bb)
    module = bb.finalize()
    for name, kernel in logit_kernels().items():
        module[name] = kernel
    # Upper bounds let the memory planner allocate once for the largest prompt.
    bounds = {
        "seq_len": PREFILL_CHUNK,
        "total_seq_len": CONTEXT,
        "batch_size": MAX_BATCH,
        "num_samples": MAX_BATCH,
    }
    for var, function in module.functions_items():
        if isinstance(function, relax.Function):
            module[var] = (
                function.with_attr("tir_var_upper_bound", bounds)
                .with_attr("tir_non_negative_var", ["vocab_size"])
                .with_attr("relax.memory_plan_dynamic_func_output", True)
            )
    bb = relax.BlockBuilder(module)
    with bb.function("_metadata", []):
        bb.emit_func_output(tvm.ir.StringImm(_metadata(arch, weights)))
    return bb.finalize()


def compile_library(arch: Architecture, bitcode: list[Path], output: Path, stock: bool = False) -> None:
    """Write the library for `arch` to `output`, linked with the runtime's bitcode.

    `stock` leaves every matrix product to TVM's default schedules, for comparison; its weights lie
    differently.
    """
    arch.check()
    if arch.vocabulary < TOP_K:
        raise ValueError(
            f"a vocabulary of {arch.vocabulary} is smaller than the sampler's {TOP_K} candidates"
        )
    compiler = emcc()
    target = _target()
    with target:
        module = _module(arch, stock, target)
        # Shader compilers eliminate common subexpressions themselves.
        with tvm.transform.PassContext(config={"tirx.disable_cse_tir": True}):
            executable = tvm.compile(module, target=target, relax_pipeline=_pipeline(target))

    def link(path: str, objects: list[str], **_options) -> None:
        # The undefined symbols are the runtime's calls into JavaScript.
        flags = ["-O3", "-std=c++17", "--no-entry"]
        for setting in ("WASM_BIGINT=1", "ERROR_ON_UNDEFINED_SYMBOLS=0", "STANDALONE_WASM=1",
                        "ALLOW_MEMORY_GROWTH=1", "TOTAL_MEMORY=64MB"):  # fmt: skip
            flags += ["-s", setting]
        subprocess.run([compiler, *flags, "-o", path, *map(str, bitcode), *objects], check=True)

    link.object_format = "o"
    output.parent.mkdir(parents=True, exist_ok=True)
    executable.export_library(str(output), fcompile=link)
    # The linker marks it executable, which a static file is not.
    output.chmod(0o644)
