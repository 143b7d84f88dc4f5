import type { DomainPack } from '../contracts/catalogue';
import { renderFactCard } from '../domain/card';
import type { Catalogue } from '../domain/catalogue';
import { createRandom, deriveSeed } from '../domain/random';
import type { PolicyAct } from './modular-policy';

const asking: readonly ((what: string, { words }: DomainPack) => string)[] = [
  (what, { words }) => `What ${what} do you like in a ${words.item}?`,
  (what, { words }) =>
    `Can you tell me a ${what} that you enjoy, or a ${words.item} that you loved?`,
];

const recommending: readonly ((label: string) => string)[] = [
  (label) => `How about ${label}?`,
  (label) => `I would suggest ${label}.`,
  (label) => `You might enjoy ${label}.`,
  (label) => `${label} could be the right one.`,
];

/** The generator without a model: an act in set words; the seed decides which. */
export function phraseAct(act: PolicyAct, catalogue: Catalogue, seed: number): string {
  const { pack } = catalogue;
  switch (act.type) {
    case 'ask': {
      const phrase = asking[act.time % asking.length];
      return phrase?.(act.about?.label.toLowerCase() ?? `kind of ${pack.words.items}`, pack) ?? '';
    }
    case 'recommend': {
      const random = createRandom(deriveSeed('modular', seed));
      const phrase = recommending[Math.floor(random() * recommending.length)] ?? String;
      const reason = act.because === null ? '' : `As you spoke of ${act.because}: `;
      return `${reason}${phrase(act.item.label)}`;
    }
    case 'answer':
      return `${renderFactCard(catalogue.factCard(act.item), pack)}.`;
    case 'chat':
      return 'Good choice, enjoy it!';
    case 'bye':
      return 'Thank you for the talk. Goodbye!';
  }
}
