/**
 * The syntax tree of a template, as nunjucks' parser builds it, and the nodes of our own tags.
 *
 * Layer 5 (templates). Types only. Source: nunjucks 3.2.4 src/nodes.js, whose published types do not have it.
 */
import type { SafeString } from "../utils/safe-string.ts";
import type { Position } from "./errors.ts";

/** A node of one kind. */
interface Node<Type extends string> extends Position {
  readonly typename: Type;
}

export interface NodeList extends Node<"NodeList" | "Root"> {
  readonly children: readonly Statement[];
}

export interface LiteralNode extends Node<"Literal"> {
  readonly value: string | number | boolean | null | RegExp | SafeString;
}

export interface SymbolNode extends Node<"Symbol"> {
  readonly value: string;
}

/** `(a, b)`, `[a, b]`. */
export interface SequenceNode extends Node<"Group" | "Array"> {
  readonly children: readonly Expression[];
}

export interface PairNode extends Node<"Pair"> {
  readonly key: Expression;
  readonly value: Expression;
}

/** `{ a: b }`, and `a=b` in a call. */
export interface DictNode extends Node<"Dict" | "KeywordArgs"> {
  readonly children: readonly PairNode[];
}

/** Arguments: those with names are together, at the end. */
export interface ArgumentsNode extends Node<"NodeList"> {
  readonly children: readonly (Expression | DictNode)[];
}

export interface LookupNode extends Node<"LookupVal"> {
  readonly target: Expression;
  readonly val: Expression;
}

export interface CallNode extends Node<"FunCall"> {
  readonly name: Expression;
  readonly args: ArgumentsNode;
}

export interface FilterNode extends Node<"Filter"> {
  readonly name: SymbolNode;
  /** What is filtered comes first. */
  readonly args: ArgumentsNode;
}

export interface InlineIfNode extends Node<"InlineIf"> {
  readonly cond: Expression;
  readonly body: Expression;
  readonly else_: Expression | null;
}

/** `x is even`, `x is divisibleby(3)`. */
export interface IsNode extends Node<"Is"> {
  readonly left: Expression;
  readonly right: Expression;
}

export type BinaryName =
  | "Add"
  | "And"
  | "Concat"
  | "Div"
  | "FloorDiv"
  | "In"
  | "Mod"
  | "Mul"
  | "Or"
  | "Pow"
  | "Sub";

export interface BinaryNode extends Node<BinaryName> {
  readonly left: Expression;
  readonly right: Expression;
}

export interface UnaryNode extends Node<"Neg" | "Not" | "Pos"> {
  readonly target: Expression;
}

export interface CompareNode extends Node<"Compare"> {
  readonly expr: Expression;
  readonly ops: readonly { readonly type: string; readonly expr: Expression }[];
}

/** What stands in `{% set x %}…{% endset %}` and `{% filter x %}…{% endfilter %}`. */
export interface CaptureNode extends Node<"Capture"> {
  readonly body: NodeList;
}

interface MacroParts {
  readonly name: SymbolNode;
  readonly args: ArgumentsNode;
  readonly body: NodeList;
}

/** The body of `{% call %}`. */
export interface CallerNode extends Node<"Caller">, MacroParts {}

export type Expression =
  | BinaryNode
  | CallerNode
  | CallNode
  | CaptureNode
  | CompareNode
  | DictNode
  | FilterNode
  | InlineIfNode
  | IsNode
  | LiteralNode
  | LookupNode
  | SequenceNode
  | SymbolNode
  | UnaryNode;

/** Text outside of tags. */
export interface TextNode extends Node<"TemplateData"> {
  readonly value: string;
}

export interface OutputNode extends Node<"Output"> {
  readonly children: readonly (Expression | TextNode)[];
}

export interface IfNode extends Node<"If"> {
  readonly cond: Expression;
  readonly body: NodeList;
  readonly else_: IfNode | NodeList | null;
}

export interface ForNode extends Node<"For"> {
  readonly name: SymbolNode | (Node<"Array"> & { readonly children: readonly SymbolNode[] });
  readonly arr: Expression;
  readonly body: NodeList;
  readonly else_: NodeList | null;
}

export interface SetNode extends Node<"Set"> {
  readonly targets: readonly SymbolNode[];
  readonly value: Expression | null;
  readonly body: CaptureNode;
}

export interface SwitchNode extends Node<"Switch"> {
  readonly expr: Expression;
  readonly cases: readonly { readonly cond: Expression; readonly body: NodeList }[];
  readonly default: NodeList | null;
}

export interface BlockNode extends Node<"Block"> {
  readonly name: SymbolNode;
  readonly body: NodeList;
}

export interface ExtendsNode extends Node<"Extends"> {
  readonly template: Expression;
}

export interface IncludeNode extends Node<"Include"> {
  readonly template: Expression;
  readonly ignoreMissing: boolean | null;
}

export interface ImportNode extends Node<"Import"> {
  readonly template: Expression;
  readonly target: SymbolNode;
  readonly withContext: boolean | null;
}

export interface FromImportNode extends Node<"FromImport"> {
  readonly template: Expression;
  readonly names: {
    readonly children: readonly (
      | SymbolNode
      | (Node<"Pair"> & { readonly key: SymbolNode; readonly value: SymbolNode })
    )[];
  };
  readonly withContext: boolean | null;
}

export interface MacroNode extends Node<"Macro">, MacroParts {}

/** One of our tags: `{% name argument key=argument as target %}`, with a body for those that have one. */
export interface TagNode extends Node<"Tag"> {
  readonly name: string;
  readonly args: readonly Expression[];
  readonly keywords: readonly { readonly name: string; readonly value: Expression }[];
  readonly target: string | undefined;
  readonly body: NodeList | undefined;
}

/** What nunjucks parses and we refuse: `asyncEach`, `asyncAll`, `ifAsync`. */
export interface AsyncNode extends Node<"AsyncAll" | "AsyncEach" | "IfAsync"> {}

export type Statement =
  | AsyncNode
  | BlockNode
  | ExtendsNode
  | ForNode
  | FromImportNode
  | IfNode
  | ImportNode
  | IncludeNode
  | MacroNode
  | NodeList
  | OutputNode
  | SetNode
  | SwitchNode
  | TagNode;
