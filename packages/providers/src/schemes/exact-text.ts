const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Bytes as text, with nothing dropped: a byte order mark is a letter like any other. */
export const exactText = (bytes: Uint8Array | undefined): string => decoder.decode(bytes);
