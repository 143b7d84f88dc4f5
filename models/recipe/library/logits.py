"""What web-llm does to logits before sampling, in place on the GPU: bias, penalties, grammar mask."""

from tvm import tirx
from tvm.script import tirx as T

_THREADS = 256
_MASKED = -1.0e30
"""A forbidden token's logit: far below any real one, and small enough that no later arithmetic overflows."""


def logit_bias_kernel() -> tirx.PrimFunc:
    """logits[rows[i], ids[i]] += bias[i] for every i."""

    @T.prim_func(s_tir=True)
    def apply_logit_bias(
        logits_handle: T.handle, rows_handle: T.handle, ids_handle: T.handle, bias_handle: T.handle
    ):
        T.func_attr(
            {"global_symbol": "apply_logit_bias_inplace", "tirx.noalias": True, "tirx.is_scheduled": True}
        )
        B = T.int32()
        V = T.int32()
        N = T.int32()
        logits = T.match_buffer(logits_handle, (B, V), "float32")
        rows = T.match_buffer(rows_handle, (N,), "int32")
        ids = T.match_buffer(ids_handle, (N,), "int32")
        bias = T.match_buffer(bias_handle, (N,), "float32")
        for block in T.thread_binding(0, (N + _THREADS - 1) // _THREADS, "blockIdx.x"):
            for t in T.thread_binding(0, _THREADS, "threadIdx.x"):
                with T.sblock("entry"):
                    i = T.axis.spatial(N, block * _THREADS + t)
                    T.where(block * _THREADS + t < N)
                    logits[rows[i], ids[i]] = logits[rows[i], ids[i]] + bias[i]

    return apply_logit_bias


def penalty_kernel() -> tirx.PrimFunc:
    """Penalise tokens that have appeared, entry i being token ids[i] of sequence sequences[i], counts[i]
    times.

    penalties[s] = (presence, frequency, repetition): the first is subtracted once, the second once an
    occurrence, then a positive logit is divided, a negative one multiplied, by the third.
    """

    @T.prim_func(s_tir=True)
    def apply_penalty(
        logits_handle: T.handle,
        rows_handle: T.handle,
        sequences_handle: T.handle,
        ids_handle: T.handle,
        counts_handle: T.handle,
        penalties_handle: T.handle,
    ):
        T.func_attr(
            {"global_symbol": "apply_penalty_inplace", "tirx.noalias": True, "tirx.is_scheduled": True}
        )
        B = T.int32()
        V = T.int32()
        N = T.int32()
        S = T.int32()
        logits = T.match_buffer(logits_handle, (B, V), "float32")
        rows = T.match_buffer(rows_handle, (S,), "int32")
        sequences = T.match_buffer(sequences_handle, (N,), "int32")
        ids = T.match_buffer(ids_handle, (N,), "int32")
        counts = T.match_buffer(counts_handle, (N,), "int32")
        penalties = T.match_buffer(penalties_handle, (S, 3), "float32")
        logit = T.sblock_alloc_buffer((1,), "float32", scope="local")
        for block in T.thread_binding(0, (N + _THREADS - 1) // _THREADS, "blockIdx.x"):
            for t in T.thread_binding(0, _THREADS, "threadIdx.x"):
                with T.sblock("entry"):
                    i = T.axis.spatial(N, block * _THREADS + t)
                    T.where(block * _THREADS + t < N)
                    logit[0] = (
                        logits[rows[sequences[i]], ids[i]]
                        - penalties[sequences[i], 0]
                        - T.Cast("float32", counts[i]) * penalties[sequences[i], 1]
                    )
                    logits[rows[sequences[i]], ids[i]] = T.Select(
                        logit[0] < T.float32(0),
                        logit[0] * penalties[sequences[i], 2],
                        logit[0] / penalties[sequences[i], 2],
                    )

    return apply_penalty


def bitmask_kernel() -> tirx.PrimFunc:
    """Forbid every token whose bit is 0: bit v % 32 of mask[rows[s], v / 32] belongs to token v."""

    @T.prim_func(s_tir=True)
    def apply_bitmask(logits_handle: T.handle, rows_handle: T.handle, mask_handle: T.handle):
        T.func_attr(
            {"global_symbol": "apply_bitmask_inplace", "tirx.noalias": True, "tirx.is_scheduled": True}
        )
        B = T.int32()
        V = T.int32()
        S = T.int32()
        logits = T.match_buffer(logits_handle, (B, V), "float32")
        rows = T.match_buffer(rows_handle, (S,), "int32")
        mask = T.match_buffer(mask_handle, (B, (V + 31) // 32), "int32")
        for block in T.thread_binding(0, (S * V + _THREADS - 1) // _THREADS, "blockIdx.x"):
            for t in T.thread_binding(0, _THREADS, "threadIdx.x"):
                with T.sblock("entry"):
                    s = T.axis.spatial(S, (block * _THREADS + t) // V)
                    v = T.axis.spatial(V, (block * _THREADS + t) % V)
                    T.where(block * _THREADS + t < S * V)
                    logits[rows[s], v] = T.if_then_else(
                        (mask[rows[s], v // 32] >> (v % 32)) & 1 == 1, logits[rows[s], v], T.float32(_MASKED)
                    )

    return apply_bitmask


def logit_kernels() -> dict[str, tirx.PrimFunc]:
    """Return the three kernels under the names that web-llm asks for."""
    return {
        "apply_logit_bias_inplace": logit_bias_kernel(),
        "apply_penalty_inplace": penalty_kernel(),
        "apply_bitmask_inplace": bitmask_kernel(),
    }
