import {
  type Parameters,
  parseDictionary,
  parseItem,
  parseList,
  serializeDictionary,
  serializeItem,
  serializeList,
} from 'structured-headers';
import type { HttpMessage } from './http-message.ts';

/** Why a component cannot be had: its name, and what is wrong. */
export class ComponentError extends Error {
  override readonly name = 'ComponentError';
}

const missing = (name: string): ComponentError => new ComponentError(`the message has no ${name}`);

interface Address {
  readonly scheme: string;
  readonly authority: string;
  readonly path: string;
  readonly query: string;
}

const ABSOLUTE = /^(https?):\/\/([^/?#]+)([^?#]*)(\?[^#]*)?/i;

/** Taken apart as text: path and query are signed as they were sent, not as a parser writes them. */
function addressOf({ url = '' }: HttpMessage, name: string): Address {
  const [, scheme, authority, path, query = ''] = ABSOLUTE.exec(url) ?? [];
  if (scheme === undefined || authority === undefined) throw missing(name);
  const { host } = new URL(`${scheme}://${authority}`);
  return { scheme: scheme.toLowerCase(), authority: host, path: path || '/', query };
}

/** One spelling of a name or value of the query: what a form leaves, and `%20` for a space (RFC 9421 section 2.2.8). */
const reencoded = (text: string): string =>
  encodeURIComponent(text).replace(
    /[!'()~]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );

function queryParameter(message: HttpMessage, parameters: Parameters): string {
  const name = parameters.get('name');
  if (typeof name !== 'string') throw new ComponentError('@query-param needs a name');
  const values = [...new URLSearchParams(addressOf(message, '@query-param').query)].filter(
    ([each]) => reencoded(each) === name,
  );
  // Which of several is meant is not for the message to say.
  if (values.length !== 1) throw new ComponentError(`the query has ${values.length} parameters ${name}`);
  return reencoded((values[0] as [string, string])[1]);
}

/** RFC 9421 section 2.2. */
const derived: Readonly<Record<string, (message: HttpMessage, parameters: Parameters) => string>> = {
  '@method': ({ method }) => method ?? '',
  '@target-uri'(message) {
    const { path, query } = addressOf(message, '@target-uri');
    const [origin = ''] = /^[^/]*\/\/[^/?#]*/.exec(message.url as string) ?? [];
    return origin + path + query;
  },
  '@authority': (message) => addressOf(message, '@authority').authority,
  '@scheme': (message) => addressOf(message, '@scheme').scheme,
  '@request-target'(message) {
    const { path, query } = addressOf(message, '@request-target');
    return path + query;
  },
  '@path': (message) => addressOf(message, '@path').path,
  '@query': (message) => addressOf(message, '@query').query || '?',
  '@query-param': queryParameter,
  '@status': ({ status }) => (status === undefined ? '' : String(status)),
};

/** Fields whose structure is known, and which can be written anew under `sf` (RFC 9421 section 2.1.1). */
const structured: Readonly<Record<string, (text: string) => string>> = Object.fromEntries([
  ...[
    'content-digest',
    'repr-digest',
    'signature',
    'signature-input',
    'cache-control',
    'priority',
    'example-dict',
  ].map((name) => [name, (text: string) => serializeDictionary(parseDictionary(text))]),
  ...['accept', 'accept-encoding', 'accept-language', 'content-encoding', 'vary'].map((name) => [
    name,
    (text: string) => serializeList(parseList(text)),
  ]),
  ...['content-type', 'content-length', 'idempotency-key'].map((name) => [
    name,
    (text: string) => serializeItem(parseItem(text)),
  ]),
]);

/** What `parse` makes of a field; what is not written in its structure cannot be had. */
function structureOf<Structure>(name: string, parse: () => Structure): Structure {
  try {
    return parse();
  } catch {
    throw new ComponentError(`${name} is not written in its structure`);
  }
}

function memberOf(name: string, field: string, key: string): string {
  const member = structureOf(name, () => parseDictionary(field)).get(key);
  if (member === undefined) throw missing(`member ${key}`);
  // A list of one writes a member as it stands in a dictionary, `?1` included.
  return serializeList([member]);
}

const PRINTABLE = /^[\t\x20-\x7e]*$/;
const FIELD_NAME = /^[!#$%&'*+.^_`|~0-9a-z-]+$/;

function fieldOf(message: HttpMessage, name: string, parameters: Parameters): string {
  if (!FIELD_NAME.test(name)) throw new ComponentError('a component is no name of a field');
  const sent = message.headers.get(name);
  if (sent === null) throw missing(name);
  const text = sent.trim();
  const key = parameters.get('key');
  if (typeof key === 'string') return memberOf(name, text, key);
  if (!parameters.has('sf')) return text;
  const rewrite = structured[name];
  if (rewrite === undefined) throw new ComponentError(`the structure of ${name} is not known`);
  return structureOf(name, () => rewrite(text));
}

/** What else a component may say of itself; `bs` and `tr` need what a server does not hand on. */
const KNOWN = new Set(['sf', 'key', 'req', 'name']);

/**
 * The value of a covered component (RFC 9421 section 2).
 *
 * @throws ComponentError for one that is missing, not known, or not to be had here: never left out
 */
export function componentValue(message: HttpMessage, name: string, parameters: Parameters): string {
  for (const parameter of parameters.keys()) {
    if (!KNOWN.has(parameter))
      throw new ComponentError(`the parameter ${parameter} of ${name} is not supported`);
  }
  if (parameters.has('req')) {
    if (message.request === undefined) throw new ComponentError(`${name} asks for the request of a request`);
    const rest = new Map([...parameters].filter(([parameter]) => parameter !== 'req'));
    return componentValue(message.request, name, rest);
  }
  const derive = Object.hasOwn(derived, name) ? derived[name] : undefined;
  if (name.startsWith('@') && derive === undefined) throw new ComponentError(`${name} is not known`);
  const value = derive ? derive(message, parameters) : fieldOf(message, name, parameters);
  // A parameter of the query may be empty; nothing else that is derived is.
  if (derive && value === '' && name !== '@query-param') throw missing(name);
  if (!PRINTABLE.test(value)) throw new ComponentError(`${name} is not plain text`);
  return value;
}
