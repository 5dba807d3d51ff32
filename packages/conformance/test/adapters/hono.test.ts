import { adapterSuite } from '@countersign/testing';
import { describe, test } from 'vitest';
import { honoAdapter } from './hono-adapter.ts';
import { nodeServer } from './node-server.ts';

const adapter = honoAdapter('hono on node', nodeServer);

describe(adapter.name, () => {
  for (const { name, run } of adapterSuite(adapter)) test(name, run);
});
