// The comparison operators of event patterns. Each compiles its operand to a test of one value; `undefined` means that
// the event does not have the field.
import { BlockList } from 'node:net';
import { LocalStackError } from '../shared/errors.ts';

export type Matcher = (value: unknown) => boolean;

type Operator = (operand: unknown, path: string) => Matcher;

const operators: Readonly<Record<string, Operator>> = {
  exists: (operand) => (value) => (isLeaf(value) ? value !== undefined : false) === operand,
  prefix: (operand, path) => onText(operand, path, (text, start) => text.startsWith(start)),
  suffix: (operand, path) => onText(operand, path, (text, end) => text.endsWith(end)),
  'equals-ignore-case': (operand, path) => {
    const expected = textOperand(operand, path).toLowerCase();
    return (value) => typeof value === 'string' && value.toLowerCase() === expected;
  },
  wildcard: (operand, path) => {
    const parts = (Array.isArray(operand) ? operand : [operand]).map((part) =>
      wildcard(textOperand(part, path)),
    );
    return (value) => typeof value === 'string' && parts.some((part) => part.test(value));
  },
  numeric: (operand, path) => {
    const bounds = numericBounds(operand, path);
    return (value) => typeof value === 'number' && bounds.every((holds) => holds(value));
  },
  cidr: (operand, path) => {
    const [address = '', bits] = textOperand(operand, path).split('/');
    const family = address.includes(':') ? 'ipv6' : 'ipv4';
    const block = new BlockList();
    block.addSubnet(address, Number(bits), family);
    return (value) => typeof value === 'string' && block.check(value, value.includes(':') ? 'ipv6' : 'ipv4');
  },
  'anything-but': (operand, path) => {
    const unwanted = (Array.isArray(operand) ? operand : [operand]).flatMap((one) => anythingBut(one, path));
    return (value) => value !== undefined && isLeaf(value) && !unwanted.some((matches) => matches(value));
  },
};

/** Compiles one alternative of a leaf: a value that must be equal, or an object with one operator. */
export function createMatcher(alternative: unknown, path: string): Matcher {
  if (typeof alternative !== 'object' || alternative === null) return (value) => value === alternative;
  const [name = '', ...more] = Object.keys(alternative);
  const operator = Object.hasOwn(operators, name) ? operators[name] : undefined;
  if (operator === undefined || more.length > 0) {
    throw new LocalStackError(
      `event pattern: ${path} has ${JSON.stringify(alternative)}; supported operators: ${Object.keys(operators).join(', ')}`,
    );
  }
  return operator((alternative as Record<string, unknown>)[name], path);
}

/** Compiles what `anything-but` excludes: a value, or a nested operator, such as prefix, with one or more texts. */
function anythingBut(operand: unknown, path: string): Matcher[] {
  if (typeof operand !== 'object' || operand === null) return [(value) => value === operand];
  const [[name, texts] = ['', undefined]] = Object.entries(operand);
  return (Array.isArray(texts) ? texts : [texts]).map((text) => createMatcher({ [name]: text }, path));
}

function onText(operand: unknown, path: string, test: (text: string, operand: string) => boolean): Matcher {
  if (typeof operand === 'object' && operand !== null && 'equals-ignore-case' in operand) {
    const expected = textOperand(operand['equals-ignore-case'], path).toLowerCase();
    return (value) => typeof value === 'string' && test(value.toLowerCase(), expected);
  }
  const expected = textOperand(operand, path);
  return (value) => typeof value === 'string' && test(value, expected);
}

function textOperand(operand: unknown, path: string): string {
  if (typeof operand === 'string') return operand;
  throw new LocalStackError(`event pattern: ${path} requires text; got ${JSON.stringify(operand)}`);
}

function wildcard(text: string): RegExp {
  const escaped = text.split(/(\\\*|\\\\|\*)/).map((part) => {
    if (part === '*') return '.*';
    const literal = part === '\\*' ? '*' : part === '\\\\' ? '\\' : part;
    return literal.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(`^${escaped.join('')}$`, 's');
}

const comparisons: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};

function numericBounds(operand: unknown, path: string): ((value: number) => boolean)[] {
  const list = Array.isArray(operand) ? operand : [];
  const bounds: ((value: number) => boolean)[] = [];
  for (let index = 0; index < list.length; index += 2) {
    const compare = comparisons[String(list[index])];
    const bound: unknown = list[index + 1];
    if (compare === undefined || typeof bound !== 'number') break;
    bounds.push((value) => compare(value, bound));
  }
  if (bounds.length > 0 && bounds.length * 2 === list.length) return bounds;
  throw new LocalStackError(
    `event pattern: ${path} has an unsupported numeric comparison ${JSON.stringify(operand)}`,
  );
}

/** Operators match values, not objects. */
function isLeaf(value: unknown): boolean {
  return typeof value !== 'object' || value === null;
}
