import { type Command, launch } from './launch.ts';
import { type Column, type Tally, talliesIn } from './tally.ts';

/** ms for a program; each check in it has a limit of its own. */
const LIMIT = 300_000;

const lastWords = (output: string): string => output.trim().split('\n').slice(-12).join('\n');

/** Runs a program to its end. One that ends badly, or says nothing of a column, has failed there. */
export async function runProgram(command: Command, columns: readonly Column[]): Promise<readonly Tally[]> {
  const { child, ended, output } = launch(command);
  const timer = setTimeout(() => child.kill('SIGKILL'), LIMIT);
  const end = await ended;
  clearTimeout(timer);
  const tallies = talliesIn(output());
  const name = command.args.join(' ');
  return columns.map((column) => {
    const found = tallies.find((tally) => tally.column === column);
    if (found && end === 'ended with 0') return found;
    const failure = { name, message: `${end}; it said last:\n${lastWords(output())}` };
    const { passed = 0, deliveries = 0, failures = [] } = found ?? {};
    return { column, passed, deliveries, failures: [...failures, failure] };
  });
}
