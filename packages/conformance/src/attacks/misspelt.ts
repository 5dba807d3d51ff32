/** Another text of the same kind: one letter near its end is another letter. */
export const misspelt = (text: string): string =>
  text.replace(/[0-9a-zA-Z](?=.{0,4}$)/, (at) => (at === '7' ? '8' : '7'));
