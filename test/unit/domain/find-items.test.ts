import { describe, expect, it } from 'vitest';
import { createCatalogue } from '../../../src/lib/domain/catalogue';
import { findItems } from '../../../src/lib/domain/find-items';
import { tinyPack } from '../../support/tiny-domain';

const pack = {
  ...tinyPack,
  items: tinyPack.items.map((item) =>
    item.title === 'Saw' ? { ...item, aliases: ['Jigsaw’s Début'] } : item,
  ),
};
const tiny = createCatalogue(pack);
const found = (typed: string, limit = 5) => findItems(tiny, typed, limit).map(({ label }) => label);

describe('finding items by what is typed', () => {
  it.each([
    ['', []],
    ['   ', []],
    ['hallo', ['Halloween (1978)', 'Halloween (2018)']],
    ['HALLOWEEN 2018', ['Halloween (2018)']],
    ['story', ['Toy Story (1995)']],
    ['jigsaws debut', ['Saw (2004)']],
    ['conjuring the', ['The Conjuring (2013)']],
    ['zzz', []],
  ])('%j', (typed, labels) => {
    expect(found(typed)).toEqual(labels);
  });

  it('puts titles that begin so first, then the better known, and keeps to the limit', () => {
    expect(found('t')).toEqual(['The Conjuring (2013)', 'Toy Story (1995)']);
    expect(found('1995', 1)).toEqual(['Toy Story (1995)']);
  });
});
