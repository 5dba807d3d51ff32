/**
 * Drops a database when its connections have gone. A pool that has ended has only asked its connections to close, and
 * listens to them no more: one that the server ends before that would end the process. What a process left behind that
 * was killed is ended after two seconds.
 */
export async function dropDatabase(
  query: (statement: string) => Promise<unknown>,
  name: string,
): Promise<void> {
  await query(`do $$ begin
    for turn in 1 .. 100 loop
      exit when not exists (select from pg_stat_activity where datname = '${name}');
      perform pg_sleep(0.02), pg_stat_clear_snapshot();
    end loop;
  end $$`);
  await query(`drop database ${name} with (force)`);
}
