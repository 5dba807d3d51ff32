/** A planted mistake, attacks that must meet with it, and the word by which it is known. */
export interface Plant {
  readonly defect: string;
  readonly attacks: readonly string[];
  readonly complaint: RegExp;
}

export const plants: readonly Plant[] = [
  { defect: 'answers before the handler', attacks: [], complaint: /a 2xx before its handler had returned/ },
  {
    defect: 'answers 200 whatever came of it',
    attacks: ['genuine, forged, genuine, pipelined'],
    complaint: /a 2xx for what is no genuine delivery/,
  },
  { defect: 'answers with what came of another', attacks: [], complaint: /a 2xx for another delivery/ },
  {
    defect: 'takes a body that was cut off for a whole one',
    attacks: ['half of a body, signed as if it were all, and gone by a reset'],
    complaint: /what is not genuine ran 1 times/,
  },
  {
    defect: 'does not look after what it promises',
    attacks: ['gone in the body, by a reset'],
    complaint: /the server ended: exit code 1/,
  },
  {
    defect: 'never hears that a sender has gone',
    attacks: ['twenty pipelined deliveries, and a reset'],
    complaint: /it still holds timers: 20/,
  },
  { defect: 'leaves a listener', attacks: ['Connection: close'], complaint: /it still holds listeners/ },
  {
    defect: 'leaves a listener on the connection',
    attacks: ['twenty genuine deliveries, one after the other'],
    complaint: /MaxListenersExceededWarning|more listeners/,
  },
  { defect: 'keeps every request', attacks: ['Connection: close'], complaint: /it still holds requests/ },
  {
    defect: 'reads all of a body before it looks at its size',
    attacks: ['a refused body that has no end, at full speed (length)'],
    complaint: /bytes of a refused body were taken/,
  },
  {
    defect: 'writes a body after HEAD',
    attacks: ['HEAD, without a body'],
    complaint: /what is no answer/,
  },
  {
    defect: 'stands still',
    attacks: ['five genuine deliveries, pipelined'],
    complaint: /ms of the processor/,
  },
];
