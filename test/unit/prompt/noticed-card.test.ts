import { describe, expect, it } from 'vitest';
import type { Attribute } from '../../../src/lib/contracts/catalogue';
import { createCatalogue } from '../../../src/lib/domain/catalogue';
import { fits } from '../../../src/lib/profile/fit';
import { toBrief } from '../../../src/lib/profile/brief';
import { noticedCard } from '../../../src/lib/prompt/noticed-card';
import { tinyPack, tinyProfile } from '../../support/tiny-domain';

const catalogue = createCatalogue(tinyPack);
const genre = (value: string): Attribute => ({ type: 'genre', value });

/** What the card of this film says to somebody with these wishes, behind its facts. */
function notes(title: string, wanted: readonly Attribute[], unwanted: readonly Attribute[] = []) {
  const item = tinyPack.items.find((one) => one.title === title);
  if (item === undefined) throw new Error(`no film ${title}`);
  const profile = { ...tinyProfile, wanted: [...wanted], unwanted: [...unwanted] };
  const card = noticedCard(catalogue.factCard(item), toBrief(profile, catalogue), tinyPack);
  return { said: /\((?!\d{4}\))(.*)\)$/.exec(card)?.[1] ?? '', fits: fits(item, profile) };
}

describe('a card as a person reads it', () => {
  it('says that half of the wishes are enough, and which', () => {
    expect(notes('Saw', [genre('horror'), genre('crime')])).toEqual({
      said: 'meets enough wishes, 1 of 2: horror; missing: crime',
      fits: true,
    });
  });

  it('does not list the wishes that are met where these are too few', () => {
    expect(notes('Saw', [genre('horror'), genre('crime'), genre('comedy')])).toEqual({
      said: 'meets too few wishes, 1 of 3; missing: crime, comedy',
      fits: false,
    });
  });

  it('says what is unwanted instead of how many wishes are met', () => {
    expect(notes('Saw', [genre('horror')], [genre('thriller')])).toEqual({
      said: 'unwanted: thriller',
      fits: false,
    });
  });

  it('says that a film is known, and nothing of wishes where there are none', () => {
    expect(notes('Heat', [])).toEqual({ said: 'seen before', fits: true });
    expect(notes('Saw', [])).toEqual({ said: '', fits: true });
  });
});
