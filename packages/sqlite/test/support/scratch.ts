import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for database files, and a new path in it for every call. */
export function scratch(): { path(): string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-sqlite-'));
  let files = 0;
  return {
    path: () => join(folder, `${++files}.db`),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
