// For the edge VM, which runs a script and knows no modules.
import { main } from './bundled.ts';

Object.assign(globalThis, { finished: main() });
