// Every table, or those that are named: `npm run bench -- verify stores`. The last line is all of it as JSON.
import { endpointsSection } from './endpoints/endpoints-section.ts';
import { growthSection } from './growth/growth-section.ts';
import { memorySection } from './memory/memory-section.ts';
import type { Section, Table } from './section.ts';
import { storesSection } from './stores/stores-section.ts';
import { verifySection } from './verify/verify-section.ts';
import { webSection } from './verify/web-section.ts';

const sections: readonly Section[] = [
  verifySection,
  webSection,
  endpointsSection,
  growthSection,
  memorySection,
  storesSection,
];

const wanted = process.argv.slice(2);
for (const name of wanted) {
  if (sections.some((section) => section.name === name)) continue;
  throw new Error(`no section "${name}": take of ${sections.map((section) => section.name).join(', ')}`);
}

const report: Record<string, readonly Table[]> = {};
for (const { name, run } of sections) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  report[name] = await run();
  for (const { title, rows } of report[name]) {
    console.log(title);
    console.table(rows);
  }
}
console.log(JSON.stringify(report));
process.exit();
