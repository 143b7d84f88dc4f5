import type { Dialogue, SeatRecord, Turn } from '../../../../src/lib/contracts';
import { accepts, dialogue, recommends, rejects, turn } from '../fixtures';

/** Twenty profiles, the same for every system, so that all can be paired. */
export const profiles = 20;

export function held(name: string, turnsOf: (i: number) => Turn[]): Dialogue[] {
  const seat: SeatRecord = { id: name, hash: null, promptVersion: null, engine: 'scripted' };
  return Array.from({ length: profiles }, (_, i) => {
    const turns = turnsOf(i);
    const accepted = turns.flatMap(({ actions }) =>
      actions.flatMap(({ type, items }) => (type === 'accept' ? (items ?? []) : [])),
    );
    return dialogue(turns, {
      id: `${name}-${String(i)}`,
      runId: name,
      profileId: `p${String(i)}`,
      models: { user: seat, recommender: seat },
      outcome: {
        status: accepted.length > 0 ? 'accepted' : 'limit',
        accepted,
        exchanges: Math.floor(turns.length / 2),
      },
    });
  });
}

const subjects = [
  'rainy evenings',
  'noisy markets',
  'kind burglars',
  'late trains',
  'lost umbrellas',
];
const moods = ['laugh out loud', 'smile a little', 'forget the week', 'hear good songs'];

/** Words of dialogue i that no other dialogue has, four or more in a row. */
export const wish = (i: number, n = 0): string =>
  `Number ${String(i * 7 + n)} of my wishes is a farce about ${subjects[(i + n) % 5] ?? ''} to ${moods[(i * 3 + n) % 4] ?? ''}.`;
const offer = (i: number, n = 0): string =>
  `Then perhaps offer ${String(i * 5 + n)}: people who ${moods[(i + n) % 4] ?? ''} over ${subjects[(i * 2 + n) % 5] ?? ''} chose it.`;

export const told = (text: string): Turn => turn('user', [{ type: 'inform' }], { text });
export const said = (what: Turn, text: string): Turn => ({ ...what, text });

/** An item recommended, a dozen others ranked after it. */
const ranked = (item: string): Turn =>
  recommends([item], [item, ...Array.from({ length: 12 }, (_, i) => `x${String(i)}`)]);

/** A middling pair: it judges what it is offered, and finds the target in two dialogues of five. */
export const middling = (): Dialogue[] =>
  held('middling', (i) => [
    told(wish(i)),
    said(ranked('o1'), offer(i)),
    said(rejects('o1'), `No, ${wish(i, 1)}`),
    ...(i % 5 < 2
      ? [
          said(ranked('f1'), offer(i, 2)),
          said(accepts('f1'), `Yes, play ${String(i)} sounds like my thing.`),
        ]
      : [
          said(ranked('o2'), offer(i, 3)),
          said(rejects('o2'), `Not that one either, ${wish(i, 2)}`),
        ]),
  ]);

/** It says hello, in many words, and never recommends. */
export const greetingOnly = (): Dialogue[] =>
  held('greeting-only', (i) => [
    said(told(''), `Good day number ${String(i)} to you over there.`),
    turn('recommender', [{ type: 'chat' }], {
      text: `Welcome in, guest ${String(i)}, how nice of you!`,
    }),
    said(told(''), `And hello once more, host of door ${String(i)}.`),
    turn('recommender', [{ type: 'bye' }], {
      text: `A fine evening to you, guest ${String(i)}, goodbye!`,
    }),
  ]);

/** Its user takes the first thing, and half of the offers happen to fit. */
export const alwaysAccept = (): Dialogue[] =>
  held('always-accept', (i) => {
    const item = i % 2 === 0 ? 'f1' : 'o1';
    return [
      told(wish(i)),
      said(ranked(item), offer(i)),
      said(accepts(item), `Yes please, I will have number ${String(i)}!`),
    ];
  });

/** Its recommender answers with the user's own words, and its items are always right. */
export const copying = (): Dialogue[] =>
  held('copy-the-context', (i) => [
    told(wish(i)),
    said(ranked('o1'), wish(i)),
    said(rejects('o1'), `No, ${wish(i, 1)}`),
    said(ranked('f1'), wish(i, 1)),
    said(accepts('f1'), `Yes, play ${String(i)} sounds like my thing.`),
  ]);

/** Its recommender says one sentence again and again, and its items are always right. */
export const repeating = (): Dialogue[] =>
  held('repeats-itself', (i) => [
    told(wish(i)),
    said(ranked('o1'), `You will surely like offer ${String(i)}.`),
    said(rejects('o1'), `No, ${wish(i, 1)}`),
    said(ranked('f1'), `You will surely like offer ${String(i)}.`),
    said(accepts('f1'), `Yes, play ${String(i)} sounds like my thing.`),
  ]);
