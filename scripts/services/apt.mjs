import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

let updated = false;

/**
 * Installs Debian packages, where this is Debian and we are root; elsewhere it does nothing.
 *
 * @param {string[]} packages
 * @returns {string | null} why it could not be done, or null when it was
 */
export function installDebian(...packages) {
  if (!existsSync('/usr/bin/apt-get'))
    return 'this is not Debian or Ubuntu, so nothing is installed by itself';
  if (process.getuid?.() !== 0) return `not root, so "apt-get install ${packages.join(' ')}" is left to you`;
  console.log(`Installing ${packages.join(', ')} (Debian package) ...`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args) =>
    spawnSync('apt-get', ['-qq', ...args], { stdio: ['ignore', 'ignore', 'inherit'], env, timeout: 600_000 });
  if (!updated) updated = apt('update').status === 0;
  const result = apt('install', '-y', '--no-install-recommends', ...packages);
  return result.status === 0
    ? null
    : `"apt-get install ${packages.join(' ')}" failed (code ${result.status})`;
}
