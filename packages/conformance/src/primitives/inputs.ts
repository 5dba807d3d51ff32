import fc from 'fast-check';

/** A text or a list of bytes with a few of its places replaced, removed or added to: nearly right is where parsers err. */
const edited = <Value>(
  whole: fc.Arbitrary<readonly Value[]>,
  unit: fc.Arbitrary<Value>,
  maxLength = 2,
): fc.Arbitrary<readonly Value[]> => {
  const edit = fc.tuple(fc.nat(), fc.nat(1), fc.array(unit, { maxLength: 1 }));
  return fc.tuple(whole, fc.array(edit, { maxLength })).map(([values, edits]) =>
    edits.reduce<readonly Value[]>((before, [where, removed, added]) => {
      const at = where % (before.length + 1);
      return [...before.slice(0, at), ...added, ...before.slice(at + removed)];
    }, values),
  );
};

export const editedText = (whole: fc.Arbitrary<string>, letters: string, edits = 2): fc.Arbitrary<string> =>
  edited<string>(whole.map(Array.from<string>), fc.constantFrom(...letters), edits).map((each) =>
    each.join(''),
  );

export const editedBytes = (whole: fc.Arbitrary<Uint8Array>, edits = 2): fc.Arbitrary<Uint8Array> =>
  edited<number>(
    whole.map(Array.from<number>),
    fc.oneof(fc.nat(255), fc.constantFrom(0, 1, 2, 0x30, 0x7f, 0x80, 0x81, 0xff)),
    edits,
  ).map((each) => Uint8Array.from(each));

/** Texts out of a few letters. */
export const lettersOf = (letters: string, maxLength: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...letters), maxLength });
