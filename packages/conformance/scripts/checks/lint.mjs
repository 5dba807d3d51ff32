import { run } from '../packed-packages.mjs';

/** What publint and attw have to say of the tarballs. */
export function checkLint({ folder, packed, entries }) {
  for (const { name, tarball } of packed) {
    run(folder, 'publint', ['--strict', tarball]);
    // Its profile leaves the resolution of Node 10 out, and holds those of Node 16 and of bundlers.
    run(folder, 'attw', ['--profile', 'node16', '--entrypoints', ...entries.get(name), '--', tarball]);
  }
  return `publint and attw find nothing in ${packed.length} tarballs`;
}
