import type { AppConfig } from '@mlc-ai/web-llm';

/** A model that web-llm's makers compiled and host. */
export interface PrebuiltModel {
  /** web-llm's own name of it. */
  id: string;
  /** Where its weights are, for its card. */
  source: string;
  /** Bytes to fetch, as its parameters and quantisation come to; `null` where its name does not tell. */
  bytes: number | null;
  /** Memory of the graphics card that it needs (bytes); `null`: not told. */
  memory: number | null;
  /** `null`: not known here. */
  licence: string | null;
  /** Needs 16-bit arithmetic of the graphics card. */
  needsHalf: boolean;
}

/** The location of a prebuilt model, in place of a manifest's address. */
export const prebuiltScheme = 'web-llm:';

/** The licences of families, by what their names begin with; the more particular ones first. */
const licences: readonly (readonly [RegExp, string])[] = [
  [/^(Llama-2|Llama-3|Hermes-(2|3).*Llama)/i, 'Llama Community License'],
  [/^DeepSeek-R1-Distill-Llama/i, 'MIT, over the Llama Community License'],
  [/^DeepSeek-R1/i, 'MIT'],
  [/^Qwen2(\.5)?(-Coder)?-3B/i, 'Qwen Research License'],
  [/^Qwen/i, 'Apache-2.0'],
  [/^SmolLM/i, 'Apache-2.0'],
  [/^(Mistral|OpenHermes|NeuralHermes|Hermes-2-Pro-Mistral)/i, 'Apache-2.0'],
  [/^(TinyLlama|OLMo|RedPajama)/i, 'Apache-2.0'],
  [/^phi-?(1|2|3|4)/i, 'MIT'],
  [/^gemma-?[23]?-/i, 'Gemma Terms of Use'],
];

/** Bits a parameter of each quantisation, its scales included. */
const bits: Readonly<Record<string, number>> = {
  q0f16: 16,
  q0f32: 32,
  q3f16: 3.5,
  q4f16: 4.5,
  q4f32: 5,
};

/** The chat models of web-llm's list, the smallest first; those for pictures and embeddings are no simulators. */
export function readPrebuilt({ model_list: models }: AppConfig): readonly PrebuiltModel[] {
  return models
    .filter(({ model_type: type = 0 }) => type === 0)
    .map(({ model_id: id, model, vram_required_MB: vram, required_features: features = [] }) => ({
      id,
      source: model,
      bytes: bytesOf(id),
      memory: vram === undefined ? null : Math.round(vram * 1e6),
      licence: licences.find(([family]) => family.test(id))?.[1] ?? null,
      needsHalf: features.includes('shader-f16'),
    }))
    .sort((a, b) => (a.memory ?? Infinity) - (b.memory ?? Infinity) || a.id.localeCompare(b.id));
}

function bytesOf(id: string): number | null {
  const [, count, unit] = /-(?:E)?(\d+(?:[._]\d+)?)([BM])\b/i.exec(id) ?? [];
  const [quantisation] = /q\df(?:16|32)/.exec(id) ?? [];
  const each = quantisation === undefined ? undefined : bits[quantisation];
  if (count === undefined || each === undefined) return null;
  const parameters = Number(count.replace('_', '.')) * (unit?.toUpperCase() === 'M' ? 1e6 : 1e9);
  return Math.round((parameters * each) / 8);
}
