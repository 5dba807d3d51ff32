import { expressFrameworks } from './express.ts';
import type { Framework } from './framework.ts';
import { honoFrameworks } from './hono.ts';
import { koaFrameworks } from './koa.ts';
import { plainFrameworks } from './plain.ts';

export const frameworks: readonly Framework[] = [
  ...expressFrameworks,
  ...koaFrameworks,
  ...honoFrameworks,
  ...plainFrameworks,
];
