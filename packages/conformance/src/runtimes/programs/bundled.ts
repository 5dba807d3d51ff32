// Everything that needs no server, in one file: Workers and the edge have no modules to load.
import { bundledModules } from '../bundled-modules.ts';
import { backEndCheck } from '../checks/back-end-check.ts';
import { loadingCheck } from '../checks/loading-check.ts';
import { moduleChecks } from '../checks/module-checks.ts';
import { portableChecks, type Records } from '../checks/portable-checks.ts';
import { print, tally } from '../tally.ts';

declare const RECORDS: Records;

const loading = loadingCheck(RECORDS.samples);

export async function main(): Promise<void> {
  const modules = moduleChecks(Object.keys(bundledModules), (name) => bundledModules[name]);
  const { vectors, stores, fetch } = portableChecks(RECORDS);
  print(await tally('modules', [...modules, loading, backEndCheck('web')]));
  print(await tally('vectors', vectors));
  print(await tally('stores', stores, true));
  print(await tally('fetch', fetch));
}
