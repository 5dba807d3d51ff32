import type { SenderName } from './deliveries.ts';

/** One thing to send, and what must come of it. */
export interface Row {
  readonly from: SenderName;
  readonly what: string;
  /** Rows that share it send the same event. */
  readonly event: string;
  /** Seconds between the signature and now. */
  readonly age?: number;
  readonly isTampered?: boolean;
  readonly isParsed?: boolean;
  readonly status: number;
  readonly isDuplicate?: boolean;
  readonly runs: boolean;
}

const names: readonly SenderName[] = ['stripe', 'github', 'slack', 'standard-webhooks'];
const stamped = names.filter((name) => name !== 'github');
const HOUR = 3600;

export const rows: readonly Row[] = [
  ...names.map((from) => ({ from, what: 'genuine', event: 'first', status: 200, runs: true })),
  ...names.map((from) => ({
    from,
    what: 'the same again',
    event: 'first',
    status: 200,
    isDuplicate: true,
    runs: false,
  })),
  ...names.map((from) => ({
    from,
    what: 'tampered body',
    event: 'tampered',
    isTampered: true,
    status: 401,
    runs: false,
  })),
  ...stamped.map((from) => ({
    from,
    what: 'an hour old',
    event: 'stale',
    age: HOUR,
    status: 401,
    runs: false,
  })),
  ...stamped.map((from) => ({
    from,
    what: 'an hour ahead',
    event: 'early',
    age: -HOUR,
    status: 401,
    runs: false,
  })),
  ...names.map((from) => ({
    from,
    what: 'behind a JSON parser',
    event: 'parsed',
    isParsed: true,
    status: 500,
    runs: false,
  })),
];
