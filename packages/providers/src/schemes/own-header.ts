import { misconfigured } from '@countersign/core';

const NAME = /^[a-z0-9!#$%&'*+.^_`|~-]+$/;

/**
 * The name of a header that the receiver's own operator chose at the sender, in lower case.
 *
 * @param where the option, and what the sender calls it
 * @throws TypeError `ERR_WEBHOOK_CONFIG_OPTION`
 */
export function ownHeader(name: unknown, where: string): string {
  const lower = typeof name === 'string' ? name.toLowerCase() : '';
  if (NAME.test(lower)) return lower;
  throw misconfigured('ERR_WEBHOOK_CONFIG_OPTION', `${where} is no name of a header: copy it from there`);
}
