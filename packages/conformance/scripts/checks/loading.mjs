import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../packed-packages.mjs';

/** Every module, imported and required, with the crypto of Node and of the web. */
export function checkLoading({ folder, modules }) {
  const use = (load) => `for (const name of ${JSON.stringify(modules)}) {
    if (Object.keys(${load}(name)).length === 0) throw new Error(name + ' exports nothing');
  }`;
  for (const [file, load] of [
    ['use.mjs', 'await import'],
    ['use.cjs', 'require'],
  ]) {
    writeFileSync(join(folder, file), use(load));
    run(folder, 'node', [file]);
    run(folder, 'node', ['--conditions=workerd', file]);
  }
  return `${modules.length} modules import and require`;
}
