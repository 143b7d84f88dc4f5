import { join } from 'node:path';
import { loadDomain, loadProfiles, type DomainFiles } from '../../../src/cli/simulate/domain-files';
import type { Profile } from '../../../src/lib/contracts/profile';
import type { MeasureContext } from '../runner/bars';
import { pairModel, type PairModel } from './models';
import { typedOptions } from './options';
import { hashInputs } from '../runner/record';
import { decisive } from './simulations';

/** What every bar of the pair begins with. */
export interface Setting {
  domain: DomainFiles;
  /** Shown: nothing was trained or tuned on them. */
  profiles: readonly Profile[];
  user: PairModel;
  recommender: PairModel;
  base: PairModel;
  say: (text: string) => void;
  /** The command that repeats the bar, data folders as DIR. */
  command: string;
}

export async function settingOf(
  root: string,
  bar: number,
  { pair, redial }: MeasureContext,
  needsRedial = false,
): Promise<Setting> {
  const domain = await loadDomain(root, 'movies');
  const { profiles } = await loadProfiles(domain.profiles, domain.catalogue);
  const data = needsRedial && redial !== null ? ' --redial DIR' : '';
  return {
    domain,
    profiles,
    user: pairModel(root, pair.user),
    recommender: pairModel(root, pair.recommender),
    base: pairModel(root, pair.base),
    say: (text) => process.stdout.write(`bar pair-${String(bar)}: ${text}\n`),
    command: `npm run bars -- --only pair-${String(bar)}${data}${typedOptions(pair)}`,
  };
}

/** What decides a pair's bar beside the models: its code, and that of what it measures. */
export const pairInputs: readonly string[] = [
  ...['domain', 'profile', 'recommend', 'action', 'prompt', 'dialogue', 'metrics'].map(
    (stage) => `src/lib/${stage}`,
  ),
  ...['src/lib/engine/native', 'src/lib/engine/gguf', 'src/cli/prepare', 'static/domains/movies'],
  ...['interplay-user-135m', 'interplay-recommender-135m', 'smollm2-135m-instruct'].map((id) =>
    join('static/models', id, 'manifest.json'),
  ),
];

/**
 * Where a model's answers and the tagger's labels are kept: a folder of what decides them, so that they outlive a
 * change of what is computed from them. `scripts` of this folder make the questions.
 */
export function answersFolder(root: string, scripts: readonly string[]): string {
  const inputs = [
    ...decisive,
    ...['src/cli/prepare', 'models/labels', 'models/training/tagger.py'],
    ...scripts.map((name) => `test/bars/pair/${name}.ts`),
  ];
  return join(root, 'runs', 'bars', 'pair', hashInputs(root, inputs));
}

/** The data folder of a bar that cannot do without. */
export function redialOf({ redial }: MeasureContext): string {
  if (redial === null) throw new Error('It needs --redial.');
  return redial;
}
