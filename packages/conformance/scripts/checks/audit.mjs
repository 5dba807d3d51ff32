import { spawnSync } from 'node:child_process';
import { run } from '../packed-packages.mjs';

/** Whether anything that comes with the packages has a known vulnerability. */
export function checkAudit({ folder }) {
  run(folder, 'npm', ['install', '--package-lock-only', '--ignore-scripts', '--no-audit', '--no-fund']);
  const { stdout } = spawnSync('npm', ['audit', '--json'], { cwd: folder, encoding: 'utf8' });
  const { vulnerabilities, message = stdout } = JSON.parse(stdout);
  if (vulnerabilities === undefined) {
    if (!message.includes('/security/advisories/')) throw new Error(`npm audit: ${message}`);
    // A mirror of the registry may not have the service: that is said aloud, and is no clean bill.
    return `SKIPPED, nothing was audited: ${message}`;
  }
  const found = Object.values(vulnerabilities).map(({ name, severity }) => `${name} (${severity})`);
  if (found.length > 0) throw new Error(`npm audit: ${found.join(', ')}`);
  return 'npm audit knows of nothing';
}
