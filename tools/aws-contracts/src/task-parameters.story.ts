import { synthesizedTaskStates } from './assembly/task-states.ts';
import { parameterProblems } from './models/parameter-problems.ts';

describe('the parameters of every Task state that is deployed', () => {
  it.each(synthesizedTaskStates().map((task) => [task.name, task.integration, task] as const))(
    '%s (%s) are on the lists of AWS',
    (_name, _integration, task) => {
      expect(parameterProblems(task)).toEqual([]);
    },
  );
});
