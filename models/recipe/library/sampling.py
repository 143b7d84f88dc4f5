"""Choosing the next token on the GPU: softmax, a top-k selection, nucleus sampling.

web-llm hands what `argsort_probs` returns to `sample_with_top_p` and looks at neither, so the pair may keep
only the TOP_K likeliest entries: an exact selection of 256 costs a small part of sorting the whole
vocabulary, and the mass a small model leaves beyond its 256 likeliest tokens is noise. The full distribution
still goes to the host when log-probabilities are asked for, straight from the softmax.
"""

from tvm import relax, tirx
from tvm.script import tirx as T

TOP_K = 256
"""Candidates a sampled token is drawn from. Also the workgroup size: one thread places one candidate."""

THREADS = TOP_K
GREEDY_BELOW = 1e-5
"""A temperature at or below this picks the likeliest token (web-llm sends 1e-6 for a temperature of 0)."""

_SLICES = 16
"""Partial results a reduction over the workgroup goes through: 256 = 16 x 16, so it takes two barriers."""


def softmax_kernel() -> tirx.PrimFunc:
    """probabilities[B, 1, V] = softmax(logits / temperature), one workgroup a row.

    A greedy temperature gives 1 to the first of the largest logits and 0 to all others, so the sampler needs
    no special case and ties do not depend on the random number.
    """

    @T.prim_func(s_tir=True)
    def softmax(logits_handle: T.handle, temperature_handle: T.handle, out_handle: T.handle):
        T.func_attr({"tirx.noalias": True, "tirx.is_scheduled": True})
        B = T.int32()
        V = T.int32()
        logits = T.match_buffer(logits_handle, (B, 1, V), "float32")
        temperature = T.match_buffer(temperature_handle, (B,), "float32")
        out = T.match_buffer(out_handle, (B, 1, V), "float32")
        peaks = T.sblock_alloc_buffer((THREADS,), "float32", scope="shared")
        places = T.sblock_alloc_buffer((THREADS,), "int32", scope="shared")
        slice_peaks = T.sblock_alloc_buffer((_SLICES,), "float32", scope="shared")
        slice_places = T.sblock_alloc_buffer((_SLICES,), "int32", scope="shared")
        sums = T.sblock_alloc_buffer((THREADS,), "float32", scope="shared")
        slice_sums = T.sblock_alloc_buffer((_SLICES,), "float32", scope="shared")
        peak = T.sblock_alloc_buffer((1,), "float32", scope="local")
        place = T.sblock_alloc_buffer((1,), "int32", scope="local")
        other = T.sblock_alloc_buffer((1,), "float32", scope="local")
        other_place = T.sblock_alloc_buffer((1,), "int32", scope="local")
        total = T.sblock_alloc_buffer((1,), "float32", scope="local")
        inverse = T.sblock_alloc_buffer((1,), "float32", scope="local")
        for b in T.thread_binding(0, B, "blockIdx.x"):
            for t in T.thread_binding(0, THREADS, "threadIdx.x"):
                with T.sblock("row"):
                    T.reads(logits[b, 0, 0:V], temperature[b])
                    T.writes(out[b, 0, 0:V])
                    # 1. The largest logit and where it first occurs.
                    peak[0] = T.float32(-3.0e38)
                    place[0] = V
                    for i in T.serial((V + THREADS - 1) // THREADS):
                        if i * THREADS + t < V:
                            other[0] = logits[b, 0, i * THREADS + t]
                            if other[0] > peak[0]:
                                peak[0] = other[0]
                                place[0] = i * THREADS + t
                    peaks[t] = peak[0]
                    places[t] = place[0]
                    T.tvm_storage_sync("shared")
                    if t < _SLICES:
                        for i in T.serial(THREADS // _SLICES):
                            other[0] = peaks[t * (THREADS // _SLICES) + i]
                            other_place[0] = places[t * (THREADS // _SLICES) + i]
                            if other[0] > peak[0] or (other[0] == peak[0] and other_place[0] < place[0]):
                                peak[0] = other[0]
                                place[0] = other_place[0]
                        slice_peaks[t] = peak[0]
                        slice_places[t] = place[0]
                    T.tvm_storage_sync("shared")
                    for i in T.serial(_SLICES):
                        other[0] = slice_peaks[i]
                        other_place[0] = slice_places[i]
                        if other[0] > peak[0] or (other[0] == peak[0] and other_place[0] < place[0]):
                            peak[0] = other[0]
                            place[0] = other_place[0]
                    # 2. The normaliser. Differences are cut off far below where exp is zero, because a masked
                    # logit divided by a small temperature would leave the range of f32.
                    inverse[0] = T.float32(1) / T.max(temperature[b], T.float32(GREEDY_BELOW))
                    total[0] = T.float32(0)
                    for i in T.serial((V + THREADS - 1) // THREADS):
                        if i * THREADS + t < V:
                            total[0] = total[0] + T.exp(
                                T.max(logits[b, 0, i * THREADS + t] - peak[0], T.float32(-1.0e4)) * inverse[0]
                            )
                    sums[t] = total[0]
                    T.tvm_storage_sync("shared")
                    if t < _SLICES:
                        total[0] = T.float32(0)
                        for i in T.serial(THREADS // _SLICES):
                            total[0] = total[0] + sums[t * (THREADS // _SLICES) + i]
                        slice_sums[t] = total[0]
                    T.tvm_storage_sync("shared")
                    total[0] = T.float32(0)
                    for i in T.serial(_SLICES):
                        total[0] = total[0] + slice_sums[i]
                    # 3. The probabilities.
                    for i in T.serial((V + THREADS - 1) // THREADS):
                        if i * THREADS + t < V:
                            if temperature[b] > T.float32(GREEDY_BELOW):
                                out[b, 0, i * THREADS + t] = (
                                    T.exp(
                                        T.max(logits[b, 0, i * THREADS + t] - peak[0], T.float32(-1.0e4))
                                        * inverse[0]
                                    )
                                    / total[0]
                                )
                            else:
                                out[b, 0, i * THREADS + t] = T.Select(
                                    i * THREADS + t == place[0], T.float32(1), T.float32(0)
                                )

    return softmax


def top_k_kernel() -> tirx.PrimFunc:
    """Exact selection of the TOP_K largest of probabilities[B, V], in descending order, ties by lower index.

    One workgroup a row. The bits of a non-negative float order as the float does, so the value of the
    TOP_K-th largest is found three bits at a time by counting (ten passes), then its entries are gathered and
    each thread places one of them by counting how many precede it.
    """
    steps = 10  # 30 bits: every float below 2
    levels = 7  # candidate thresholds a pass, 3 bits

    @T.prim_func(s_tir=True)
    def top_k(probs_handle: T.handle, values_handle: T.handle, indices_handle: T.handle):
        T.func_attr({"tirx.noalias": True, "tirx.is_scheduled": True})
        B = T.int32()
        V = T.int32()
        probs = T.match_buffer(probs_handle, (B, V), "float32")
        values = T.match_buffer(values_handle, (B, TOP_K), "float32")
        indices = T.match_buffer(indices_handle, (B, TOP_K), "int32")
        counts = T.sblock_alloc_buffer((levels * THREADS,), "int32", scope="shared")
        slices = T.sblock_alloc_buffer((levels * _SLICES,), "int32", scope="shared")
        kept_values = T.sblock_alloc_buffer((TOP_K,), "float32", scope="shared")
        kept_indices = T.sblock_alloc_buffer((TOP_K,), "int32", scope="shared")
        count = T.sblock_alloc_buffer((levels,), "int32", scope="local")
        threshold = T.sblock_alloc_buffer((1,), "uint32", scope="local")
        raised = T.sblock_alloc_buffer((1,), "uint32", scope="local")
        key = T.sblock_alloc_buffer((1,), "uint32", scope="local")
        number = T.sblock_alloc_buffer((1,), "int32", scope="local")
        other = T.sblock_alloc_buffer((1,), "int32", scope="local")
        above = T.sblock_alloc_buffer((1,), "int32", scope="local")
        equal = T.sblock_alloc_buffer((1,), "int32", scope="local")
        value = T.sblock_alloc_buffer((1,), "float32", scope="local")
        rival = T.sblock_alloc_buffer((1,), "float32", scope="local")
        for b in T.thread_binding(0, B, "blockIdx.x"):
            for t in T.thread_binding(0, THREADS, "threadIdx.x"):
                with T.sblock("row"):
                    T.reads(probs[b, 0:V])
                    T.writes(values[b, 0:TOP_K], indices[b, 0:TOP_K])
                    # 1. threshold = the largest bit pattern that TOP_K entries reach.
                    threshold[0] = T.uint32(0)
                    for step in T.serial(steps):
                        for j in T.unroll(levels):
                            count[j] = 0
                        for i in T.serial((V + THREADS - 1) // THREADS):
                            if i * THREADS + t < V:
                                key[0] = T.reinterpret("uint32", probs[b, i * THREADS + t])
                                for j in T.unroll(levels):
                                    count[j] = count[j] + T.Select(
                                        key[0]
                                        >= threshold[0]
                                        + (
                                            T.Cast("uint32", j + 1)
                                            << T.Cast("uint32", 3 * (steps - 1 - step))
                                        ),
                                        1,
                                        0,
                                    )
                        for j in T.unroll(levels):
                            counts[j * THREADS + t] = count[j]
                        T.tvm_storage_sync("shared")
                        if t < levels * _SLICES:
                            number[0] = 0
                            for i in T.serial(THREADS // _SLICES):
                                number[0] = number[0] + counts[t * (THREADS // _SLICES) + i]
                            slices[t] = number[0]
                        T.tvm_storage_sync("shared")
                        raised[0] = threshold[0]
                        for j in T.unroll(levels):
                            number[0] = 0
                            for i in T.serial(_SLICES):
                                number[0] = number[0] + slices[j * _SLICES + i]
                            if number[0] >= TOP_K:
                                raised[0] = threshold[0] + (
                                    T.Cast("uint32", j + 1) << T.Cast("uint32", 3 * (steps - 1 - step))
                                )
                        threshold[0] = raised[0]
                    # 2. Each thread counts its entries above and at the threshold, and learns where its own
                    # go: first everything above, then as many of the equal ones as there is room for.
                    T.tvm_storage_sync("shared")
                    above[0] = 0
                    equal[0] = 0
                    for i in T.serial((V + THREADS - 1) // THREADS):
                        if i * THREADS + t < V:
                            key[0] = T.reinterpret("uint32", probs[b, i * THREADS + t])
                            above[0] = above[0] + T.Select(key[0] > threshold[0], 1, 0)
                            equal[0] = equal[0] + T.Select(key[0] == threshold[0], 1, 0)
                    counts[t] = above[0]
                    counts[THREADS + t] = equal[0]
                    T.tvm_storage_sync("shared")
                    above[0] = 0
                    equal[0] = 0
                    for i in T.serial(THREADS):
                        number[0] = counts[i]
                        other[0] = counts[THREADS + i]
                        equal[0] = equal[0] + number[0] + T.Select(i < t, other[0], 0)
                        above[0] = above[0] + T.Select(i < t, number[0], 0)
                    for i in T.serial((V + THREADS - 1) // THREADS):
                        if i * THREADS + t < V:
                            value[0] = probs[b, i * THREADS + t]
                            key[0] = T.reinterpret("uint32", value[0])
                            if key[0] > threshold[0]:
                                kept_values[above[0]] = value[0]
                                kept_indices[above[0]] = i * THREADS + t
                                above[0] = above[0] + 1
                            if key[0] == threshold[0]:
                                if equal[0] < TOP_K:
                                    kept_values[equal[0]] = value[0]
                                    kept_indices[equal[0]] = i * THREADS + t
                                    equal[0] = equal[0] + 1
                    T.tvm_storage_sync("shared")
                    # 3. One candidate a thread: its rank is the number of candidates that precede it.
                    value[0] = kept_values[t]
                    number[0] = kept_indices[t]
                    above[0] = 0
                    for i in T.serial(TOP_K):
                        rival[0] = kept_values[i]
                        other[0] = kept_indices[i]
                        above[0] = above[0] + T.Select(
                            rival[0] > value[0] or (rival[0] == value[0] and other[0] < number[0]), 1, 0
                        )
                    values[b, above[0]] = value[0]
                    indices[b, above[0]] = number[0]

    return top_k


def nucleus_kernel() -> tirx.PrimFunc:
    """Sample the token ids[N] from sorted candidates, by nucleus (top-p) sampling.

    Row r = sample_rows[n] of the candidates is cut to the shortest prefix whose mass reaches top_p[r] (all
    TOP_K if none does), renormalised, and inverted at uniform[n] in [0, 1).
    """

    @T.prim_func(s_tir=True)
    def nucleus(
        values_handle: T.handle,
        indices_handle: T.handle,
        uniform_handle: T.handle,
        rows_handle: T.handle,
        top_p_handle: T.handle,
        out_handle: T.handle,
    ):
        T.func_attr({"tirx.noalias": True, "tirx.is_scheduled": True})
        B = T.int32()
        N = T.int32()
        values = T.match_buffer(values_handle, (B, TOP_K), "float32")
        indices = T.match_buffer(indices_handle, (B, TOP_K), "int32")
        uniform = T.match_buffer(uniform_handle, (N,), "float32")
        rows = T.match_buffer(rows_handle, (N,), "int32")
        top_p = T.match_buffer(top_p_handle, (B,), "float32")
        out = T.match_buffer(out_handle, (N,), "int32")
        mass = T.sblock_alloc_buffer((1,), "float32", scope="local")
        wanted = T.sblock_alloc_buffer((1,), "float32", scope="local")
        chosen = T.sblock_alloc_buffer((1,), "int32", scope="local")
        row = T.sblock_alloc_buffer((1,), "int32", scope="local")
        for n in T.thread_binding(0, N, "blockIdx.x"):
            for _t in T.thread_binding(0, 1, "threadIdx.x"):
                with T.sblock("sample"):
                    T.reads(uniform[n], rows[n], top_p[0:B], values[0:B, 0:TOP_K], indices[0:B, 0:TOP_K])
                    T.writes(out[n])
                    row[0] = rows[n]
                    mass[0] = T.float32(0)
                    for i in T.serial(TOP_K):
                        if mass[0] < top_p[row[0]]:
                            mass[0] = mass[0] + values[row[0], i]
                    wanted[0] = uniform[n] * mass[0]
                    # The last candidate with any mass stands where rounding carries it past the end.
                    mass[0] = T.float32(0)
                    chosen[0] = 0
                    for i in T.serial(TOP_K):
                        if mass[0] <= wanted[0] and mass[0] < top_p[row[0]]:
                            if values[row[0], i] > T.float32(0):
                                chosen[0] = i
                            mass[0] = mass[0] + values[row[0], i]
                    out[n] = indices[row[0], chosen[0]]

    return nucleus


def add_sampling(bb: relax.BlockBuilder) -> None:
    """Add `softmax_with_temperature`, `argsort_probs` and `sample_with_top_p`, as web-llm calls them."""
    B = tirx.Var("batch_size", "int64")
    V = tirx.Var("vocab_size", "int64")
    N = tirx.Var("num_samples", "int64")

    def tensor(shape: tuple, dtype: str) -> relax.TensorType:
        return relax.TensorType(shape, dtype)

    def function(name: str, args: list, kernel: tirx.PrimFunc, outputs: list) -> None:
        with bb.function(name, args):
            with bb.dataflow():
                kernel_var = bb.add_func(kernel, f"{name}_kernel")
                result = bb.emit(
                    relax.call_tir(kernel_var, args, out_ty=outputs if len(outputs) > 1 else outputs[0])
                )
                if len(outputs) > 1:
                    result = tuple(bb.emit(result[i]) for i in range(len(outputs)))
                result = bb.emit_output(result)
            bb.emit_func_output(result)

    logits = relax.Var("logits", tensor((B, 1, V), "float32"))
    temperature = relax.Var("temperature", tensor((B,), "float32"))
    function(
        "softmax_with_temperature", [logits, temperature], softmax_kernel(), [tensor((B, 1, V), "float32")]
    )

    probs = relax.Var("probs", tensor((B, V), "float32"))
    candidates = [tensor((B, TOP_K), "float32"), tensor((B, TOP_K), "int32")]
    function("argsort_probs", [probs], top_k_kernel(), candidates)

    args = [
        relax.Var("sorted_probs", candidates[0]),
        relax.Var("sorted_indices", candidates[1]),
        relax.Var("uniform_samples", tensor((N,), "float32")),
        relax.Var("sample_indices", tensor((N,), "int32")),
        relax.Var("top_p", tensor((B,), "float32")),
    ]
    function("sample_with_top_p", args, nucleus_kernel(), [tensor((N,), "int32")])
