import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const pause = new Int32Array(new SharedArrayBuffer(4));

/**
 * @param {string} lock
 * @returns {boolean} whether the process that made the lock still runs
 */
function isHeld(lock) {
  try {
    process.kill(Number(readFileSync(join(lock, 'pid'), 'utf8')), 0);
    return true;
  } catch (reason) {
    // Not ours to signal, but there.
    return /** @type {NodeJS.ErrnoException} */ (reason).code === 'EPERM';
  }
}

/**
 * Does one thing at a time across processes: who comes second waits until the first is done or dead.
 *
 * @template T
 * @param {string} lock a folder that stands for the lock
 * @param {() => T} work
 * @returns {T}
 */
export function exclusively(lock, work) {
  mkdirSync(dirname(lock), { recursive: true });
  for (;;) {
    try {
      mkdirSync(lock);
      break;
    } catch (reason) {
      if (/** @type {NodeJS.ErrnoException} */ (reason).code !== 'EEXIST') throw reason;
    }
    // Twice, because the other may be between making the folder and writing its number.
    if (!isHeld(lock)) {
      Atomics.wait(pause, 0, 0, 200);
      if (!isHeld(lock)) rmSync(lock, { recursive: true, force: true });
    }
    Atomics.wait(pause, 0, 0, 200);
  }
  try {
    writeFileSync(join(lock, 'pid'), String(process.pid));
    return work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}
