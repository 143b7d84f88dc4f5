import type { Role } from '../../contracts/action';
import type { Dialogue } from '../../contracts/dialogue';
import type { MetricContext } from '../context';
import { notInPopulation, type Metric, type MetricInfo, type MetricResult } from '../metric';
import { groupsOf, jackknifeInterval } from '../statistics/jackknife';
import { createCorpus, type Corpus } from '../text/corpus';

/** All that a role says in some dialogues. */
export interface Talk {
  /** By dialogue, its turns. */
  texts: readonly (readonly string[])[];
  corpus: Corpus;
}

export interface CorpusMetricDefinition extends MetricInfo {
  role: Role;
  of(talk: Talk): number | null;
  /** The figure with each jackknife group left out: dialogue i is in group i modulo their number. */
  without(talk: Talk): readonly (number | null)[];
  counts?(talk: Talk): NonNullable<MetricResult['counts']>;
}

/**
 * A metric of all that a role says, which no sum over dialogues gives. Its interval is a delete-a-group
 * jackknife's, because dialogues drawn twice would look like repetition.
 */
export function defineCorpusMetric(definition: CorpusMetricDefinition): Metric {
  return corpusMetric(definition, () => null);
}

function corpusMetric(
  definition: CorpusMetricDefinition,
  outside: (dialogue: Dialogue, context: MetricContext) => string | null,
): Metric {
  const { id, name, formula, source, unit, role } = definition;
  const info = {
    id,
    name,
    formula,
    variant: `${definition.variant}; interval by jackknife`,
    source,
    unit,
  };
  return {
    ...info,
    measure(dialogues, context) {
      const leftOut = new Map<string, number>();
      const kept = dialogues.filter((dialogue) => {
        const why = notInPopulation(dialogue, 'all', context) ?? outside(dialogue, context);
        if (why !== null) leftOut.set(why, (leftOut.get(why) ?? 0) + 1);
        return why === null;
      });
      const talk = talkOf(kept, role, context);
      const beyond = kept
        .map(({ turns }) => turns.filter((turn) => turn.role === role).length)
        .reduce((sum, count) => sum + count, -talk.corpus.responses);
      if (beyond > 0) leftOut.set('turn beyond the equal number of turns', beyond);
      const value = definition.of(talk);
      return {
        ...info,
        value,
        reason: value === null ? `The ${role} says too little.` : null,
        n: talk.texts.length,
        counts: definition.counts?.(talk) ?? null,
        leftOut: [...leftOut].map(([why, count]) => ({ count, why })),
        redraw: () => null,
        interval: value === null ? null : jackknifeInterval(value, definition.without(talk)),
      };
    },
    compare: () => null,
    restricted: (change, keeps, why) =>
      corpusMetric({ ...definition, ...change }, (dialogue, context) =>
        keeps(dialogue, context) ? outside(dialogue, context) : why,
      ),
  };
}

/** The texts with each jackknife group left out. */
export function dialoguesWithout({ texts }: Talk): (readonly (readonly string[])[])[] {
  const groups = groupsOf(texts.length);
  return Array.from({ length: groups }, (_, group) =>
    texts.filter((_text, i) => i % groups !== group),
  );
}

/** Cutting a corpus into n-grams is dear, and many metrics ask for the same one. */
const known = new WeakMap<MetricContext, Map<Role, { of: readonly Dialogue[]; talk: Talk }>>();

function talkOf(dialogues: readonly Dialogue[], role: Role, context: MetricContext): Talk {
  const byRole = known.get(context) ?? new Map<Role, { of: readonly Dialogue[]; talk: Talk }>();
  known.set(context, byRole);
  const held = byRole.get(role);
  const isSame =
    held?.of.length === dialogues.length && held.of.every((one, i) => one === dialogues[i]);
  if (held && isSame) return held.talk;
  const texts = dialogues
    .map((dialogue) => context.sampledTexts(dialogue, role))
    .filter((said) => said.length > 0);
  const talk = { texts, corpus: createCorpus(texts) };
  byRole.set(role, { of: dialogues, talk });
  return talk;
}
