// Runs a script in the edge VM, and waits for the promise that it leaves in `finished`.
import { readFileSync } from 'node:fs';
import { EdgeVM } from '@edge-runtime/vm';

const [, , script] = process.argv;
const vm = new EdgeVM({ extend: (context) => Object.assign(context, { console }) });
vm.evaluate(readFileSync(script, 'utf8'));
await vm.evaluate('finished');
