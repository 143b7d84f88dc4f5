import type { Evaluation, MetricResult, SystemReport } from '../../metrics';
import type { LineChart } from './spec';

type Config = SystemReport['config'];

interface Setting {
  id: string;
  label: string;
  x: LineChart['x'];
  /** `null`: the system has no such number. */
  of(config: Config, items: number): number | null;
  /** The rest of the settings, which must be equal along a line. */
  without(config: Config): unknown;
}

const cooled = (config: Config, roles: readonly ('user' | 'recommender')[]) => ({
  ...config,
  sampling: Object.fromEntries(
    Object.entries(config.sampling).map(([role, sampling]) => [
      role,
      roles.some((one) => one === role) ? { ...sampling, temperature: null } : sampling,
    ]),
  ),
});

/** What a sweep can change. */
const settings: readonly Setting[] = [
  {
    id: 'candidates',
    label: "ranker's K",
    x: 'log',
    of: ({ candidates }, items) => candidates ?? items,
    without: (config) => ({ ...config, candidates: null }),
  },
  {
    id: 'temperature',
    label: 'temperature of both',
    x: 'number',
    of: ({ sampling: { user, recommender } }) =>
      user.temperature === recommender.temperature ? user.temperature : null,
    without: (config) => cooled(config, ['user', 'recommender']),
  },
  ...(['user', 'recommender'] as const).map((role): Setting => ({
    id: `temperature-${role}`,
    label: `temperature of the ${role}`,
    x: 'number',
    of: ({ sampling }) => sampling[role].temperature,
    without: (config) => cooled(config, [role]),
  })),
  {
    id: 'turns',
    label: 'turn limit',
    x: 'number',
    of: ({ maxTurns }) => maxTurns,
    without: (config) => ({ ...config, maxTurns: null }),
  },
];

/** What a report shows of a sweep. */
export const sweepMetrics = ['verified-success', 'recall@10-any-macro'] as const;

/** Metrics over every setting in which systems of one pair of seats differ, and only in it. */
export function sweepCharts(
  { systems, catalogue }: Evaluation,
  metrics: readonly string[] = sweepMetrics,
): LineChart[] {
  return settings.flatMap((setting) => {
    const lines = linesOf(systems, setting, catalogue.items);
    if (lines.length === 0) return [];
    return metrics.flatMap((id) => chartOf(id, setting, lines));
  });
}

interface Swept {
  label: string;
  systems: readonly { x: number; results: readonly MetricResult[] }[];
}

function linesOf(systems: readonly SystemReport[], setting: Setting, items: number): Swept[] {
  const groups = new Map<string, SystemReport[]>();
  for (const system of systems) {
    const { models, promptVersion, referenceDependent, config } = system;
    const seats = [models.user, models.recommender].map(({ id, hash }) => [id, hash]);
    const key = JSON.stringify([
      seats,
      promptVersion,
      referenceDependent,
      { ...(setting.without(config) as object), trace: null },
    ]);
    groups.set(key, [...(groups.get(key) ?? []), system]);
  }
  return [...groups.values()].flatMap((group): Swept[] => {
    const points = group
      .flatMap(({ config, results }) => {
        const x = setting.of(config, items);
        return x === null ? [] : [{ x, results }];
      })
      .sort((a, b) => a.x - b.x);
    const [first] = group;
    if (first === undefined || new Set(points.map(({ x }) => x)).size < 2) return [];
    const { user, recommender } = first.models;
    return [{ label: `${user.id} + ${recommender.id}`, systems: points }];
  });
}

function chartOf(id: string, setting: Setting, lines: readonly Swept[]): LineChart[] {
  const found = lines
    .flatMap(({ systems }) => systems)
    .flatMap(({ results }) => results.filter((result) => result.id === id));
  const [first] = found;
  if (first === undefined || found.every(({ value }) => value === null)) return [];
  return [
    {
      kind: 'lines',
      id: `sweep-${setting.id}-${id.replaceAll('@', '-at-')}`,
      title: `${first.name} by ${setting.label}`,
      note: 'Systems that differ in nothing else. Whiskers are 95 % intervals.',
      xLabel: setting.label,
      yLabel: first.name,
      x: setting.x,
      unit: first.unit === 'share' ? 'share' : 'number',
      lines: lines.map(({ label, systems }) => ({
        label,
        points: systems.map(({ x, results }) => {
          const result = results.find((one) => one.id === id);
          return {
            x,
            y: result?.value ?? null,
            interval: result?.interval ?? null,
            n: result?.n ?? 0,
          };
        }),
      })),
    },
  ];
}

/** Verified success over how many items fit a profile. */
export function anonymityChart(systems: readonly SystemReport[]): LineChart {
  return {
    kind: 'lines',
    id: 'success-by-anonymity',
    title: 'Verified success by how many items fit the profile',
    note: 'Classes of profiles, each at the mean of its own. With few fitting items the target is as good as named.',
    xLabel: 'items that fit',
    yLabel: 'verified success',
    x: 'log',
    unit: 'share',
    lines: systems.map(({ name, curves }) => ({
      label: name,
      // Nothing fits some profiles: they have no place on an axis of ratios.
      points: curves.anonymity
        .filter(({ fitting }) => fitting > 0)
        .map(({ fitting, value, interval, n }) => ({ x: fitting, y: value, interval, n })),
    })),
  };
}
