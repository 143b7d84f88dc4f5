"""The compiled half of an artifact: a Relax model, its WebGPU kernels, and the WebAssembly library around them."""
