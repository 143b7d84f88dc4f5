import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { formatBytes, formatMs, formatSeconds } from '../../../src/lib/ui/format';
import { english, say } from '../../../src/lib/ui/messages';

const source = fileURLToPath(new URL('../../../src', import.meta.url));

describe('messages', () => {
  it('fill in their values and leave unknown names to be seen', () => {
    expect(say('load.bytes', { done: '1 MB', total: '2 MB' })).toBe('1 MB of 2 MB');
    expect(say('load.bytes', { done: '$&' })).toBe('$& of {total}');
  });

  it('are all used', () => {
    const code = ['lib/ui', 'lib/state', 'routes']
      .flatMap((folder) =>
        readdirSync(join(source, folder), { recursive: true, encoding: 'utf8' })
          .filter((file) => /\.(svelte|ts)$/.test(file) && !/^ui\/messages|^messages/.test(file))
          .map((file) => readFileSync(join(source, folder, file), 'utf8')),
      )
      .join('\n');
    // `seat.${name}` uses every message of its family.
    const unused = Object.keys(english).filter((key) => {
      const family = key.slice(0, key.lastIndexOf('.') + 1);
      const middle = key.replace(/^(\w+)\.[^.]+\./, '$1.${');
      return ![`'${key}'`, `\`${family}\${`, `\`${middle.slice(0, middle.indexOf('${') + 2)}`].some(
        (use) => code.includes(use),
      );
    });
    expect(unused).toEqual([]);
  });
});

describe('numbers for people', () => {
  it('have units', () => {
    expect(formatBytes(999)).toBe('999 B');
    expect(formatBytes(91_565_558)).toBe('91.6 MB');
    expect(formatBytes(2_500_000_000)).toBe('2.5 GB');
    expect(formatSeconds(8.2)).toBe('9 s');
    expect(formatSeconds(125)).toBe('2 min 05 s');
    expect(formatMs(840)).toBe('840 ms');
    expect(formatMs(3210)).toBe('3.2 s');
  });
});
