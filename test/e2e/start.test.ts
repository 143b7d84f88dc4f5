import { describe, expect, it } from 'vitest';
import { startAnswers } from '../bars/runner/fresh-clone';
import { root } from './lab';

describe('npm start', () => {
  it('serves the page with no other command before it', async () => {
    expect(await startAnswers(root)).toBe(true);
  }, 300_000);
});
