import type { Item } from '../../../src/lib/contracts/catalogue';
import type { Profile } from '../../../src/lib/contracts/profile';
import type { UserView } from '../../../src/lib/contracts/view';
import { spokenTurn } from '../../../src/cli/prepare/build-turns';
import { userView } from '../../../src/lib/dialogue/views';
import { hasAttribute } from '../../../src/lib/domain/attributes';
import type { Catalogue } from '../../../src/lib/domain/catalogue';
import { createRandom, deriveSeed } from '../../../src/lib/domain/random';
import { toBrief } from '../../../src/lib/profile/brief';
import { fits } from '../../../src/lib/profile/fit';

/** A film proposed to a profile, and whether it should be taken. */
export interface CatalogueQuestion {
  key: string;
  group: string;
  kind: 'fits' | 'near-miss' | 'far-miss';
  label: string;
  view: UserView;
}

/** The same neutral words for every profile: the card and the brief alone can decide. */
const request = 'Hi! I would like to see a film tonight.';
const proposal = (label: string) => `I have one for you: ${label}. What do you say?`;
/** Films that nobody names are too obscure to be proposed. */
const leastPopularity = 1;

function questionOf(
  profile: Profile,
  item: Item,
  kind: CatalogueQuestion['kind'],
  catalogue: Catalogue,
): CatalogueQuestion {
  const known = [...profile.liked, ...profile.disliked];
  const first = spokenTurn('user', [{ type: 'inform' }], request, [], known, catalogue);
  const act = [{ type: 'recommend', items: [item.id] }] as const;
  const second = spokenTurn('recommender', act, proposal(item.label), [first], [], catalogue);
  return {
    key: `${profile.id}/${kind}/${item.id}`,
    group: profile.id,
    kind,
    label: item.label,
    view: userView(toBrief(profile, catalogue), [first, second], catalogue),
  };
}

/**
 * For every profile one film that fits and one that does not, drawn by seed from the films that someone has named and
 * the profile does not know. Every second misfit is a near miss: it meets a wish, or would fit but for something
 * unwanted.
 */
export function catalogueQuestions(
  profiles: readonly Profile[],
  catalogue: Catalogue,
  seed: number,
): CatalogueQuestion[] {
  return profiles.flatMap((profile, i) => {
    const random = createRandom(deriveSeed('catalogue-decision', seed, profile.id));
    const known = new Set([...profile.liked, ...profile.disliked]);
    const possible = catalogue.items.filter(
      (item) =>
        item.popularity >= leastPopularity &&
        Object.keys(item.attributes).length > 0 &&
        !known.has(item.id),
    );
    const draw = (from: readonly Item[]) => from[Math.floor(random() * from.length)];
    const fitting = draw(possible.filter((item) => fits(item, profile)));
    const misfits = possible.filter((item) => !fits(item, profile));
    const near = misfits.filter((item) => profile.wanted.some((wish) => hasAttribute(item, wish)));
    const isNear = i % 2 === 0 && near.length > 0;
    const misfit = draw(isNear ? near : misfits.filter((item) => !near.includes(item)));
    return [
      ...(fitting ? [questionOf(profile, fitting, 'fits', catalogue)] : []),
      ...(misfit
        ? [questionOf(profile, misfit, isNear ? 'near-miss' : 'far-miss', catalogue)]
        : []),
    ];
  });
}
