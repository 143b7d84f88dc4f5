"""The compiled half of an artifact: a Relax model, its WebGPU kernels, the WebAssembly library."""
