import { adapterSuite } from '@countersign/testing';
import express from 'express';
import { describe, test } from 'vitest';
import { expressAdapter } from './express-adapter.ts';

const adapter = expressAdapter('express 5', express);

describe(adapter.name, () => {
  for (const { name, run } of adapterSuite(adapter)) test(name, run);
});
