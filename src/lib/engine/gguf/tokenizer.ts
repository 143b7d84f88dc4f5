import { LabError } from '../../contracts/errors';
import type { MetadataValue } from './writer';

interface PreTokenizer {
  type: string;
  pretokenizers?: PreTokenizer[];
  individual_digits?: boolean;
  add_prefix_space?: boolean;
}

interface TokenizerJson {
  model: { type: string; vocab: Record<string, number>; merges: (string | [string, string])[] };
  pre_tokenizer: PreTokenizer | null;
  added_tokens: { id: number; content: string; special: boolean }[];
}

/** Token ids that the tokenizer's file does not name. */
export interface SpecialTokens {
  bos: number;
  eos: number;
  pad: number;
}

const tokenTypes = { normal: 1, control: 3, userDefined: 4, unused: 5 };

function unsupported(detail: string): LabError {
  return new LabError(
    'model-incompatible',
    'The WebAssembly and native engines cannot rebuild the tokenizer of this model. Run it on WebGPU, or choose another model.',
    detail,
  );
}

/** llama.cpp's name of the rule that splits text before the merges. */
function preTokenizerName(pre: PreTokenizer | null): string {
  const parts = pre?.pretokenizers ?? [];
  const [digits, bytes] = parts;
  if (
    pre?.type === 'Sequence' &&
    parts.length === 2 &&
    digits?.type === 'Digits' &&
    digits.individual_digits === true &&
    bytes?.type === 'ByteLevel' &&
    bytes.add_prefix_space === false
  )
    return 'smollm';
  throw unsupported(`pre-tokenizer ${JSON.stringify(pre)}`);
}

/** GGUF's tokenizer entries from the text of tokenizer.json (byte-level BPE). Error: `model-incompatible`. */
export function tokenizerMetadata(
  json: string,
  vocabulary: number,
  special: SpecialTokens,
): Record<string, MetadataValue> {
  const { model, pre_tokenizer, added_tokens } = JSON.parse(json) as TokenizerJson;
  if (model.type !== 'BPE') throw unsupported(`tokenizer model ${model.type}`);
  const tokens = Array.from({ length: vocabulary }, (_, id) => `[PAD${id}]`);
  const types = new Array<number>(vocabulary).fill(tokenTypes.unused);
  const add = (id: number, token: string, type: number): void => {
    if (id >= vocabulary) throw unsupported(`token ${id} of a vocabulary of ${vocabulary}`);
    tokens[id] = token;
    types[id] = type;
  };
  for (const [token, id] of Object.entries(model.vocab)) add(id, token, tokenTypes.normal);
  for (const { id, content, special: control } of added_tokens)
    add(id, content, control ? tokenTypes.control : tokenTypes.userDefined);
  const merges = model.merges.map((merge) => (typeof merge === 'string' ? merge : merge.join(' ')));
  return {
    'tokenizer.ggml.model': { type: 'string', value: 'gpt2' },
    'tokenizer.ggml.pre': { type: 'string', value: preTokenizerName(pre_tokenizer) },
    'tokenizer.ggml.tokens': { type: 'string[]', value: tokens },
    'tokenizer.ggml.token_type': { type: 'i32[]', value: types },
    'tokenizer.ggml.merges': { type: 'string[]', value: merges },
    'tokenizer.ggml.bos_token_id': { type: 'u32', value: special.bos },
    'tokenizer.ggml.eos_token_id': { type: 'u32', value: special.eos },
    'tokenizer.ggml.padding_token_id': { type: 'u32', value: special.pad },
    'tokenizer.ggml.unknown_token_id': { type: 'u32', value: 0 },
    'tokenizer.ggml.add_bos_token': { type: 'bool', value: false },
    'tokenizer.ggml.add_space_prefix': { type: 'bool', value: false },
  };
}
