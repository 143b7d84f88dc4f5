import type { Bar } from '../runner/bars';
import { badInputBar, plantedBar } from './evaluation';
import { metricBars } from './metrics';
import { paperBar } from './paper';
import { ratingBar } from './rating';

/** The bars of the evaluation lab. */
export const evalBars: readonly Bar[] = [
  ...metricBars,
  plantedBar,
  ratingBar,
  badInputBar,
  paperBar,
];
