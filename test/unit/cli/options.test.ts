import { describe, expect, it } from 'vitest';
import { LabError } from '../../../src/lib/contracts/errors';
import { readPlan } from '../../../src/cli/simulate/plan';
import { simulateFlags } from '../../../src/cli/simulate/flags';
import { helpText } from '../../../src/cli/options';

const read = (line: string, env: NodeJS.ProcessEnv = {}) =>
  readPlan(line.split(' ').filter(Boolean), env);
const complaint = (line: string, env: NodeJS.ProcessEnv = {}): string => {
  try {
    read(line, env);
  } catch (reason) {
    expect(reason).toBeInstanceOf(LabError);
    expect((reason as LabError).code).toBe('bad-config');
    return (reason as LabError).message;
  }
  throw new Error(`accepted: ${line}`);
};

describe('the command line of simulate', () => {
  it('has a default for everything', () => {
    const plan = read('');
    expect(plan).toMatchObject({
      dialogues: 10,
      seed: 1,
      engines: { user: 'auto', recommender: 'auto' },
      seats: { user: null, recommender: null },
      domain: 'movies',
      out: null,
      json: false,
    });
    expect(plan.config).toMatchObject({
      maxTurns: 20,
      candidates: 3,
      redraws: 2,
      constrained: true,
      trace: false,
    });
  });

  it('shows in the help the defaults that it applies', () => {
    const help = helpText('', '', simulateFlags);
    const { dialogues, seed, config } = read('');
    expect(help).toContain(`hold (default: ${String(dialogues)})`);
    expect(help).toContain(`decides (default: ${String(seed)})`);
    expect(help).toContain(`counted (default: ${String(config.maxTurns)})`);
    expect(help).toContain(`or all (default: ${String(config.candidates)})`);
    expect(help).toContain(`likeliest (default: ${String(config.sampling.user.temperature)})`);
    expect(help).toContain(`of a turn (default: ${String(config.sampling.user.maxTokens)})`);
  });

  it('reads what is given', () => {
    const plan = read(
      '--dialogues 3 --seed 0 --engine wasm --recommender-engine native --user honest --candidates all ' +
        '--temperature 0 --max-turns 6 --trace --json --unconstrained --slots 8 --domain boardgames',
    );
    expect(plan).toMatchObject({
      dialogues: 3,
      seed: 0,
      engines: { user: 'wasm', recommender: 'native' },
      seats: { user: 'honest' },
      json: true,
      slots: 8,
      domain: 'boardgames',
    });
    expect(plan.config).toMatchObject({
      maxTurns: 6,
      candidates: null,
      constrained: false,
      trace: true,
    });
    expect(plan.config.sampling.user.temperature).toBe(0);
  });

  it('puts one model in both seats, but where a seat is named', () => {
    expect(read('--model m').seats).toEqual({ user: 'm', recommender: 'm' });
    expect(read('--model m --user honest').seats).toEqual({ user: 'honest', recommender: 'm' });
  });

  it('gives both seats to the counterpart, with the whole catalogue on offer', () => {
    const plan = read('--counterpart --model c --engine native');
    expect(plan).toMatchObject({
      counterpart: true,
      seats: { user: 'c', recommender: 'c' },
      engines: { user: 'native', recommender: 'native' },
    });
    expect(plan.config.candidates).toBeNull();
    expect(read('--counterpart').seats).toEqual({ user: null, recommender: null });
    expect(read('').counterpart).toBe(false);
  });

  it.each([
    ['--counterpart --user honest', '--user has no meaning'],
    ['--counterpart --recommender oracle', '--recommender has no meaning'],
    ['--counterpart --candidates 10', '--candidates has no meaning'],
    ['--counterpart --recommender-engine wasm', '--recommender-engine has no meaning'],
    ['--dialogs 3', "Unknown option '--dialogs'"],
    ['stray', 'Unexpected argument'],
    ['--dialogues', 'argument missing'],
    ['--dialogues 0', '--dialogues must be a whole number from 1'],
    ['--dialogues 2.5', 'not "2.5"'],
    ['--dialogues x', 'not "x"'],
    ['--seed -1', 'seed'],
    ['--temperature warm', '--temperature must be a number from 0 to 2'],
    ['--engine gpu', '--engine must be one of auto, webgpu, wasm, native, http, scripted'],
    ['--domain ../secret', '--domain must be the name'],
    ['--engine http', 'add --endpoint'],
    ['--engine http --endpoint ftp://x', 'must be an http address'],
    ['--grammar-field x --endpoint http://x', '--grammar-field must be one of'],
    ['--api-key-env NO_SUCH_KEY', 'NO_SUCH_KEY, which is not set'],
  ])('refuses "%s" and says why', (line, why) => {
    expect(complaint(line)).toContain(why);
  });

  it('takes a key from the environment only', () => {
    const line = '--engine http --endpoint http://h/v1 --api-key-env KEY';
    expect(read(line, { KEY: 'secret' }).endpoint.apiKey).toBe('secret');
  });
});
