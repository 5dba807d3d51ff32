/** Reads a body as long as it is within `limit` bytes; what its length header says is believed only when too large. */
export async function boundedBody(response: Response, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const tooLarge = () => new RangeError(`more than ${limit} bytes`);
  const { body, headers } = response;
  if (Number(headers.get('content-length')) > limit) {
    await body?.cancel();
    throw tooLarge();
  }
  const reader = body?.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    size += part.value.length;
    if (size > limit) {
      await reader?.cancel();
      throw tooLarge();
    }
    chunks.push(part.value);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
