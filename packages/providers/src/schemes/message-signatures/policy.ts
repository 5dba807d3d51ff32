import type { InnerList } from 'structured-headers';

/** What a signature must cover and say, before it counts. */
export interface SignaturePolicy {
  /** Pinned: a signature that names another is none. */
  readonly algorithm: string;
  /** Components that must be covered besides the address, and the body if there is one. */
  readonly require: readonly string[];
  /** The application that a signature must be made for, if any. */
  readonly tag: string | undefined;
}

const WHOLE_ADDRESS = [['@target-uri'], ['@authority', '@path', '@query'], ['@authority', '@request-target']];

/** Whether a signature covers enough, bears a time and has not run out (RFC 9421 sections 3.2 and 7.2.1). */
export function satisfies(
  policy: SignaturePolicy,
  [components, parameters]: InnerList,
  hasBody: boolean,
  now: number,
): boolean {
  // A component with parameters is a part of what its name says.
  const covered = new Set(components.filter(([, own]) => own.size === 0).map(([name]) => name));
  const coversAll = (names: readonly string[]) => names.every((name) => covered.has(name));
  const { algorithm, require, tag } = policy;
  const expires = parameters.get('expires');
  return (
    coversAll(['@method', ...require, ...(hasBody ? ['content-digest'] : [])]) &&
    WHOLE_ADDRESS.some(coversAll) &&
    (!parameters.has('alg') || parameters.get('alg') === algorithm) &&
    (tag === undefined || parameters.get('tag') === tag) &&
    Number.isInteger(parameters.get('created')) &&
    (expires === undefined || (Number.isInteger(expires) && now < Number(expires) * 1000))
  );
}
