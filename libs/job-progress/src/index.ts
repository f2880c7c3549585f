export {
  createProgressWriter,
  noProgress,
  type ProgressClock,
  type ProgressWriter,
  type ReportedProgress,
} from './progress-writer.ts';
