import type { Call, Expression } from "./ast.ts";

/** The parts of an expression that are evaluated whatever their values are, in their order. */
export function childrenOf(node: Expression): readonly Expression[] {
  switch (node.kind) {
    case "binary":
      return [node.left, node.right];
    case "unary":
      return [node.operand];
    case "compare":
      return node.ops.length === 1 ? [node.left, ...node.operands] : [];
    case "call":
      return [...receiverOf(node), ...node.args.map(({ value }) => value)];
    case "attribute":
      return [node.object];
    case "index":
      return [node.object, node.index];
    case "tuple":
    case "list":
      return node.items;
    default:
      return [];
  }
}

/** The array whose method is called. */
function receiverOf({ callee }: Call): readonly Expression[] {
  return callee.kind === "attribute" ? [callee.object] : [];
}

/** The same expression with other children. */
export function withChildren(node: Expression, given: readonly Expression[]): Expression {
  const [first, second] = given;
  switch (node.kind) {
    case "binary":
      return { ...node, left: first!, right: second! };
    case "unary":
      return { ...node, operand: first! };
    case "compare":
      return node.ops.length === 1 ? { ...node, left: first!, operands: [second!] } : node;
    case "call":
      return withArguments(node, given);
    case "attribute":
      return { ...node, object: first! };
    case "index":
      return { ...node, object: first!, index: second! };
    case "tuple":
    case "list":
      return { ...node, items: given };
    default:
      return node;
  }
}

function withArguments(node: Call, given: readonly Expression[]): Call {
  const { callee } = node;
  const count = receiverOf(node).length;
  const args = node.args.map((arg, k) => ({ ...arg, value: given[count + k]! }));
  return callee.kind === "attribute"
    ? { ...node, callee: { ...callee, object: given[0]! }, args }
    : { ...node, args };
}
