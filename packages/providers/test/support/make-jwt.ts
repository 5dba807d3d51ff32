import { createHmac, type KeyObject, sign } from 'node:crypto';

const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Node's own; nothing of it is ours. `none` signs with nothing. */
const signers: Readonly<Record<string, (input: string, key: never) => string>> = {
  none: () => '',
  HS256: (input, key: string) => createHmac('sha256', key).update(input).digest('base64url'),
  HS384: (input, key: string) => createHmac('sha384', key).update(input).digest('base64url'),
  RS256: (input, key: KeyObject) => sign('sha256', Buffer.from(input), key).toString('base64url'),
  RS512: (input, key: KeyObject) => sign('sha512', Buffer.from(input), key).toString('base64url'),
  ES256: (input, key: KeyObject) =>
    sign('sha256', Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url'),
};

/** A JSON Web Token; `header` may lie about the algorithm. */
export function makeJwt(
  algorithm: string,
  key: string | KeyObject,
  claims: Readonly<Record<string, unknown>>,
  header: Readonly<Record<string, unknown>> = {},
): string {
  const input = `${base64url({ alg: algorithm, typ: 'JWT', ...header })}.${base64url(claims)}`;
  return `${input}.${signers[algorithm]?.(input, key as never)}`;
}
