import { createRandom } from '../../src/lib/domain/random';
import type { SingleTurn } from '../../src/lib/metrics/single-turn/row';

const words =
  'i you the a and it of to that in is was for not me my have has liked loved seen watch film movie something funny scary ' +
  'old new really great story actor director ending maybe try about with family war love space music night kids sequel ' +
  'would could recommend thanks sounds good never always again comedy horror drama western robot island detective slow';

/** Made-up turn pairs of 4 to 20 words a side, all different. */
export function turnPairs(count: number): SingleTurn[] {
  const known = words.split(' ');
  const random = createRandom(8);
  const word = () => known[Math.floor(random() * known.length)] ?? '';
  const text = (i: number) =>
    [...Array.from({ length: 3 + Math.floor(random() * 17) }, word), String(i)].join(' ');
  return Array.from({ length: count }, (_, i) => ({
    id: String(i),
    dialogueId: String(Math.floor(i / 5)),
    role: 'recommender',
    system: 'made up',
    hypothesis: { text: text(2 * i) },
    reference: { text: text(2 * i + 1) },
    named: [],
  }));
}
