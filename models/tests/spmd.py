"""Runs a GPU kernel's TIR in numpy: all threads of a workgroup in lockstep, each a lane of every array.

It needs neither a GPU nor a compiler. Lockstep is stronger than a barrier, so a missing barrier would pass
here; `check/answers.mjs` runs the compiled kernels on a device.
"""

import operator

import numpy as np
from tvm import tirx
from tvm.ir import TensorLoad

_BINARY = {
    tirx.Add: operator.add,
    tirx.Sub: operator.sub,
    tirx.Mul: operator.mul,
    tirx.FloorDiv: operator.floordiv,
    tirx.FloorMod: operator.mod,
    tirx.Min: np.minimum,
    tirx.Max: np.maximum,
    tirx.EQ: operator.eq,
    tirx.NE: operator.ne,
    tirx.LT: operator.lt,
    tirx.LE: operator.le,
    tirx.GT: operator.gt,
    tirx.GE: operator.ge,
    tirx.And: np.logical_and,
    tirx.Or: np.logical_or,
    tirx.BitwiseAnd: np.bitwise_and,
    tirx.LShift: np.left_shift,
    tirx.RShift: np.right_shift,
}
_CALLS = {"tirx.exp": np.exp}


def _dtype(e) -> np.dtype:
    # A buffer names its elements' type itself, an expression through its own type.
    return np.dtype(str(e.dtype if hasattr(e, "dtype") else e.ty.dtype))


class Workgroups:
    """One launch of a kernel. Arrays are written in place."""

    def __init__(self, kernel: tirx.PrimFunc, *arrays: np.ndarray):
        self.kernel = kernel
        self.env: dict[tirx.Var, np.ndarray] = {}
        self.buffers: dict[tirx.Var, np.ndarray] = {}
        self.per_thread: set[tirx.Var] = set()
        for buffer, array in zip(kernel.params, arrays, strict=True):
            for size, actual in zip(buffer.shape, array.shape, strict=True):
                if isinstance(size, tirx.Var):
                    bound = self.env.setdefault(size, np.int64(actual))
                    assert bound == actual, f"{size} is {bound} and {actual}"
            assert _dtype(buffer) == array.dtype, (buffer.name, array.dtype)
            self.buffers[buffer] = array
        self.lanes = 1
        self.active = np.ones(1, bool)
        with np.errstate(over="ignore"):
            self.run(kernel.body)

    def load(self, buffer, indices):
        index = [np.broadcast_to(self.value(i), self.lanes) for i in indices]
        if buffer in self.per_thread:
            index.insert(0, np.arange(self.lanes))
        array = self.buffers[buffer]
        # Lanes that are switched off may hold any index; a live one out of bounds is an error.
        safe = [np.where(self.active, i, 0) for i in index]
        assert all((i >= 0).all() and (i < n).all() for i, n in zip(safe, array.shape, strict=True)), (
            buffer.name
        )
        return array[tuple(safe)]

    def store(self, buffer, indices, value):
        index = [np.broadcast_to(self.value(i), self.lanes) for i in indices]
        if buffer in self.per_thread:
            index.insert(0, np.arange(self.lanes))
        value = np.broadcast_to(np.asarray(value, _dtype(buffer)), self.lanes)
        self.buffers[buffer][tuple(i[self.active] for i in index)] = value[self.active]

    def value(self, e):
        if isinstance(e, tirx.IntImm | tirx.FloatImm):
            return _dtype(e).type(e.value)
        if isinstance(e, tirx.Var):
            return self.env[e]
        if isinstance(e, TensorLoad):
            return self.load(e.source, e.indices)
        if isinstance(e, tirx.Cast):
            return np.asarray(self.value(e.value)).astype(_dtype(e))
        if isinstance(e, tirx.Not):
            return np.logical_not(self.value(e.a))
        if isinstance(e, tirx.Div):
            return self.value(e.a) / self.value(e.b)
        if isinstance(e, tirx.Select):
            return np.where(self.value(e.condition), self.value(e.true_value), self.value(e.false_value))
        if type(e) in _BINARY:
            return _BINARY[type(e)](self.value(e.a), self.value(e.b))
        return self.call(e)

    def call(self, e):
        name = e.op.name
        if name == "prim.if_then_else":
            return np.where(*(self.value(a) for a in e.args))
        if name == "tirx.reinterpret":
            return np.asarray(self.value(e.args[0])).view(_dtype(e))
        if name == "tirx.tvm_storage_sync":
            return None
        return _CALLS[name](*(self.value(a) for a in e.args))

    def run(self, s):
        handler = getattr(self, "run_" + type(s).__name__, None)
        assert handler is not None, f"no meaning given to {type(s).__name__}"
        handler(s)

    def run_SeqStmt(self, s):  # noqa: N802
        for part in s.seq:
            self.run(part)

    def run_Evaluate(self, s):  # noqa: N802
        self.value(s.value)

    def run_BufferStore(self, s):  # noqa: N802
        if self.active.any():
            self.store(s.buffer, s.indices, self.value(s.value))

    def run_IfThenElse(self, s):  # noqa: N802
        before = self.active
        condition = np.broadcast_to(self.value(s.condition), self.lanes)
        for branch, taken in ((s.then_case, condition), (s.else_case, ~condition)):
            self.active = before & taken
            if branch is not None and self.active.any():
                self.run(branch)
        self.active = before

    def run_For(self, s):  # noqa: N802
        extent = int(self.value(s.extent))
        tag = s.thread_binding.thread_tag if s.thread_binding is not None else ""
        if tag.startswith("threadIdx"):
            self.lanes, self.active = extent, np.ones(extent, bool)
            self.env[s.loop_var] = np.arange(extent, dtype=np.int32)
            self.run(s.body)
            self.lanes, self.active = 1, np.ones(1, bool)
            return
        for i in range(extent):
            self.env[s.loop_var] = np.int32(i)
            self.run(s.body)

    def run_SBlockRealize(self, s):  # noqa: N802
        before = self.active
        for var, value in zip(s.block.iter_vars, s.iter_values, strict=True):
            self.env[var.var] = self.value(value)
        self.active = before & np.broadcast_to(self.value(s.predicate), self.lanes)
        if self.active.any():
            for buffer in s.block.alloc_buffers:
                shape = [int(n) for n in buffer.shape]
                if buffer.scope() == "local":
                    # Private memory is allocated at the kernel's head, before the number of lanes is known.
                    self.per_thread.add(buffer)
                    shape.insert(0, 1024)
                self.buffers[buffer] = np.full(shape, 77, _dtype(buffer))
            self.run(s.block.body)
        self.active = before


def launch(kernel: tirx.PrimFunc, *arrays: np.ndarray) -> None:
    """Run `kernel` over `arrays`, in the order of its arguments."""
    Workgroups(kernel, *arrays)
