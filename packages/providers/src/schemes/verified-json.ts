/** A verified body as JSON, for what is told by it; what is none is the payload's own error to come. */
export function verifiedJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
}
