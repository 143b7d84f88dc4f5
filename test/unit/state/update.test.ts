import { describe, expect, it } from 'vitest';
import {
  AppUpdate,
  nothingInFlight,
  type UpdateSource,
} from '../../../src/lib/state/update.svelte';

/** A registration and container as a browser has them, and what was sent to the waiting version. */
function browser({ first = false, waiting = false } = {}) {
  const sent: unknown[] = [];
  const worker = Object.assign(new EventTarget(), {
    state: 'installing',
    postMessage: (message: unknown) => void sent.push(message),
  });
  const registration = Object.assign(new EventTarget(), {
    waiting: waiting ? worker : null,
    installing: null as typeof worker | null,
    update: () => Promise.resolve(),
  });
  const container = Object.assign(new EventTarget(), { controller: first ? null : {} });
  return {
    sent,
    source: { registration, container } as unknown as UpdateSource,
    find() {
      registration.installing = worker;
      registration.dispatchEvent(new Event('updatefound'));
      worker.state = 'installed';
      registration.waiting = worker;
      worker.dispatchEvent(new Event('statechange'));
    },
    takeOver() {
      container.dispatchEvent(new Event('controllerchange'));
    },
  };
}

function updateWith(busy: () => boolean) {
  let reloads = 0;
  const update = new AppUpdate({
    idle: () => Promise.resolve(!busy()),
    reload: () => (reloads += 1),
    wait: () => new Promise((done) => setTimeout(done, 1)),
  });
  return { update, reloads: () => reloads };
}

const settle = () => new Promise((done) => setTimeout(done, 10));

describe('a new version', () => {
  it('is announced, and applied on click only', async () => {
    const { update, reloads } = updateWith(() => false);
    const page = browser();
    update.watch(page.source, () => undefined);
    expect(update.status).toBe('none');
    page.find();
    expect(update.status).toBe('ready');
    await settle();
    expect([page.sent, reloads()]).toEqual([[], 0]);
    await update.apply();
    expect(page.sent).toEqual([{ type: 'apply-update' }]);
    page.takeOver();
    await expect.poll(reloads).toBe(1);
  });

  it('that waited since the last visit is announced at once; a first visit announces nothing', () => {
    const { update } = updateWith(() => false);
    update.watch(browser({ waiting: true }).source, () => undefined);
    expect(update.status).toBe('ready');
    const first = updateWith(() => false);
    const page = browser({ first: true });
    first.update.watch(page.source, () => undefined);
    page.find();
    page.takeOver();
    expect(first.update.status).toBe('none');
    expect(first.reloads()).toBe(0);
  });

  it('waits for what is in flight, says so, and drops nothing', async () => {
    let busy = true;
    const { update, reloads } = updateWith(() => busy);
    const page = browser({ waiting: true });
    update.watch(page.source, () => undefined);
    const applied = update.apply();
    await expect.poll(() => update.status).toBe('waiting');
    expect(page.sent).toEqual([]);
    busy = false;
    await applied;
    expect(page.sent).toHaveLength(1);
    // Something begins before the new version has taken over: it is let end.
    busy = true;
    page.takeOver();
    await settle();
    expect(reloads()).toBe(0);
    busy = false;
    await expect.poll(reloads).toBe(1);
  });

  it('can be put off, also while it waits', async () => {
    const { update, reloads } = updateWith(() => true);
    const page = browser({ waiting: true });
    update.watch(page.source, () => undefined);
    const applied = update.apply();
    await expect.poll(() => update.status).toBe('waiting');
    update.dismiss();
    await applied;
    expect(update.status).toBe('none');
    expect([page.sent, reloads()]).toEqual([[], 0]);
  });

  it('that another tab applied does not reload this one by itself', async () => {
    const { update, reloads } = updateWith(() => false);
    const page = browser();
    update.watch(page.source, () => undefined);
    page.takeOver();
    await settle();
    expect([update.status, reloads()]).toEqual(['other', 0]);
    await update.apply();
    expect(reloads()).toBe(1);
  });

  it('goes by the locks of every tab', async () => {
    const held = (name: string) => (asked: string) => Promise.resolve(asked === name);
    expect(await nothingInFlight(() => false, held('none'))).toBe(true);
    expect(await nothingInFlight(() => true, held('none'))).toBe(false);
    expect(await nothingInFlight(() => false, held('talk'))).toBe(false);
    expect(await nothingInFlight(() => false, held('runs'))).toBe(false);
  });
});
