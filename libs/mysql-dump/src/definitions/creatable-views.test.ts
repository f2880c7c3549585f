import { whatCanBeCreated } from './creatable-views.ts';

const view = (name: string, reads: string[], calls: string[] = []) => ({ name, reads, calls });

test('leaves out views that use what is not in the dump, and the views over them', () => {
  const views = [
    view('over', ['lost']),
    view('lost', ['t', 'excluded']),
    view('kept', ['t'], ['F']),
    view('calls', [], ['g']),
  ];
  const t = { name: 't', engine: 'InnoDB', rows: undefined, isLax: false };
  const f = { kind: 'FUNCTION' as const, name: 'f', comment: '', isHidden: false };

  const { creatable, missing } = whatCanBeCreated(views, { tables: [t], sequences: [], routines: [f] });

  expect(creatable.map(({ name }) => name)).toEqual(['kept']);
  expect(missing.map(({ what }) => what)).toEqual(['view "lost"', 'view "calls"', 'view "over"']);
});
