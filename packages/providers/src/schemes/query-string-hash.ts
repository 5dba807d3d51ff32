const encoded = (text: string): string =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** Relative to the base URL of the app, without a slash at its end; `&` escaped, since it separates. */
function canonicalPath(path: string, basePath: string): string {
  const relative = path.startsWith(basePath) ? path.slice(basePath.length) : path;
  const rooted = `/${relative.replace(/^\//, '')}`.replaceAll('&', '%26');
  return rooted.length > 1 && rooted.endsWith('/') ? rooted.slice(0, -1) : rooted;
}

/** Sorted by name, repeated ones joined, and the token itself left out. */
function canonicalQuery(query: string): string {
  const values = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(query)) {
    if (name !== 'jwt') values.set(name, [...(values.get(name) ?? []), value]);
  }
  return [...values]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, each]) => `${encoded(name)}=${each.sort().map(encoded).join(',')}`)
    .join('&');
}

/** Atlassian's `qsh`: what a token says of the request that it was made for. */
export async function queryStringHash(
  { method, path, query }: { readonly method: string; readonly path: string; readonly query: string },
  basePath = '',
): Promise<string> {
  const text = `${method.toUpperCase()}&${canonicalPath(path, basePath)}&${canonicalQuery(query)}`;
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
