import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** @typedef {{ version?: string, integrity?: string, optional?: boolean, devOptional?: boolean, link?: boolean, extraneous?: boolean }} LockEntry */

/**
 * @param {string} file
 * @returns {Record<string, LockEntry>}
 */
function packagesOf(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}

/**
 * Whether what is installed is what the lockfile asks for, package by package: npm keeps a lockfile of its
 * own inside node_modules. An optional package may be absent, because it may be for another platform.
 *
 * @param {string} root
 */
export function isInstalled(root) {
  const installedFile = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installedFile)) return false;
  const wanted = packagesOf(join(root, 'package-lock.json'));
  const installed = packagesOf(installedFile);
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '' || entry.link === true || entry.extraneous === true) return true;
    const found = installed[path];
    if (found === undefined) return entry.optional === true || entry.devOptional === true;
    return found.version === entry.version && found.integrity === entry.integrity;
  });
}

/**
 * Installs exactly what the lockfile names, where that is not installed. Silent unless it fails.
 *
 * @param {string} root
 * @param {(line: string) => void} say
 * @returns {boolean} false when npm failed; its output has been printed
 */
export function install(root, say) {
  if (isInstalled(root)) return true;
  say('Installing what the lab needs (npm ci, once) ...');
  const npm = process.env['npm_execpath'];
  const flags = ['ci', '--include=dev', '--no-audit', '--no-fund'];
  const options = /** @type {const} */ ({ cwd: root, encoding: 'utf8', stdio: 'pipe' });
  const done =
    npm === undefined
      ? spawnSync('npm', flags, { ...options, shell: process.platform === 'win32' })
      : spawnSync(process.execPath, [npm, ...flags], options);
  if (done.status === 0) return true;
  say(`${done.stdout ?? ''}${done.stderr ?? ''}${done.error?.message ?? ''}`);
  say('The installation failed. Check the network and try again.');
  return false;
}
