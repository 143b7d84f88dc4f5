import { attributesSaid, noneSaid } from './catalogue/attributes';
import { alwaysHasWish } from './in-force';
import { oncePerDialogue } from './memo';
import { defineMetric, type Metric } from './metric';
import { meanQuotient, type Quotient } from './parts';

/** Exchanges up to which coverage is reported. */
export const coverageExchanges = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const;

const said = oncePerDialogue(attributesSaid);

/** By the end of an exchange; a dialogue that is over keeps what it had. */
export const coverageMetrics: readonly Metric[] = coverageExchanges.map((exchanges) =>
  defineMetric<Quotient>({
    id: `attribute-coverage@${String(exchanges)}`,
    name: `Attribute coverage by exchange ${String(exchanges)}`,
    formula:
      "wanted attributes of which the user's turns so far speak / wanted attributes; mean over dialogues",
    variant: 'words and names found in the text; dialogues that are over keep their value',
    source: 'our definition',
    unit: 'share',
    population: 'ended',
    observe: (dialogue, context) =>
      alwaysHasWish(dialogue)
        ? { part: said(dialogue, context).slice(0, exchanges).at(-1) ?? noneSaid(dialogue) }
        : { why: 'profile without a wanted attribute' },
    combine: meanQuotient,
    undefinedBecause: 'No profile wants anything.',
  }),
);
