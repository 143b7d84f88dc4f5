import type { Role } from '../../contracts/action';
import type { Dialogue } from '../../contracts/dialogue';
import { createCatalogue, type Catalogue } from '../../domain/catalogue';
import { say, type MessageKey } from '../../ui/messages';
import { statusText, type DialogueStatusView } from '../../ui/dialogues/status';
import type {
  ComparedView,
  DialogueRowView,
  FilterView,
  RelativeView,
} from '../../ui/dialogues/view';
import { formatCount, formatMoment } from '../../ui/format';
import type { DialogueSummary, FilterKind, FilterValue } from '../dialogues.svelte';
import { turnViews } from './turns';

export function dialogueRowView(
  { header, status, tags, turns, violations }: DialogueSummary,
  hit: number | null,
): DialogueRowView {
  return {
    id: header.id,
    summary: header.profile.summary,
    startedAt: header.startedAt,
    status,
    turns,
    violations,
    tags,
    isFork: header.forkOf !== undefined,
    isResumed: header.resumed,
    hit,
  };
}

export function relativeView(
  { header, status }: Pick<DialogueSummary, 'header' | 'status'>,
  turn: number,
): RelativeView {
  return { id: header.id, turn, startedAt: header.startedAt, status };
}

/** Names of runs, by id. */
export type RunNames = ReadonlyMap<string, string>;

/** A filter with the values that there are, and how many dialogues have each. */
export function filterView(
  kind: Exclude<FilterKind, 'item' | 'parent'>,
  value: string,
  values: readonly FilterValue[],
  runs: RunNames,
): FilterView {
  const there = values.some((known) => known.value === value);
  const known = value === '' || there ? values : [...values, { value, count: 0 }];
  return {
    kind,
    label: say(`dialogues.filter.${kind}`),
    value,
    options: [
      { value: '', label: say('dialogues.any') },
      ...known.map((option) => ({
        value: option.value,
        label: say('dialogues.value', {
          value: valueText(kind, option.value, runs),
          count: formatCount(option.count),
        }),
      })),
    ],
  };
}

function valueText(kind: FilterKind, value: string, runs: RunNames): string {
  if (kind === 'status') return statusText(value as DialogueStatusView);
  if (kind === 'runId') return runs.get(value) ?? value;
  // Of a violation's message, the part before what was found.
  if (kind === 'violation') return say(`violation.${value}` as MessageKey, { found: '…' });
  if (kind !== 'act' && kind !== 'model') return value;
  const dot = value.indexOf('.');
  const rest = value.slice(dot + 1);
  return say('dialogues.roleValue', {
    role: say(`role.${value.slice(0, dot) as Role}`),
    value: kind === 'act' ? say(`action.${rest}` as MessageKey) : rest,
  });
}

export function comparedView(dialogue: Dialogue, catalogue: Catalogue): ComparedView {
  const { models, seed, startedAt, outcome, config } = dialogue;
  return {
    title: say('dialogues.open', { when: formatMoment(startedAt) }),
    settings: [
      say('runs.label', { user: models.user.id, recommender: models.recommender.id }),
      say('runs.settings', {
        k: config.candidates ?? say('runs.all'),
        temperature: config.sampling.user.temperature,
        turns: config.maxTurns,
        seed,
      }),
      statusText(outcome?.status ?? 'running'),
    ],
    turns: turnViews(dialogue, catalogue, true),
  };
}

/** For dialogues whose catalogue is not here: titles show as their ids. */
export function catalogueOfNothing(domain: string): Catalogue {
  return createCatalogue({
    schemaVersion: 1,
    id: domain,
    name: domain,
    language: 'en',
    words: { item: 'item', items: 'items', consume: 'take', consumed: 'taken' },
    attributeTypes: [],
    items: [],
    licence: '',
    attribution: '',
  });
}

/** Labels of the catalogue that begin with, or else hold, what was typed; at most so many. */
export function titlesFor(typed: string, catalogue: Catalogue, most = 12): string[] {
  const wanted = typed.trim().toLowerCase();
  const labels = catalogue.items.map(({ label }) => label);
  const begins = labels.filter((label) => label.toLowerCase().startsWith(wanted));
  const holds = labels.filter((label) => label.toLowerCase().includes(wanted));
  return [...new Set([...begins.slice(0, most), ...holds.slice(0, most)])].slice(0, most);
}
