/** One line that is written over again. */
export interface TerminalLine {
  readonly columns: number;
  show(text: string): void;
  /** Leaves the line empty for what comes next. */
  clear(): void;
}

/** Of a terminal that does not tell, and says 0. */
const USUAL_COLUMNS = 80;

const FROM_THE_LEFT = '\r\x1b[2K';

export function terminalLine(output: NodeJS.WriteStream): TerminalLine {
  return {
    get columns() {
      return output.columns > 0 ? output.columns : USUAL_COLUMNS;
    },
    show: (text) => void output.write(FROM_THE_LEFT + text),
    clear: () => void output.write(FROM_THE_LEFT),
  };
}
