import { adapterSuite } from '@countersign/testing';
import Koa from 'koa';
import { describe, test } from 'vitest';
import { koaAdapter } from './koa-adapter.ts';

const adapter = koaAdapter('koa 3', Koa);

describe(adapter.name, () => {
  for (const { name, run } of adapterSuite(adapter)) test(name, run);
});
