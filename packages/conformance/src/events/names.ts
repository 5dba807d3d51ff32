/** Event types, handlers and fields whose names JavaScript's own objects have, and a few that are ordinary. */
export const NAMES = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'valueOf',
  'toJSON',
  'then',
  'prototype',
  'invoice.paid',
] as const;

/** Those that have a handler. */
export const HANDLED: readonly string[] = NAMES.filter(
  (name) => !['toString', 'valueOf', 'then'].includes(name),
);
