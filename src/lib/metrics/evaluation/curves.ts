import type { Dialogue } from '../../contracts/dialogue';
import { actsOfTurn } from '../acts/distribution';
import { attributesSaid, noneSaid } from '../catalogue/attributes';
import type { MetricContext } from '../context';
import { exchangesBefore } from '../exchanges';
import { alwaysHasWish } from '../in-force';
import { notInPopulation } from '../metric';
import { pooled } from '../parts';
import { firstAccept } from '../recommendations';
import { anonymityCurve } from './anonymity-curve';
import type { Curves } from './types';

/** What a system's figures show over the course of its dialogues. */
export function curvesOf(
  dialogues: readonly Dialogue[],
  context: MetricContext,
  settings: { seed: number; resamples: number },
): Curves {
  const own = dialogues.filter((dialogue) => notInPopulation(dialogue, 'all', context) === null);
  return {
    success: successBy(own.filter((one) => notInPopulation(one, 'ended', context) === null)),
    attributes: attributesBy(own, context),
    mentions: mentionsIn(own, context),
    transitions: transitionsIn(own),
    anonymity: anonymityCurve(own, context, settings),
  };
}

function successBy(dialogues: readonly Dialogue[]): number[] {
  const limit = Math.max(0, ...dialogues.map(({ config }) => Math.floor(config.maxTurns / 2)));
  const exchanges = dialogues.flatMap((dialogue) => {
    const accept = firstAccept(dialogue);
    return accept === null ? [] : [exchangesBefore(dialogue, accept)];
  });
  return Array.from(
    { length: dialogues.length === 0 ? 0 : limit },
    (_, i) => exchanges.filter((count) => count <= i + 1).length / dialogues.length,
  );
}

function attributesBy(dialogues: readonly Dialogue[], context: MetricContext): number[] {
  const wishing = dialogues.filter(alwaysHasWish);
  const said = wishing.map((dialogue) => ({
    counts: attributesSaid(dialogue, context),
    none: noneSaid(dialogue),
  }));
  const longest = Math.max(0, ...said.map(({ counts }) => counts.length));
  return Array.from({ length: longest }, (_, i) => {
    // A dialogue that has ended keeps what was said.
    const parts = said.map(({ counts, none }) => counts[i] ?? counts.at(-1) ?? none);
    return pooled.of(parts) ?? 0;
  });
}

function mentionsIn(dialogues: readonly Dialogue[], context: MetricContext): Curves['mentions'] {
  const counts = new Map<string, Curves['mentions'][number]>();
  for (const { turn, by } of dialogues.flatMap((dialogue) => context.leaks(dialogue).ledger)) {
    const key = `${by} ${String(turn)}`;
    counts.set(key, { turn, by, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...counts.values()].sort((a, b) => (a.turn ?? -1) - (b.turn ?? -1));
}

function transitionsIn(dialogues: readonly Dialogue[]): Curves['transitions'] {
  const counts = new Map<string, Curves['transitions'][number]>();
  for (const { turns } of dialogues) {
    const acts = ['start', ...turns.map(actsOfTurn), 'end'];
    for (const [i, to] of acts.slice(1).entries()) {
      const from = acts[i] ?? '';
      const key = `${from} > ${to}`;
      counts.set(key, { from, to, count: (counts.get(key)?.count ?? 0) + 1 });
    }
  }
  return [...counts.values()].sort((a, b) => b.count - a.count);
}
