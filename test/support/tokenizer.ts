import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { compileFunction, constants } from 'node:vm';

export interface Tokenizer {
  encode(text: string): number[];
  decode(ids: readonly number[]): string;
}

interface WebTokenizers {
  Tokenizer: {
    fromJSON(json: ArrayBuffer): Promise<{
      encode(text: string): Int32Array;
      decode(ids: Int32Array): string;
    }>;
  };
}

/**
 * The tokenizer that web-llm has inside, under Node. Its package calls itself an ES module but is none, so it is
 * compiled here as what it is.
 */
export async function loadTokenizer(file: string | URL): Promise<Tokenizer> {
  const require = createRequire(import.meta.url);
  const path = require.resolve('@mlc-ai/web-tokenizers');
  const code = await readFile(path, 'utf8');
  const exported = {};
  compileFunction(code, ['exports', 'module', 'require', '__filename', '__dirname'], {
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  })(exported, { exports: exported }, require, path, dirname(path));
  const json = Uint8Array.from(await readFile(file)).buffer;
  const tokenizer = await (exported as WebTokenizers).Tokenizer.fromJSON(json);
  return {
    encode: (text) => [...tokenizer.encode(text)],
    decode: (ids) => tokenizer.decode(Int32Array.from(ids)),
  };
}
