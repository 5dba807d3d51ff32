import type { Envelope, Scheme, SchemeKey } from '@countersign/core';

/** The keys that may have signed a delivery, by what it names; none where the vendor has no such key. */
export type FindKeys = (envelope: Envelope) => Promise<readonly SchemeKey[]>;

/** A scheme with a public key as one that finds its keys itself, so that no option holds any. */
export function withFoundKeys(scheme: Scheme, find: FindKeys): Scheme<never> {
  const { option: _, ...rest } = scheme;
  return {
    ...rest,
    key: () => ({
      async verify(content, envelope) {
        let matched = false;
        for (const key of await find(envelope)) {
          matched = (await key.verify(content, envelope)) === true || matched;
        }
        return matched;
      },
    }),
  };
}
