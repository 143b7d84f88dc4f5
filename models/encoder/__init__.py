"""Makes the sentence encoder that the metrics use: MiniLM-L6 as 8-bit ONNX."""
