import type { MessageKey } from './messages';

/** A page that the header leads to. `path` is its route. */
export interface NavEntry<Path extends string = string> {
  path: Path;
  label: MessageKey;
}

/**
 * The pages of the header, in order. A page joins with a line here and its label in `messages-nav.ts`.
 */
export const navigation = [
  { path: '/', label: 'nav.talk' },
  { path: '/runs', label: 'nav.runs' },
  { path: '/dialogues', label: 'nav.dialogues' },
  { path: '/datasets', label: 'nav.datasets' },
  { path: '/models', label: 'nav.models' },
  { path: '/evaluate', label: 'nav.evaluate' },
  // Raters are handed a file and come for this page alone: it must not stand behind another.
  { path: '/rate', label: 'nav.rate' },
  { path: '/guide', label: 'nav.guide' },
] as const satisfies readonly NavEntry[];

/** The parts of Evaluate, in order: a part joins with a line here and its label in `messages-evaluate.ts`. */
export const evaluateSections = [
  { path: '/evaluate', label: 'evaluate.section.dialogues' },
  { path: '/evaluate/experiments', label: 'experiments.title' },
] as const satisfies readonly NavEntry[];

/** An entry as the header shows it. */
export interface NavLink {
  href: string;
  label: string;
  current: boolean;
}
