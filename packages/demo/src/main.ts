import { styleText } from 'node:util';
import { type App, startApps } from './apps.ts';
import { senders } from './deliveries.ts';
import { handled, log } from './receivers.ts';
import { type Row, rows } from './rows.ts';

interface Cell {
  readonly text: string;
  readonly isExpected: boolean;
}

/** Sends one row to one app and says what came of it. */
async function send(row: Row, app: App): Promise<Cell> {
  const id = `${row.event}-${row.from}-${app.name}`;
  const { path, headers, body } = await senders[row.from](id, Math.floor(Date.now() / 1000) - (row.age ?? 0));
  const ranBefore = handled.has(id);
  const response = await fetch(app.origin + (row.isParsed ? '/parsed' : '') + path, {
    method: 'POST',
    headers,
    body: row.isTampered ? body.replace('"', "' ") : body,
  });
  await response.text();
  const ran = handled.has(id) && !ranBefore;
  const isDuplicate = response.headers.get('webhook-dedup') === 'duplicate';
  return {
    text: `${response.status}${isDuplicate ? ' duplicate' : ''}${ran ? ' handled' : ''}`,
    isExpected:
      response.status === row.status && ran === row.runs && isDuplicate === (row.isDuplicate ?? false),
  };
}

const WIDTH = 16;

const line = (from: string, what: string, cells: readonly string[]): string =>
  `  ${from.padEnd(18)} ${what.padEnd(21)} ${cells.join(' ')}`;

const paint = ({ text, isExpected }: Cell): string =>
  styleText(isExpected ? 'green' : 'red', (isExpected ? text : `${text} (!)`).padEnd(WIDTH));

const apps = await startApps();
let unexpected = 0;

console.log(
  '\nFour receivers, defined once, mounted in three frameworks. What was sent, and what came of it:\n',
);
console.log(
  line(
    'from',
    'delivery',
    apps.map(({ name }) => name.padEnd(WIDTH)),
  ),
);
for (const row of rows) {
  const cells: Cell[] = [];
  for (const app of apps) cells.push(await send(row, app));
  unexpected += cells.filter((cell) => !cell.isExpected).length;
  console.log(line(row.from, row.what, cells.map(paint)));
}

console.log('\nWhat the operator reads (one line a minute for each reason of rejection):\n');
for (const entry of log.filter((each, at) => log.indexOf(each) === at)) console.log(`  ${entry}`);

for (const app of apps) app.close();
console.log(
  unexpected === 0
    ? `\n${rows.length * apps.length} deliveries, each answered as it must be.\n`
    : `\n${unexpected} answers are not as they must be.\n`,
);
process.exitCode = unexpected === 0 ? 0 : 1;
