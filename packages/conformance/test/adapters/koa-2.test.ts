import { adapterSuite } from '@countersign/testing';
import type Koa from 'koa';
import Koa2 from 'koa2';
import { describe, test } from 'vitest';
import { koaAdapter } from './koa-adapter.ts';

// The types of two major versions never meet; what the adapter touches is in both.
const adapter = koaAdapter('koa 2', Koa2 as unknown as typeof Koa);

describe(adapter.name, () => {
  for (const { name, run } of adapterSuite(adapter)) test(name, run);
});
