import type { Bar } from '../runner/bars';
import { metricBars } from './metrics';

/** The bars of the evaluation lab. */
export const evalBars: readonly Bar[] = [...metricBars];
