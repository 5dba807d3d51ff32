import { adapterSuite } from '@countersign/testing';
import { describe, test } from 'vitest';
import { fetchAdapter } from './fetch-adapter.ts';
import { nodeServer } from './node-server.ts';

const adapter = fetchAdapter('fetch on node', nodeServer);

describe(adapter.name, () => {
  for (const { name, run } of adapterSuite(adapter)) test(name, run);
});
