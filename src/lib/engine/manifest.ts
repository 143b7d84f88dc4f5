import {
  modelRoles,
  type EngineInfo,
  type ManifestFile,
  type ModelManifest,
} from '../contracts/engine';
import { LabError } from '../contracts/errors';
import { hashText } from '../domain/random';

const sizes = [
  'hidden',
  'intermediate',
  'layers',
  'heads',
  'kvHeads',
  'headSize',
  'vocabulary',
  'ropeTheta',
  'normEpsilon',
  'contextLength',
] as const;

type Json = Record<string, unknown>;

function invalid(what: string): LabError {
  return new LabError(
    'model-corrupt',
    'The model manifest is damaged or of another version. Build the model again with this version of models/.',
    what,
  );
}

/** Whether parsed JSON is an object: neither a list nor null. */
export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(from: Json, key: string): string {
  const value = from[key];
  if (typeof value !== 'string' || value === '') throw invalid(`"${key}" must be text`);
  return value;
}

function positive(from: Json, key: string): number {
  const value = from[key];
  if (typeof value !== 'number' || !Number.isFinite(value) || value <= 0)
    throw invalid(`"${key}" must be a positive number`);
  return value;
}

function fileOf(value: unknown, where: string): ManifestFile {
  if (!isObject(value)) throw invalid(`${where} must be an object`);
  const path = text(value, 'path');
  const inside = !path.startsWith('/') && !path.includes('\\') && !path.includes(':');
  if (!inside || path.split('/').includes('..')) throw invalid(`"${path}" leaves the model folder`);
  const sha256 = text(value, 'sha256');
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw invalid(`"${path}" has no SHA-256`);
  const bytes = positive(value, 'bytes');
  if (!Number.isSafeInteger(bytes)) throw invalid(`"${path}" has no length in bytes`);
  return { path, bytes, sha256 };
}

function architectureOf(value: unknown): ModelManifest['architecture'] {
  if (!isObject(value)) throw invalid('"architecture" must be an object');
  const entries = sizes.map((key) => [key, positive(value, key)] as const);
  return Object.fromEntries(entries) as ModelManifest['architecture'];
}

/** A model's identity: SHA-256 over the sorted lines "path sha256" of its shards and its tokenizer. */
export function modelHash(files: readonly ManifestFile[]): string {
  const lines = files
    .filter(({ path }) => path.endsWith('.bin') || path.endsWith('tokenizer.json'))
    .map(({ path, sha256 }) => `${path} ${sha256}\n`);
  return hashText(lines.sort().join(''));
}

/** A manifest from its JSON. Error: `model-corrupt`, the detail says which field is wrong. */
export function parseManifest(json: unknown): ModelManifest {
  if (!isObject(json)) throw invalid('the manifest must be an object');
  const { role, promptVersion, files } = json;
  const knownRole = modelRoles.find((each) => each === role);
  if (role !== undefined && knownRole === undefined)
    throw invalid(`"role" must be one of ${modelRoles.join(', ')}`);
  if (promptVersion !== null && typeof promptVersion !== 'string')
    throw invalid('"promptVersion" must be text or null');
  if (!Array.isArray(files) || files.length === 0) throw invalid('"files" must be a list');
  const listed = files.map((file, i) => fileOf(file, `"files[${i}]"`));
  const hash = text(json, 'hash');
  if (hash !== modelHash(listed)) throw invalid('"hash" is not that of the files');
  return {
    id: text(json, 'id'),
    title: text(json, 'title'),
    base: text(json, 'base'),
    licence: text(json, 'licence'),
    source: text(json, 'source'),
    ...(knownRole === undefined ? {} : { role: knownRole }),
    promptVersion,
    parameters: positive(json, 'parameters'),
    quantization: text(json, 'quantization'),
    library: fileOf(json['library'], '"library"'),
    files: listed,
    hash,
    architecture: architectureOf(json['architecture']),
  };
}

/** Which model an engine holds, from its manifest. */
export function modelIdentity(manifest: ModelManifest): EngineInfo['model'] {
  const { id, hash, promptVersion, role } = manifest;
  return { id, hash, promptVersion, ...(role === undefined ? {} : { role }) };
}

/**
 * Refuses a model that was fine-tuned under another prompt version. `null` (base, prebuilt, endpoint) passes: such
 * a model is used zero-shot. Error: `model-incompatible`.
 */
export function checkPromptVersion(
  model: { id: string; promptVersion: string | null },
  current: string,
): void {
  if (model.promptVersion === null || model.promptVersion === current) return;
  throw new LabError(
    'model-incompatible',
    `The model ${model.id} was fine-tuned under other prompts than this version of the lab uses. Use the model that came with this version, or fine-tune it again.`,
    `prompt version ${model.promptVersion}, expected ${current}`,
  );
}

/** The one file of the model with this name in its last path segment. Error: `model-corrupt`. */
export function manifestFile(manifest: ModelManifest, name: string): ManifestFile {
  const file = manifest.files.find(({ path }) => path === name || path.endsWith(`/${name}`));
  if (!file) throw invalid(`"files" lacks ${name}`);
  return file;
}
