import type { Evaluation, Headline, MetricResult } from '../../metrics';
import { words, type Cell, type ReportTable } from '../document';
import { formatResult } from '../format';

interface Row {
  name: string;
  results: readonly MetricResult[];
}

const arrows: Record<Headline['better'], string> = {
  higher: 'higher is better',
  lower: 'lower is better',
  'nearer to 0': 'nearer to 0 is better',
};

/** A headline table, best first, those without a rank below; people and the floor last where there are any. */
export function headlineTable(table: Headline, evaluation: Evaluation): ReportTable {
  const systems: readonly Row[] = [
    ...evaluation.systems,
    ...evaluation.singleTurns.map(({ system, results }) => ({ name: system, results })),
  ];
  const ids = [table.rankedBy, ...table.metrics].filter((id) =>
    systems.some(({ results }) => results.some((result) => result.id === id)),
  );
  const order = [...table.rows].sort((a, b) => (a.rank ?? Infinity) - (b.rank ?? Infinity));
  const barred = order.filter(({ reason }) => reason !== null);
  return {
    id: table.id,
    title: table.title,
    notes: [
      `Ranked by ${nameOf(table.rankedBy, systems)}; ${arrows[table.better]}. 95 % intervals.`,
      ...barred.map(({ system, reason }) => `${system} has no rank: ${reason ?? ''}.`),
    ],
    columns: [
      { label: 'Rank', numeric: true },
      { label: 'System', numeric: false },
      { label: 'N', numeric: true },
      ...ids.map((id) => ({ label: nameOf(id, systems), numeric: true, metric: id })),
    ],
    rows: [
      ...order.map(({ system, rank }) => {
        const row = systems.find(
          ({ name, results }) => name === system && results.some(({ id }) => id === table.rankedBy),
        );
        return rowOf(
          rank === null ? '–' : String(rank),
          system,
          ids,
          row?.results ?? [],
          rank === 1,
        );
      }),
      ...peopleRows(ids, evaluation),
    ],
  };
}

function peopleRows(ids: readonly string[], { people }: Evaluation): Cell[][] {
  if (people === null) return [];
  const has = (results: readonly MetricResult[]) =>
    results.some(({ id, value }) => ids.includes(id) && value !== null);
  return [
    ...(has(people.results) ? [rowOf('', people.name, ids, people.results, false)] : []),
    ...(has(people.floors)
      ? [rowOf('', `${people.name}, one half against the other`, ids, people.floors, false)]
      : []),
  ];
}

function rowOf(
  rank: string,
  name: string,
  ids: readonly string[],
  results: readonly MetricResult[],
  isFirst: boolean,
): Cell[] {
  const found = ids.map((id) => results.find((result) => result.id === id));
  const [ranked] = found;
  return [
    words(rank),
    words(name),
    { text: String(ranked?.n ?? 0), value: ranked?.n ?? 0 },
    ...found.map((result, i): Cell => {
      if (result === undefined) return { text: '', value: null };
      return {
        text: formatResult(result),
        value: result.value,
        interval: result.interval,
        strong: isFirst && i === 0,
      };
    }),
  ];
}

function nameOf(id: string, systems: readonly Row[]): string {
  for (const { results } of systems) {
    const found = results.find((result) => result.id === id);
    if (found) return found.name;
  }
  return id;
}
