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

function sayable(view: UserView): (line: string) => boolean {
  const grammar = readGrammar(actionGrammar(tutoredScope(view, 2)));
  return (line) => accepts(grammar, `${line}\nWords.`);
}

describe('a tutored user', () => {
  it.each(tinyPack.items.filter(({ title }) => title !== 'Up'))(
    'says of $label what card and brief say',
    (item) => {
      const can = sayable(offered(item));
      const known = brief.known.includes(item.label);
      const takes = fits(item, tinyProfile) && !known;
      expect(can(`[accept: ${item.label}]`)).toBe(takes);
      expect(can(`[accept: ${item.label}] [bye]`)).toBe(takes);
      expect(can(`[seen: ${item.label}] [inform]`)).toBe(known);
      expect(can(`[reject: ${item.label}] [inform] [ask]`)).toBe(!takes && !known);
      expect(can('[accept: Up (2009)]')).toBe(false);
      for (const line of ['[inform]', '[chat]', '[bye]']) expect(can(line)).toBe(false);
    },
  );

  it('says what it is after where nothing was recommended', () => {
    const view = offered(tinyPack.items[0] as Item);
    const can = sayable({
      ...view,
      turns: [...view.turns, { by: 'other', text: 'I hope that helps!', cards: [] }],
    });
    for (const line of ['[inform]', '[ask]', '[inform] [chat]']) expect(can(line)).toBe(true);
    for (const line of ['[chat]', '[bye]', '[reject: Up (2009)]']) expect(can(line)).toBe(false);
  });

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
