const base64At = (bytes: Buffer, offset: number): string => {
  const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
  // Letters at both ends hold bits of what stands beside it.
  return text.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6));
};

const escaped = (text: string): string => JSON.stringify(text).slice(1, -1);

/** Every byte in a spelling of its own, and what stands between two. */
const each = (bytes: Buffer, spell: (byte: number) => string, between = ''): string =>
  [...bytes].map(spell).join(between);

const hex = (byte: number): string => byte.toString(16).padStart(2, '0');

/**
 * The ways in which something may be written so that somebody can still read it: as it is, encoded, escaped, turned
 * round, and as `console.log` and `JSON.stringify` print bytes.
 */
export function spellingsOf(what: string | Uint8Array): readonly string[] {
  const bytes = Buffer.from(what as string);
  const base64 = [0, 1, 2].map((offset) => base64At(bytes, offset));
  const text = typeof what === 'string' ? what : undefined;
  const spellings = [
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
    ...base64,
    ...base64.map((letters) => letters.replaceAll('+', '-').replaceAll('/', '_')),
    each(bytes, hex, ' '),
    each(bytes, String, ','),
    each(bytes, String, ', '),
    each(bytes, (byte) => `%${hex(byte).toUpperCase()}`),
    ...(text === undefined
      ? []
      : [
          text,
          [...text].reverse().join(''),
          encodeURIComponent(text),
          escaped(text),
          escaped(escaped(text)),
          [...text].map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
        ]),
  ];
  return [...new Set(spellings)];
}
