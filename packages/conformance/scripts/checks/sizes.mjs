import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { budgets, programs } from './size-budgets.mjs';

/** Code → bytes, minified and gzipped, of what a bundler makes of each. */
async function measure(folder, codes, conditions = []) {
  const into = join(folder, `sizes-${conditions.join('-')}`);
  mkdirSync(into, { recursive: true });
  const files = codes.map((code, at) => {
    const file = join(into, `${at}.mjs`);
    writeFileSync(file, code);
    return file;
  });
  const { outputFiles } = await build({
    entryPoints: files,
    outdir: join(into, 'out'),
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    conditions,
    external: ['express', 'koa', 'hono'],
    logLevel: 'error',
  });
  const sizes = outputFiles.map(({ path, contents }) => [
    Number(basename(path, '.js')),
    gzipSync(contents, { level: 9 }).length,
  ]);
  return sizes.sort(([a], [b]) => a - b).map(([, size]) => size);
}

/** Family → its modules with their sizes, the smallest first. */
function grouped(modules, sizes) {
  const families = budgets.map(({ family, budget }) => ({ family, budget, members: [] }));
  for (const [at, name] of modules.entries()) {
    const found = budgets.findIndex((each) =>
      each.modules === undefined ? name.startsWith('@countersign/providers/') : each.modules.includes(name),
    );
    if (found < 0) throw new Error(`${name} has no budget`);
    families[found].members.push({ name, size: sizes[at] });
  }
  for (const { members } of families) members.sort((a, b) => a.size - b.size);
  return families;
}

const columns = (...texts) =>
  `\n  ${texts[0].padEnd(30)}${texts
    .slice(1, 5)
    .map((text) => String(text).padStart(9))
    .join('')}  ${texts[5] ?? ''}`;

/** What each module, and a few programs, take in a bundle. */
export async function checkSizes({ folder, modules }) {
  const gone = budgets.flatMap((each) => each.modules ?? []).filter((name) => !modules.includes(name));
  if (gone.length > 0) throw new Error(`there is a budget, and no module: ${gone.join(', ')}`);

  const families = grouped(
    modules,
    await measure(
      folder,
      modules.map((name) => `export * from '${name}';`),
    ),
  );
  for (const { family, budget, code, conditions } of programs) {
    const [size] = await measure(folder, [code], conditions);
    families.push({ family, budget, members: [{ name: 'the program', size }] });
  }

  const over = families.flatMap(({ family, budget, members }) =>
    members
      .filter(({ size }) => size > budget)
      .map(({ name, size }) => `${name} (${family}): ${size} of ${budget}`),
  );
  if (over.length > 0) throw new Error(`over budget, in bytes, minified and gzipped:\n${over.join('\n')}`);
  const rows = families.map(({ family, budget, members }) => {
    const { name, size } = members.at(-1);
    const median = members[Math.floor(members.length / 2)].size;
    return columns(family, members.length, median, size, budget, members.length > 1 ? name : '');
  });
  return `within budget, in bytes, minified and gzipped${columns('', 'modules', 'median', 'largest', 'budget')}${rows.join('')}`;
}
