// Serves an app on the edge runtime: the script of it, and a port.
import { readFileSync } from 'node:fs';
import { EdgeRuntime, runServer } from 'edge-runtime';

const [, , script, port] = process.argv;
const runtime = new EdgeRuntime({ initialCode: readFileSync(script, 'utf8') });
await runServer({ runtime, host: '127.0.0.1', port: Number(port) });
