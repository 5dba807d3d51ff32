/** Where a vendor's keys may come from. */
export interface Pin {
  /** Exact host names, or a pattern of whole ones. */
  readonly hosts: readonly string[] | RegExp;
  /** The whole path. */
  readonly path: RegExp;
  /** The whole query, with its `?`. Default: there must be none. */
  readonly query?: RegExp;
}

const isWhole = (pattern: RegExp, text: string): boolean => pattern.exec(text)?.[0] === text;

/**
 * The address, if it is pinned: https, one of the hosts, the path, and nothing else in it. It must be written as the
 * parser that fetches writes it, so that no other reading of it leads elsewhere.
 */
export function pinnedUrl(text: string, { hosts, path, query }: Pin): URL | undefined {
  if (text.length > 2048 || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (url.href !== text || url.protocol !== 'https:' || text.includes('#')) return undefined;
  if (query ? !isWhole(query, url.search) : text.includes('?')) return undefined;
  if (url.username !== '' || url.password !== '' || url.port !== '') return undefined;
  const isHost = hosts instanceof RegExp ? isWhole(hosts, url.hostname) : hosts.includes(url.hostname);
  return isHost && isWhole(path, url.pathname) ? url : undefined;
}
