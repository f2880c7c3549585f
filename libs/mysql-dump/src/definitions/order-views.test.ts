import { orderViews } from './order-views.ts';

test('puts each view behind those that it reads, and is not lost in a circle', () => {
  const views = [
    { name: 'a', reads: ['c', 'table'] },
    { name: 'b', reads: ['b2'] },
    { name: 'b2', reads: ['b'] },
    { name: 'c', reads: ['d'] },
    { name: 'd', reads: [] },
  ];

  expect(orderViews(views).map(({ name }) => name)).toEqual(['d', 'c', 'a', 'b2', 'b']);
});
