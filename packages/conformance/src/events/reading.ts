import type { Provider, Source, WebhookRequest } from '@countersign/core';

/** What JSON says stands at a path. Not as the engine looks for it: by the list of what an object holds. */
function at(payload: unknown, path: string): unknown {
  let current = payload;
  for (const key of path.split('.')) {
    if (typeof current !== 'object' || current === null) return undefined;
    current = Object.entries(current).find(([name]) => name === key)?.[1];
  }
  return current;
}

function text(value: unknown): string | undefined {
  if (typeof value === 'string' && value !== '') return value;
  const isExact = typeof value === 'number' && Math.abs(value) <= Number.MAX_SAFE_INTEGER;
  return isExact ? `${value}` : undefined;
}

/** What was sent for an id or a type; `unknown` where it stands inside a signature. */
export type Reading = { readonly text: string | undefined } | 'unknown';

function read(source: Source, request: WebhookRequest, payload: unknown): Reading {
  if ('field' in source) return 'unknown';
  if ('constant' in source) return { text: source.constant };
  if ('payload' in source) return { text: text(at(payload, source.payload)) };
  if ('header' in source) {
    const values = [source.header].flat().map((name) => request.headers.get(name));
    return { text: values.find((value) => value !== null) ?? undefined };
  }
  const all = source.every.map((each) => read(each, request, payload));
  if (all.includes('unknown')) return 'unknown';
  const texts = all.map((each) => (each as { text: string | undefined }).text);
  return { text: texts.includes(undefined) ? undefined : JSON.stringify(texts) };
}

/** By the record of the provider, and without its engine. */
export function readingOf(sources: Provider['type'], request: WebhookRequest, payload: unknown): Reading {
  for (const { source } of sources) {
    const found = read(source, request, payload);
    if (found === 'unknown' || found.text !== undefined) return found;
  }
  return { text: undefined };
}
