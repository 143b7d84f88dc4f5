import { LabError } from '../../contracts/errors';
import type { Evaluation } from './types';

/** New names of systems by those that `evaluate` gave. */
export type SystemNames = Readonly<Record<string, string>>;

/** All names of systems, each once, in the order of a report. */
export function systemNames({ systems, singleTurns }: Evaluation): readonly string[] {
  return [
    ...new Set([...systems.map(({ name }) => name), ...singleTurns.map((one) => one.system)]),
  ];
}

/**
 * The same evaluation with systems called otherwise: names are for people and change no number. Blank names and
 * names of systems that are not there are passed over. Errors: `bad-input` when two systems would share a name.
 */
export function withNames(evaluation: Evaluation, names: SystemNames): Evaluation {
  const called = (name: string) => names[name]?.trim() || name;
  const all = systemNames(evaluation).map(called);
  const twice = all.find((name, i) => all.indexOf(name) !== i);
  if (twice !== undefined) {
    throw new LabError(
      'bad-input',
      `Two systems would be called "${twice}". Give each a name of its own.`,
    );
  }
  const { ratings } = evaluation;
  return {
    ...evaluation,
    ...(ratings
      ? {
          ratings: {
            ...ratings,
            systems: ratings.systems.map((one) => ({ ...one, system: called(one.system) })),
            preferences: ratings.preferences.map((one) => ({
              ...one,
              a: called(one.a),
              b: called(one.b),
            })),
          },
        }
      : {}),
    systems: evaluation.systems.map((system) => ({ ...system, name: called(system.name) })),
    singleTurns: evaluation.singleTurns.map((report) => ({
      ...report,
      system: called(report.system),
    })),
    headlines: evaluation.headlines.map((table) => ({
      ...table,
      rows: table.rows.map((row) => ({ ...row, system: called(row.system) })),
    })),
    comparisons: evaluation.comparisons.map((one) => ({
      ...one,
      a: called(one.a),
      b: called(one.b),
    })),
  };
}
