/** The SHA-256 of a body, as a claim holds it. */
export async function bodyHash(body: Uint8Array, encoding: 'hex' | 'base64'): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', body as Uint8Array<ArrayBuffer>));
  if (encoding === 'base64') return btoa(String.fromCharCode(...digest));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
