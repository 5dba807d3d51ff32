// Every table, or those that are named: `npm run bench -- verify stores`. The last line is all of it as JSON.
import type { Section, Table } from './section.ts';

/**
 * In this order, and each loaded when its turn has come: what the library of one does to the whole process is not
 * measured in those before it.
 */
const sections: Readonly<Record<string, () => Promise<Section>>> = {
  verify: async () => (await import('./verify/verify-section.ts')).verifySection,
  web: async () => (await import('./verify/web-section.ts')).webSection,
  endpoints: async () => (await import('./endpoints/endpoints-section.ts')).endpointsSection,
  growth: async () => (await import('./growth/growth-section.ts')).growthSection,
  memory: async () => (await import('./memory/memory-section.ts')).memorySection,
  stores: async () => (await import('./stores/stores-section.ts')).storesSection,
};

const wanted = process.argv.slice(2);
for (const name of wanted) {
  if (Object.hasOwn(sections, name)) continue;
  throw new Error(`no section "${name}": take of ${Object.keys(sections).join(', ')}`);
}

const report: Record<string, readonly Table[]> = {};
for (const [name, load] of Object.entries(sections)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const section = await load();
  report[name] = await section.run();
  for (const { title, rows } of report[name]) {
    console.log(title);
    console.table(rows);
  }
}
console.log(JSON.stringify(report));
process.exit();
