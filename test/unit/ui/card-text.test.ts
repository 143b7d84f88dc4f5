import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textBlocks } from '../../../src/lib/ui/card-text';

describe('textBlocks', () => {
  it('finds the blocks of a model card', () => {
    const card = [
      '# Title',
      'One line',
      'goes on.',
      '',
      '- first',
      '  still first',
      '- second',
      '',
      '| a | b |',
      '|---|--:|',
      '| 1 | x \\| y |',
      '',
      '```sh',
      'npm start',
      '# not a heading',
      '```',
      '    indented',
    ].join('\n');
    expect(textBlocks(card)).toEqual([
      { kind: 'heading', level: 1, text: 'Title' },
      { kind: 'paragraph', text: 'One line goes on.' },
      { kind: 'list', items: ['first still first', 'second'] },
      { kind: 'table', head: ['a', 'b'], rows: [['1', 'x | y']] },
      { kind: 'code', text: 'npm start\n# not a heading' },
      { kind: 'code', text: 'indented' },
    ]);
  });

  it('ends, and loses no word, whatever the text', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '# ',
        '- ',
        '| a | b |',
        '|---|',
        '\n```\n',
        '    ',
        '<script>',
        '\n',
        '\n\n',
        'word',
      ),
      fc.string({ maxLength: 8 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const blocks = JSON.stringify(textBlocks(pieces.join('')));
        const words = pieces.filter((each) => each === 'word').length;
        expect(blocks.split('word').length - 1).toBeGreaterThanOrEqual(words);
      }),
    );
  });
});
