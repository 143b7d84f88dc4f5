import type { ActionType } from '../../../src/lib/contracts/action';
import { userActionTypes } from '../../../src/lib/contracts/action';
import type { Catalogue } from '../../../src/lib/domain/catalogue';
import type { UserView } from '../../../src/lib/contracts/view';
import { userPrompt } from '../../../src/lib/prompt/request';
import { defaultConfig } from '../../../src/lib/dialogue/start';
import type { Judge } from './jobs';

/** How the model leans at the start of its action line, natural logs of probabilities. */
export interface Leaning {
  /** By the first action's type, all types that the grammar offers where something was recommended. */
  types: Readonly<Record<(typeof userActionTypes)[number], number>>;
  /** Of `[accept: X` and `[reject: X`, X being the judged film. */
  accept: number;
  reject: number;
}

/** The film's action as far as it can be told from its tokens: a closing bracket may be one with what follows. */
function opened(type: ActionType, label: string): string {
  return `[${type}: ${label.replace(/\)$/, '')}`;
}

/** Asks a user simulator, with the program's own prompt, what it would do with a film just recommended. */
export async function leaningOf(
  judge: Judge,
  view: UserView,
  label: string,
  catalogue: Catalogue,
): Promise<Leaning> {
  const { messages } = userPrompt(view, catalogue.pack, defaultConfig.slate);
  const texts = userActionTypes.map((type) => `[${type}`);
  const logs = await judge.logProbabilities(messages, [
    ...texts,
    opened('accept', label),
    opened('reject', label),
  ]);
  const at = (i: number) => logs[i] ?? Number.NEGATIVE_INFINITY;
  const types = Object.fromEntries(userActionTypes.map((type, i) => [type, at(i)]));
  return {
    types: types as Leaning['types'],
    accept: at(texts.length),
    reject: at(texts.length + 1),
  };
}

const feedback = ['accept', 'reject', 'seen'] as const;

/** The likeliest first action: what the model does at temperature 0 under its grammar. */
export function firstAction({ types }: Leaning): ActionType {
  return [...userActionTypes].reduce((best, type) => (types[type] > types[best] ? type : best));
}

/** Whether it takes the film rather than refuse it or know it, where it must do one of these. */
export function takes({ types }: Leaning): boolean {
  return feedback.every((type) => types.accept >= types[type]);
}

/** P(accept first) among the types of the grammar. */
export function chanceOfAccept({ types }: Leaning): number {
  const most = Math.max(...Object.values(types));
  const sum = userActionTypes.reduce((total, type) => total + Math.exp(types[type] - most), 0);
  return Math.exp(types.accept - most) / sum;
}

/** Log odds of accepting against refusing or knowing, by the action alone. */
export function logOdds({ types }: Leaning): number {
  const most = Math.max(types.reject, types.seen);
  return (
    types.accept - most - Math.log(Math.exp(types.reject - most) + Math.exp(types.seen - most))
  );
}
