import { Compile, Helper, parse } from 'velocityjs';
import { callJavaMethod } from './java-methods.ts';
import { javaText, type JavaMap, type JavaValue } from './java-json.ts';
import { inputMethods, type TemplateInput } from './input-variable.ts';
import { UTIL } from './util-variable.ts';

/** What a template can see. It writes to `context` where API Gateway lets it. */
export interface TemplateVariables {
  input: TemplateInput;
  context: JavaMap;
  stageVariables: Record<string, string>;
}

/** A mapping template, read once. */
export type VelocityTemplate = (variables: TemplateVariables) => string;

type Syntax = ReturnType<typeof parse>;
type Node = Syntax[number];
interface Operation {
  type: 'math';
  operator: string;
  expression: Node[];
}

/** Variables whose methods are ours, told apart from data by identity. */
const METHOD_OWNERS = new WeakMap<object, Readonly<Record<string, (argument: JavaValue) => JavaValue>>>();

/** Reads a template; throws when it is not Velocity, or a form of it that the interpreter cannot read (`$in`). */
export function velocityTemplate(text: string): VelocityTemplate {
  const syntax = parse(text);
  assertBlocksEnd(text);
  return ({ input, context, stageVariables }) => {
    const inputVariable = {};
    const utilVariable = {};
    METHOD_OWNERS.set(inputVariable, { ...inputMethods(input), body: () => input.body });
    METHOD_OWNERS.set(utilVariable, UTIL);
    const program = new ApiGatewayVelocity(syntax, {
      customMethodHandlers: [{ uid: 'java', match: () => true, resolve }],
    });
    const variables = {
      input: Object.assign(inputVariable, { body: input.body }),
      util: utilVariable,
      context,
      stageVariables,
    };
    return program.render(variables);
  };
}

/**
 * The interpreter does not mind an `#if` without `#end`, or the other way round: it then reads what follows twice, or
 * not at all, which a mark at the end shows.
 */
function assertBlocksEnd(text: string): void {
  const mark = 'EndOfTheTemplate';
  const marksRead = JSON.stringify(parse(`${text}\n${mark}`)).split(mark).length - 1;
  if (marksRead !== 1) throw new Error('The template has a block without #end, or an #end too many.');
}

function resolve({
  property,
  context,
  params,
}: {
  property: string;
  context: JavaValue;
  params: JavaValue[];
}): JavaValue {
  const methods = typeof context === 'object' && context !== null ? METHOD_OWNERS.get(context) : undefined;
  const method = methods && Object.hasOwn(methods, property) ? methods[property] : undefined;
  return method ? method(params[0]) : callJavaMethod(context, property, params);
}

/** Velocity holds everything for true but null and false, an empty text and 0 too. */
const isTrue = (value: JavaValue): boolean => value !== undefined && value !== null && value !== false;

/** The interpreter, put right where it follows JavaScript instead of Java. */
class ApiGatewayVelocity extends Compile {
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
    const [left, right] = expression as [Node, Node];
    switch (operator) {
      case 'not':
        return !isTrue(this.#evaluate(left));
      case '&&':
        return isTrue(this.#evaluate(left)) && isTrue(this.#evaluate(right));
      case '||':
        return isTrue(this.#evaluate(left)) || isTrue(this.#evaluate(right));
      case '+':
      case '-':
      case '*':
      case '/':
      case '%':
        return this.#calculate(operator, this.#evaluate(left), this.#evaluate(right));
      default:
        return super.getExpression(node);
    }
  }

  /** Only whole numbers are calculated with: for others Java's types decide, which are not known here. */
  #calculate(operator: '+' | '-' | '*' | '/' | '%', left: JavaValue, right: JavaValue): JavaValue {
    if (!Number.isInteger(left) || !Number.isInteger(right)) {
      throw new Error(
        `The template calculates ${typeof left} ${operator} ${typeof right}: only whole numbers are offered here.`,
      );
    }
    const [a, b] = [left as number, right as number];
    return { '+': a + b, '-': a - b, '*': a * b, '/': Math.trunc(a / b), '%': a % b }[operator];
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
    if (!Object.hasOwn(this.macrosStore, id))
      throw new Error(`The template calls #${id}(), which is not offered here.`);
    return super.getMacro(node);
  }
}
