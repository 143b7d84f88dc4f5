import { describe, expect, it } from 'vitest';
import type { Item } from '../../../src/lib/contracts/catalogue';
import type { UserView } from '../../../src/lib/contracts/view';
import { actionGrammar } from '../../../src/lib/action/grammar';
import { tutoredScope, tutoredUser } from '../../../src/lib/dialogue/tutored-user';
import { toBrief } from '../../../src/lib/profile/brief';
import { fits } from '../../../src/lib/profile/fit';
import { userMessages } from '../../../src/lib/prompt/user';
import { tinyPack, tinyProfile } from '../../support/tiny-domain';
import { accepts, readGrammar } from '../action/gbnf';
import { answering, depsOf, finish, tiny } from './harness';

const brief = toBrief(tinyProfile, tiny);

/** After a refused film, this one was named. */
function offered(item: Item): UserView {
  const [earlier = item] = tinyPack.items.filter((other) => other.title === 'Up');
  return {
    role: 'user',
    brief,
    turns: [
      { by: 'other', text: earlier.label, cards: [tiny.factCard(earlier)] },
      { by: 'self', actions: [{ type: 'reject', items: [earlier.label] }], text: 'No' },
      { by: 'other', text: item.label, cards: [tiny.factCard(item)] },
    ],
    recommended: [earlier.label, item.label],
  };
}

describe('a tutored user', () => {
  it.each(tinyPack.items.filter(({ title }) => title !== 'Up'))(
    'takes $label only where it fits and is new',
    (item) => {
      const grammar = readGrammar(actionGrammar(tutoredScope(offered(item), 2)));
      const can = (line: string) => accepts(grammar, `${line}\nWords.`);
      const takes = fits(item, tinyProfile) && !tinyProfile.liked.includes(item.id);
      expect(can(`[accept: ${item.label}]`)).toBe(takes);
      expect(can(`[reject: ${item.label}]`)).toBe(!takes);
      expect(can(`[seen: ${item.label}]`)).toBe(!takes);
      expect(can('[inform]')).toBe(!takes);
      expect(can('[accept: Up (2009)]')).toBe(false);
      expect(can('[bye]')).toBe(false);
    },
  );

  it('is asked with the prompt of any other user, and named in the record', async () => {
    const engine = answering(() => '[inform]\nSomething scary, please.');
    const user = tutoredUser(engine, tiny);
    expect(user.seat()).toMatchObject({ id: 'test-model tutored', engine: 'scripted' });
    await finish(depsOf({ user }));
    const view: UserView = { role: 'user', brief, turns: [], recommended: [] };
    expect(engine.requests[0]?.messages).toEqual(userMessages(view, tinyPack));
    expect(engine.requests[0]?.grammar).toBe(actionGrammar(tutoredScope(view, 2)));
  });
});
