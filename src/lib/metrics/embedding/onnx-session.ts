import type { InferenceSession, Tensor, TypedTensor } from 'onnxruntime-web';
import type { EncoderSession } from './onnx-encoder';

/** What is needed of onnxruntime-web, whichever of its builds was loaded. */
export interface OnnxRuntime {
  InferenceSession: {
    create(bytes: Uint8Array, options: InferenceSession.SessionOptions): Promise<InferenceSession>;
  };
  Tensor: new (type: 'int64', data: BigInt64Array, dims: readonly number[]) => TypedTensor<'int64'>;
}

/** The encoder's two graphs in onnxruntime: the upper one goes on where the lower one ends. */
export async function startOnnxSession(
  runtime: OnnxRuntime,
  lower: Uint8Array,
  upper: Uint8Array,
): Promise<EncoderSession> {
  const options: InferenceSession.SessionOptions = { executionProviders: ['wasm'] };
  const first = await runtime.InferenceSession.create(lower, options);
  const rest = await runtime.InferenceSession.create(upper, options);
  return {
    async run({ ids, mask, batch, length }, output) {
      const tensor = (data: BigInt64Array) => new runtime.Tensor('int64', data, [batch, length]);
      const covered = tensor(mask);
      const tokens = vectorsOf(await first.run({ ids: tensor(ids), mask: covered }));
      if (output === 'tokens') return floatsOf(tokens);
      return floatsOf(vectorsOf(await rest.run({ lower: tokens, mask: covered })));
    },
  };
}

function vectorsOf(outputs: InferenceSession.OnnxValueMapType): Tensor {
  const found = outputs['vectors'];
  if (!found) throw new Error('the graph has no output "vectors"');
  return found as Tensor;
}

function floatsOf({ data }: Tensor): Float32Array {
  if (data instanceof Float32Array) return data;
  throw new Error('the output is not of floats');
}
