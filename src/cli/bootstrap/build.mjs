import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exclusively } from './lock.mjs';

const sources = ['src', 'workers'];
const configs = ['package-lock.json', 'svelte.config.js', 'vite.config.ts', 'tsconfig.json'];
/** The command runs from its sources: it is no part of the site. */
const notOfTheSite = join('src', 'cli');

/**
 * Every file below a folder, in one order on every machine.
 *
 * @param {string} root
 * @param {string} folder
 * @returns {string[]} paths relative to the root
 */
function filesBelow(root, folder) {
  const path = join(root, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .filter((file) => !file.startsWith(notOfTheSite))
    .sort();
}

/**
 * A hash of all that decides the built site. Large static files count by size and time, not by content.
 *
 * @param {string} root
 */
export function inputsHash(root) {
  const hash = createHash('sha256');
  for (const file of [...sources.flatMap((folder) => filesBelow(root, folder)), ...configs]) {
    hash.update(`${file}\0`).update(readFileSync(join(root, file)));
  }
  for (const file of filesBelow(root, 'static')) {
    const { size, mtimeMs } = statSync(join(root, file));
    hash.update(`${file}\0${String(size)}\0${String(Math.floor(mtimeMs))}\0`);
  }
  return hash.digest('hex');
}

/**
 * Builds the site where its sources have changed since the last build. Silent unless it fails.
 *
 * @param {string} root
 * @param {(line: string) => void} say
 * @returns {boolean} false when the build failed; its output has been printed
 */
export function build(root, say) {
  const lock = join(root, 'node_modules', '.interplay-build');
  return isBuilt(root) || exclusively(lock, () => isBuilt(root) || runBuild(root, say));
}

/** @param {string} root */
const stampOf = (root) => join(root, 'build', '.inputs');

/** @param {string} root */
function isBuilt(root) {
  const stamp = stampOf(root);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === inputsHash(root);
}

/**
 * @param {string} root
 * @param {(line: string) => void} say
 */
function runBuild(root, say) {
  const hash = inputsHash(root);
  say('Building the page (once, and after every change) ...');
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  // A test runner's NODE_ENV would give the site for development.
  const env = { ...process.env, NODE_ENV: 'production' };
  const done = spawnSync(process.execPath, [vite, 'build'], { cwd: root, encoding: 'utf8', env });
  if (done.status === 0) {
    writeFileSync(stampOf(root), hash);
    return true;
  }
  say(`${done.stdout}${done.stderr}${done.error?.message ?? ''}`);
  say('The build failed: the lines above say why.');
  return false;
}
