import { Compile, Helper, type parse } from 'velocityjs';
import { javaText, type JavaValue } from './java-json.ts';
import { isTrue, OPERATORS } from './java-operators.ts';

/** A template as the interpreter holds it. */
export type TemplateSyntax = ReturnType<typeof parse>;
type Node = TemplateSyntax[number];

interface Operation {
  operator: string;
  expression: [Node, Node];
}

/** The interpreter, put right where it follows JavaScript instead of Velocity 1.7 on Java. */
export class JavaVelocity extends Compile {
  /** A reference to nothing prints as it is written, or not at all when it is quiet. */
  protected override getReferences(node: Node, isPrinted?: boolean): string {
    const value = super.getReferences(node) as JavaValue;
    if (!isPrinted) return value as string;
    if (value !== undefined && value !== null) return javaText(value);
    const { leader } = node as { leader?: string };
    return leader?.startsWith('$!') ? '' : Helper.getRefText(node as Parameters<typeof Helper.getRefText>[0]);
  }

  protected override getExpression(node: Node): string {
    return this.#evaluate(node) as string;
  }

  #evaluate(node: Node): JavaValue {
    if ((node as { type: string }).type !== 'math') return this.getLiteral(node);
    const { operator, expression } = node as unknown as Operation;
    const [left, right] = expression;
    if (operator === '&&') return isTrue(this.#evaluate(left)) && isTrue(this.#evaluate(right));
    if (operator === '||') return isTrue(this.#evaluate(left)) || isTrue(this.#evaluate(right));
    if (operator === 'not') return !isTrue(this.#evaluate(left));
    const operate = OPERATORS[operator];
    return operate ? operate(this.#evaluate(left), this.#evaluate(right)) : super.getExpression(node);
  }

  /** A variable keeps its value when it would be set to nothing. */
  protected override setValue(node: Parameters<Compile['setValue']>[0]): void {
    const [{ id, path }] = node.equal;
    const before = this.context[id] as JavaValue;
    super.setValue(node);
    if (path === undefined) this.context[id] ??= before;
  }

  protected getBlockIf(block: Node[]): string {
    const chosen: Node[] = [];
    let found = false;
    for (const node of block) {
      const { type, condition } = node as { type?: string; condition?: Node };
      if (type === 'if' || type === 'elseif' || type === 'else') {
        if (found) break;
        found = type === 'else' || (condition !== undefined && isTrue(this.#evaluate(condition)));
      } else if (found) chosen.push(node);
    }
    return this.renderAstList(chosen, this.contextId);
  }

  protected override getMacro(node: Node): string {
    const { id } = node as { id: string };
    if (Object.hasOwn(this.macrosStore, id)) return super.getMacro(node);
    throw new Error(`The template calls #${id}(), which is not offered here.`);
  }
}
