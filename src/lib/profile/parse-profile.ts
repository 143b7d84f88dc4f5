import { LabError } from '../contracts';
import type {
  Attribute,
  ItemId,
  Patience,
  Profile,
  ProfileSource,
  Talkativeness,
} from '../contracts';
import { attributeKey } from '../domain/attributes';
import type { Catalogue } from '../domain/catalogue';
import { deriveId } from '../domain/random';
import { countFitting } from './fit';

const patiences: readonly Patience[] = ['low', 'normal', 'high'];
const talks: readonly Talkativeness[] = ['brief', 'normal', 'chatty'];
const splits: readonly ProfileSource['split'][] = [
  'train',
  'validation',
  'shown',
  'test',
  'hand',
  'imported',
];
/** A summary goes into a chat template whole: its marks would end the message. */
const forbiddenInSummary = /<\||\|>/;
const longestSummary = 1000;
const longestText = 200;

function fail(problem: string): never {
  throw new LabError('profile-invalid', problem);
}

function textOf(value: unknown, what: string, longest = longestText): string {
  if (typeof value !== 'string' || value.trim() === '') fail(`${what} must be a text`);
  if (value.length > longest) fail(`${what} is longer than ${longest} characters`);
  return value.trim();
}

function listOf(value: unknown, what: string): readonly unknown[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) fail(`${what} must be a list`);
  return value;
}

function choiceOf<T extends string>(value: unknown, what: string, known: readonly T[]): T {
  const found = known.find((option) => option === value);
  if (found === undefined) fail(`${what} must be one of ${known.join(', ')}`);
  return found;
}

/** Values that the catalogue holds, by type: a wish for anything else would fit nothing, silently. */
function knownValues(catalogue: Catalogue): ReadonlyMap<string, Attribute> {
  const kept = valuesOf.get(catalogue);
  if (kept !== undefined) return kept;
  const known = new Map<string, Attribute>();
  for (const item of catalogue.items) {
    for (const { type, value } of catalogue.attributesOf(item)) {
      known.set(attributeKey({ type, value: value.toLowerCase() }), { type, value });
    }
  }
  valuesOf.set(catalogue, known);
  return known;
}
const valuesOf = new WeakMap<Catalogue, ReadonlyMap<string, Attribute>>();

function attributesOf(value: unknown, what: string, catalogue: Catalogue): Attribute[] {
  const types = catalogue.pack.attributeTypes.map((type) => type.id);
  const attributes = listOf(value, what).map((entry, i) => {
    const at = `${what}[${i}]`;
    if (typeof entry !== 'object' || entry === null) fail(`${at} must hold a type and a value`);
    const { type, value: raw } = entry as Record<string, unknown>;
    const typeId = choiceOf(type, `${at}.type`, types);
    const wish = textOf(raw, `${at}.value`);
    const known = knownValues(catalogue).get(
      attributeKey({ type: typeId, value: wish.toLowerCase() }),
    );
    return known ?? fail(`${at}: no item of the catalogue has the ${typeId} "${wish}"`);
  });
  const unique = new Map(attributes.map((attribute) => [attributeKey(attribute), attribute]));
  return [...unique.values()];
}

function itemsOf(value: unknown, what: string, catalogue: Catalogue): ItemId[] {
  const ids = listOf(value, what).map((entry, i) => {
    const text = textOf(entry, `${what}[${i}]`);
    const item = catalogue.byId(text) ?? catalogue.byLabel(text);
    return item?.id ?? fail(`${what}[${i}]: the catalogue holds no item "${text}"`);
  });
  return [...new Set(ids)];
}

function sourceOf(value: unknown): ProfileSource {
  if (value === undefined) return { dataset: 'hand-written', split: 'hand', licence: 'own' };
  if (typeof value !== 'object' || value === null) fail('source must be an object');
  const source = value as Record<string, unknown>;
  return {
    dataset: textOf(source.dataset, 'source.dataset'),
    ...(source.dialogueId === undefined
      ? {}
      : { dialogueId: textOf(source.dialogueId, 'source.dialogueId') }),
    split: choiceOf(source.split, 'source.split', splits),
    licence: textOf(source.licence, 'source.licence'),
    ...(source.attribution === undefined
      ? {}
      : { attribution: textOf(source.attribution, 'source.attribution', longestSummary) }),
  };
}

/**
 * One profile from parsed JSON. Only `summary` and `wanted` are required; an id is derived from them, anonymity is
 * always counted anew (a stated number could be wrong), items may be given by id or label, targets may be empty.
 * Errors: `profile-invalid`, the message being the reason.
 */
export function parseProfile(json: unknown, catalogue: Catalogue): Profile {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    fail('a profile must be a JSON object');
  }
  const raw = json as Record<string, unknown>;
  if (raw.schemaVersion !== undefined && raw.schemaVersion !== 1) fail('schemaVersion must be 1');
  const domain = catalogue.pack.id;
  if (raw.domain !== undefined && raw.domain !== domain) {
    fail(`the profile is for the domain "${String(raw.domain)}", this catalogue is "${domain}"`);
  }
  const summary = textOf(raw.summary, 'summary', longestSummary).replace(/\s+/g, ' ');
  if (forbiddenInSummary.test(summary)) fail('summary may not contain "<|" or "|>"');
  const wanted = attributesOf(raw.wanted, 'wanted', catalogue);
  if (wanted.length === 0) fail('wanted must hold at least one attribute');
  const unwanted = attributesOf(raw.unwanted, 'unwanted', catalogue);
  const both = unwanted.find((a) => wanted.some((b) => attributeKey(a) === attributeKey(b)));
  if (both !== undefined) fail(`"${both.value}" is both wanted and unwanted`);
  const liked = itemsOf(raw.liked, 'liked', catalogue);
  const disliked = itemsOf(raw.disliked, 'disliked', catalogue);
  const targets = itemsOf(raw.targets, 'targets', catalogue);
  const named = targets.find((id) => liked.includes(id) || disliked.includes(id));
  if (named !== undefined) fail(`the target "${named}" is also named as liked or disliked`);
  return {
    schemaVersion: 1,
    id:
      raw.id === undefined
        ? deriveId('hand', domain, summary, JSON.stringify([wanted, unwanted, liked, disliked]))
        : textOf(raw.id, 'id'),
    domain,
    summary,
    wanted,
    unwanted,
    liked,
    disliked,
    ...(raw.patience === undefined
      ? {}
      : { patience: choiceOf(raw.patience, 'patience', patiences) }),
    ...(raw.talkativeness === undefined
      ? {}
      : { talkativeness: choiceOf(raw.talkativeness, 'talkativeness', talks) }),
    targets,
    anonymity: countFitting({ wanted, unwanted }, catalogue),
    source: sourceOf(raw.source),
  };
}
