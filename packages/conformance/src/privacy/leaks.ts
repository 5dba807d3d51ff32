import { spellingsOf } from './spellings.ts';

/** What nobody may see, by name. */
export type Confidential = Readonly<Record<string, string | Uint8Array>>;

/** Finds what is confidential in a text: the names of what is there, in whatever spelling. */
export function leakFinder(confidential: Confidential): (text: string) => readonly string[] {
  const sought = Object.entries(confidential).map(([name, what]) => ({ name, spellings: spellingsOf(what) }));
  return (text) => {
    // `console.log` lines numbers up in columns.
    const texts = [text, text.replace(/\s+/g, ' ')];
    const isThere = (spelling: string): boolean => texts.some((each) => each.includes(spelling));
    return sought.filter(({ spellings }) => spellings.some(isThere)).map(({ name }) => name);
  };
}
