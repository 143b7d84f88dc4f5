import type { Evaluation, MetricResult } from '../../metrics';
import { number, words, type Cell, type Provenance, type ReportTable } from '../document';
import { formatNumber, formatP, formatResult } from '../format';

const column = (label: string, numeric = false) => ({ label, numeric });

export function systemsTable({ systems }: Evaluation): ReportTable {
  return {
    id: 'systems',
    title: 'Systems',
    notes: [],
    columns: [
      column('System'),
      column('User'),
      column('Recommender'),
      column('Dialogues', true),
      column('Profiles', true),
      column('Seeds'),
      column('Prompt version'),
      column('Settings'),
      column('Endings'),
    ],
    rows: systems.map((system) => [
      words(system.name),
      words(seatText(system.models.user)),
      words(seatText(system.models.recommender)),
      number(system.dialogues, String(system.dialogues)),
      number(system.profiles, String(system.profiles)),
      words(system.seeds.join(', ')),
      words(system.promptVersion),
      words(
        [
          `K ${String(system.config.candidates ?? 'all')}`,
          `slate ${String(system.config.slate)}`,
          `at most ${String(system.config.maxTurns)} turns`,
          `at most ${String(system.config.redraws ?? 0)} redraws`,
          `temperature ${String(system.config.sampling.user.temperature)} and ${String(system.config.sampling.recommender.temperature)}`,
          system.config.constrained ? 'grammar held' : 'grammar not held',
        ].join(', '),
      ),
      words(
        Object.entries(system.statuses)
          .filter(([, count]) => count > 0)
          .map(([status, count]) => `${status} ${String(count)}`)
          .join(', '),
      ),
    ]),
  };
}

function seatText({
  id,
  hash,
  engine,
}: {
  id: string;
  hash: string | null;
  engine: string;
}): string {
  return `${id} (${engine}${hash === null ? '' : `, ${hash.slice(0, 12)}`})`;
}

export function comparisonTable(evaluation: Evaluation): ReportTable {
  const unitOf = (id: string) =>
    evaluation.systems.flatMap(({ results }) => results).find((result) => result.id === id);
  return {
    id: 'comparisons',
    title: 'Comparisons',
    notes: [
      `Over dialogues with the same profile and seed. Paired permutation test, two-sided, ${String(evaluation.permutations)} ` +
        "permutations (all of them up to 12 pairs); p corrected by Holm's method metric by metric; paired bootstrap.",
    ],
    columns: [
      column('Metric'),
      column('A'),
      column('B'),
      column('Pairs', true),
      column('A - B', true),
      column('p', true),
      column('p, Holm', true),
      column('Effect', true),
    ],
    rows: evaluation.comparisons.map((one): Cell[] => {
      const result = unitOf(one.metric);
      const unit = result?.unit ?? 'score';
      const range =
        one.interval === null
          ? ''
          : ` [${one.interval.map((end) => formatNumber(end, unit).replace(' %', '')).join(', ')}]`;
      return [
        words(result?.name ?? one.metric),
        words(one.a),
        words(one.b),
        number(one.pairs, String(one.pairs)),
        {
          text:
            one.difference === null ? 'unknown' : `${formatNumber(one.difference, unit)}${range}`,
          value: one.difference,
          interval: one.interval,
        },
        number(one.p, formatP(one.p)),
        number(one.pHolm, formatP(one.pHolm)),
        one.effect === null
          ? number(null, 'unknown')
          : number(
              one.effect.value,
              `${one.effect.kind} ${one.effect.value.toFixed(2)}, ${one.effect.word}`,
            ),
      ];
    }),
  };
}

/** Every metric of every system, with its definition. */
export function allMetricsTable({ systems, singleTurns, people }: Evaluation): ReportTable {
  const entrants: { name: string; results: readonly MetricResult[] }[] = [
    ...systems.flatMap(({ name, results, unleaked }) => [
      { name, results },
      ...(unleaked.length === 0 ? [] : [{ name, results: unleaked }]),
    ]),
    ...singleTurns.map(({ system, results }) => ({ name: `${system}, single turns`, results })),
    ...(people === null ? [] : [people]),
  ];
  return {
    id: 'metrics',
    title: 'All metrics',
    notes: ['N counts dialogues. What could not be computed says why.'],
    columns: [
      column('System'),
      column('Metric'),
      column('Name'),
      column('Value', true),
      column('N', true),
      column('Counted', false),
      column('Left out or unknown'),
    ],
    rows: entrants.flatMap(({ name, results }) =>
      results.map((result): Cell[] => [
        words(name),
        words(result.id),
        words(result.name),
        { text: formatResult(result), value: result.value, interval: result.interval },
        number(result.n, String(result.n)),
        words(
          result.counts === null
            ? ''
            : `${String(round(result.counts.hits))} / ${String(round(result.counts.of))} ${result.counts.unit}`,
        ),
        words(
          [
            ...(result.reason === null ? [] : [result.reason]),
            ...result.leftOut.map(({ count, why }) => `${String(count)}: ${why}`),
          ].join('; '),
        ),
      ]),
    ),
  };
}

const round = (value: number): number => Number(value.toPrecision(6));

/** One card a metric: formula, variant, source. */
export function definitionTable({ systems, singleTurns }: Evaluation): ReportTable {
  const cards = new Map<string, MetricResult>();
  for (const { results } of [...systems, ...singleTurns]) {
    for (const result of results) if (!cards.has(result.id)) cards.set(result.id, result);
  }
  return {
    id: 'definitions',
    title: 'Definitions',
    notes: [],
    columns: [
      column('Metric'),
      column('Name'),
      column('Formula'),
      column('Variant'),
      column('Source'),
    ],
    rows: [...cards.values()].map(({ id, name, formula, variant, source }) =>
      [id, name, formula, variant, source].map(words),
    ),
  };
}

export function filesTable({ files }: Provenance): ReportTable {
  return {
    id: 'files',
    title: 'Files',
    notes: files.flatMap(({ name, problems }) =>
      problems.map(({ line, reason }) => `${name}, line ${String(line)}: ${reason}`),
    ),
    columns: [
      column('File'),
      column('SHA-256'),
      column('Records', true),
      column('Bad lines', true),
    ],
    rows: files.map(({ name, sha256, records, problems }) => [
      words(name),
      words(sha256),
      number(records, String(records)),
      number(problems.length, String(problems.length)),
    ]),
  };
}
