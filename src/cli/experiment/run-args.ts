import type { PlannedRun } from '../../lib/dialogue/experiment-plan';
import type { EngineChoice } from '../simulate/plan';

export interface RunArgs {
  domain: string;
  /** File of exactly the run's profiles. */
  profiles: string;
  out: string;
  engine: EngineChoice;
  /** On the scripted engine no model has a name. */
  scripted: boolean;
  rest: readonly string[];
}

/** A planned run as the command line of `npm run simulate`: what the experiment runs, anyone can run. */
export function simulateArgsOf(run: PlannedRun, args: RunArgs): string[] {
  const { seats, config } = run;
  const { candidates, maxTurns, sampling, trace } = config;
  const named = (flag: string, id: string | null) =>
    id === null || args.scripted ? [] : [flag, id];
  const seat = (role: 'user' | 'recommender') =>
    seats[role].name === 'model'
      ? named(`--${role}`, seats[role].model)
      : [`--${role}`, seats[role].name];
  const engineOf = (role: 'user' | 'recommender') => {
    const own = run.engines[role];
    return own === undefined ? [] : [`--${role}-engine`, own];
  };
  return [
    ...(seats.counterpart
      ? ['--counterpart', ...named('--model', seats.user.model)]
      : [
          ...seat('user'),
          ...seat('recommender'),
          ...(seats.recommender.name !== 'model' && seats.recommender.model !== null
            ? ['--generator', seats.recommender.model]
            : []),
          ...engineOf('user'),
          ...engineOf('recommender'),
          ...['--candidates', candidates === null ? 'all' : String(candidates)],
        ]),
    ...['--domain', args.domain, '--profiles', args.profiles],
    ...['--dialogues', String(run.profileIds.length), '--seed', String(run.seed)],
    ...['--max-turns', String(maxTurns), '--temperature', String(sampling.user.temperature)],
    ...['--engine', args.engine, '--out', args.out],
    ...(trace ? ['--trace'] : []),
    ...args.rest,
  ];
}
