import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { fromNode } from '../src/node.ts';

const NAMES = ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'authorization'];

it('a header that was not sent is not read from the prototype', async () => {
  const read = await new Promise<unknown>((resolve, reject) => {
    const server = createServer((request, response) => {
      const { headers } = fromNode(request);
      resolve(NAMES.map((name) => headers.get(name)));
      response.end();
      server.close();
    }).listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: '' }).catch(reject);
    });
  });
  expect(read).toEqual(NAMES.map(() => null));
});
