export { describeAwsProblem } from './describe-aws-problem.ts';
