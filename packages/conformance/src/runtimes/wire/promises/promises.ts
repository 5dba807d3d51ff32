import type { Visitor } from '../visitor.ts';

/** What an app promises, and how to see from outside that it holds. */
export type Promises = Readonly<Record<string, (visitor: Visitor) => Promise<void>>>;
