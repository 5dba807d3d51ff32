import type { Draft } from '@countersign/core';

interface DraftRules {
  readonly require: readonly string[];
  readonly tag: string | undefined;
}

async function contentDigest(body: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', body as Uint8Array<ArrayBuffer>);
  return `sha-256=:${btoa(String.fromCharCode(...new Uint8Array(digest)))}:`;
}

/**
 * For tests: a delivery that covers what must be covered, made now. One that comes with a Signature-Input of its own
 * keeps it, and with it the moment that it says.
 */
export async function draftSignature(draft: Draft, { require, tag }: DraftRules): Promise<Draft> {
  const names = new Set(['@method', '@target-uri', 'content-digest', ...require]);
  const list = [...names].map((name) => `"${name}"`).join(' ');
  const created = Math.floor(Date.now() / 1000);
  const input = `sig1=(${list});created=${created}${tag === undefined ? '' : `;tag="${tag}"`}`;
  return {
    ...draft,
    headers: {
      'content-digest': await contentDigest(draft.body),
      'signature-input': input,
      ...draft.headers,
    },
  };
}
