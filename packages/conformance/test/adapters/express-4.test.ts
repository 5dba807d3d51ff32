import { adapterSuite } from '@countersign/testing';
import type express from 'express';
import express4 from 'express4';
import { describe, test } from 'vitest';
import { expressAdapter } from './express-adapter.ts';

// The types of two major versions never meet; what the adapter touches is in both.
const adapter = expressAdapter('express 4', express4 as unknown as typeof express);

describe(adapter.name, () => {
  for (const { name, run } of adapterSuite(adapter)) test(name, run);
});
