// Everything that needs no server, where modules are loaded from disk: Node, Bun and Deno.
import { type BackEnd, backEndCheck } from '../checks/back-end-check.ts';
import { loadingCheck } from '../checks/loading-check.ts';
import { moduleChecks } from '../checks/module-checks.ts';
import { portableChecks, type Records } from '../checks/portable-checks.ts';
import { print, tally } from '../tally.ts';

declare const RECORDS: Records;
declare const MODULES: readonly string[];
declare const FORMAT: 'esm' | 'cjs';

const loading = loadingCheck(RECORDS.samples);

async function main(backEnd: BackEnd): Promise<void> {
  const load = FORMAT === 'cjs' ? require : (name: string) => import(name);
  const { vectors, stores, fetch } = portableChecks(RECORDS);
  print(await tally('modules', [...moduleChecks(MODULES, load), loading, backEndCheck(backEnd)]));
  print(await tally('vectors', vectors));
  print(await tally('stores', stores, true));
  print(await tally('fetch', fetch));
}

main(process.argv[2] as BackEnd);
