import type { Bar } from '../runner/bars';
import { contextBar } from './bar-context';
import { decisionsBar } from './bar-decisions';
import { browserBar, outcomesBar, recallBar } from './bar-outcomes';
import { consistencyBar, realismBar } from './bar-realism';

/** The bars of the pair, those that read the same simulations one after the other. */
export const pairBars: readonly Bar[] = [
  contextBar,
  decisionsBar,
  outcomesBar,
  realismBar,
  recallBar,
  consistencyBar,
  browserBar,
];
