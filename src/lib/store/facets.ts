import type { Role } from '../contracts/action';
import type { Turn } from '../contracts/dialogue';
import { namedItems } from '../dialogue/views';
import type { DialogueHeader, DialogueRow, DialogueStatus, FacetKey, FacetKind } from './schema';

type Facet = readonly [FacetKind, string];

const roles: readonly Role[] = ['user', 'recommender'];

/** What a turn adds to what its dialogue can be found by. */
function facetsOfTurn(turn: Turn): Facet[] {
  return [
    ...turn.actions.map(({ type }): Facet => ['act', `${turn.role}.${type}`]),
    ...namedItems(turn).map((item): Facet => ['item', item]),
    ...turn.violations.map(({ kind }): Facet => ['violation', kind]),
  ];
}

function facetsOfHeader({ models, forkOf }: DialogueHeader): Facet[] {
  return [
    ...roles.map((role): Facet => ['model', `${role}.${models[role].id}`]),
    ...(forkOf ? [['parent', forkOf.dialogueId] as const] : []),
  ];
}

/** The keys of facets, each once: those there are first. */
function withFacets(
  { id, startedAt }: Pick<DialogueRow, 'id' | 'startedAt'>,
  keys: readonly FacetKey[],
  facets: readonly Facet[],
): FacetKey[] {
  const known = new Set(keys.map(([kind, value]) => JSON.stringify([kind, value])));
  const added = facets.filter((facet) => {
    const name = JSON.stringify(facet);
    return !known.has(name) && known.add(name);
  });
  return [...keys, ...added.map(([kind, value]): FacetKey => [kind, value, startedAt, id])];
}

/** A dialogue as a row of the database. */
export function toRow(
  header: DialogueHeader,
  turns: readonly Turn[] = [],
  tags: readonly string[] = [],
): DialogueRow {
  const { id, runId, profileId, startedAt, outcome } = header;
  const facets = [
    ...facetsOfHeader(header),
    ...turns.flatMap(facetsOfTurn),
    ...tags.map((tag): Facet => ['tag', tag]),
  ];
  return {
    id,
    runId,
    profileId,
    startedAt,
    status: statusOf(outcome),
    header,
    tags,
    turns: turns.length,
    violations: turns.reduce((sum, turn) => sum + turn.violations.length, 0),
    facets: withFacets({ id, startedAt }, [], facets),
  };
}

/** The row with one turn more. */
export function withTurn(row: DialogueRow, turn: Turn): DialogueRow {
  return {
    ...row,
    turns: row.turns + 1,
    violations: row.violations + turn.violations.length,
    facets: withFacets(row, row.facets, facetsOfTurn(turn)),
  };
}

/** The row with another outcome or another say on whether it was resumed. */
export function withHeader(row: DialogueRow, header: DialogueHeader): DialogueRow {
  return { ...row, status: statusOf(header.outcome), header };
}

/** The row under other tags: trimmed, each once, in order. */
export function withTags(row: DialogueRow, tags: readonly string[]): DialogueRow {
  const kept = [...new Set(tags.map((tag) => tag.trim()).filter((tag) => tag !== ''))].sort();
  const others = row.facets.filter(([kind]) => kind !== 'tag');
  return {
    ...row,
    tags: kept,
    facets: withFacets(
      row,
      others,
      kept.map((tag) => ['tag', tag]),
    ),
  };
}

function statusOf(outcome: DialogueHeader['outcome']): DialogueStatus {
  return outcome?.status ?? 'running';
}
