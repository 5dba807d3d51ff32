// The adapter suite on node:http.
import { adapterChecks } from '../checks/adapter-checks.ts';
import { frameworkAdapters } from '../framework-adapters.ts';
import { print, tally } from '../tally.ts';

print(await tally('adapters', adapterChecks(frameworkAdapters)));
process.exit();
