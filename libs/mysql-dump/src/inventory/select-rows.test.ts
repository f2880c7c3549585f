import { DATABASE_FLAVORS } from '@serverless-ops/test-servers';
import { connect } from '@serverless-ops/mysql-connect';
import { databaseOf } from '../testing/database-of.ts';
import { selectRows, whereKnown } from './select-rows.ts';

jest.setTimeout(60_000);

describe.each(DATABASE_FLAVORS.filter(({ isAvailable }) => isAvailable()))('whereKnown on $flavor', ({ start }) => {
  it('takes a table that the server does not have for empty, and no other error', async () => {
    await using server = await start();
    const session = await connect(databaseOf(server, 'mysql'));
    const select = (what: string): Promise<unknown[]> => whereKnown(selectRows(session, `SELECT ${what}`));

    await expect(select('* FROM information_schema.from_the_future')).resolves.toEqual([]);
    await expect(select('1 AS one')).resolves.toEqual([{ one: 1 }]);
    await expect(select('no_such_column FROM information_schema.tables')).rejects.toMatchObject({
      code: 'ER_BAD_FIELD_ERROR',
    });
    session.destroy();
  });
});
