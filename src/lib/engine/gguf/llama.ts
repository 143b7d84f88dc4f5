import type { ModelManifest } from '../../contracts/engine';
import { alignment, type MetadataValue, type TensorInfo, type TensorType } from './writer';

type Architecture = ModelManifest['architecture'];

/** Part of a packed matrix that becomes one GGUF tensor. */
export interface MatrixPart {
  tensor: TensorInfo;
  /** Columns [from, from + count) of the packed matrix. */
  from: number;
  count: number;
  /** Set for Q and K, whose rows GGUF orders in another way. */
  rotary: boolean;
}

/** One parameter of the shards and the GGUF tensors it becomes. */
export type Source =
  | { kind: 'matrix'; name: string; type: 'q4_0' | 'q8_0'; inputs: number; parts: MatrixPart[] }
  | { kind: 'vector'; name: string; tensor: TensorInfo };

function matrix(
  name: string,
  type: Exclude<TensorType, 'f32'>,
  inputs: number,
  parts: readonly (readonly [name: string, count: number, rotary?: boolean])[],
): Source {
  let from = 0;
  return {
    kind: 'matrix',
    name,
    type,
    inputs,
    parts: parts.map(([part, count, rotary = false]) => {
      const placed: MatrixPart = {
        tensor: { name: `${part}.weight`, shape: [inputs, count], type },
        from,
        count,
        rotary,
      };
      from += count;
      return placed;
    }),
  };
}

function vector(name: string, target: string, size: number): Source {
  return {
    kind: 'vector',
    name: `${name}.weight`,
    tensor: { name: `${target}.weight`, shape: [size], type: 'f32' },
  };
}

/** Every parameter of a Llama-family model with tied embeddings, in the order of the shards. */
export function llamaSources(arch: Architecture): Source[] {
  const query = arch.heads * arch.headSize;
  const keyValue = arch.kvHeads * arch.headSize;
  const layer = (i: number): Source[] => {
    const [from, to] = [`layers.${i}`, `blk.${i}`];
    return [
      matrix(`${from}.attention.qkv`, 'q4_0', arch.hidden, [
        [`${to}.attn_q`, query, true],
        [`${to}.attn_k`, keyValue, true],
        [`${to}.attn_v`, keyValue],
      ]),
      matrix(`${from}.attention.o`, 'q4_0', query, [[`${to}.attn_output`, arch.hidden]]),
      matrix(`${from}.mlp.gate_up`, 'q4_0', arch.hidden, [
        [`${to}.ffn_gate`, arch.intermediate],
        [`${to}.ffn_up`, arch.intermediate],
      ]),
      matrix(`${from}.mlp.down`, 'q4_0', arch.intermediate, [[`${to}.ffn_down`, arch.hidden]]),
      vector(`${from}.attention_norm`, `${to}.attn_norm`, arch.hidden),
      vector(`${from}.mlp_norm`, `${to}.ffn_norm`, arch.hidden),
    ];
  };
  return [
    matrix('embedding', 'q8_0', arch.hidden, [['token_embd', arch.vocabulary]]),
    ...Array.from({ length: arch.layers }, (_, i) => layer(i)).flat(),
    vector('norm', 'output_norm', arch.hidden),
  ];
}

/** GGUF's entries for the architecture. Without an `output` tensor llama.cpp ties it to the embedding. */
export function llamaMetadata(
  manifest: Pick<ModelManifest, 'title' | 'architecture'>,
): Record<string, MetadataValue> {
  const arch = manifest.architecture;
  const u32 = (value: number): MetadataValue => ({ type: 'u32', value });
  return {
    'general.architecture': { type: 'string', value: 'llama' },
    'general.name': { type: 'string', value: manifest.title },
    'general.alignment': u32(alignment),
    'general.quantization_version': u32(2),
    'general.file_type': u32(2),
    'llama.block_count': u32(arch.layers),
    'llama.context_length': u32(arch.contextLength),
    'llama.embedding_length': u32(arch.hidden),
    'llama.feed_forward_length': u32(arch.intermediate),
    'llama.attention.head_count': u32(arch.heads),
    'llama.attention.head_count_kv': u32(arch.kvHeads),
    'llama.attention.layer_norm_rms_epsilon': { type: 'f32', value: arch.normEpsilon },
    'llama.rope.freq_base': { type: 'f32', value: arch.ropeTheta },
    'llama.rope.dimension_count': u32(arch.headSize),
    'llama.vocab_size': u32(arch.vocabulary),
  };
}
