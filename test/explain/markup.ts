/** A small reader of markup, for what pictures are made of: it throws for what is not well-formed XML. */

export interface Node {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Node[];
  text: string;
}

const TOKEN = /<(\/?)([\w:-]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/gy;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they may not be in XML.
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

function decoded(text: string): string {
  if (NOT_XML.test(text) || /\p{Surrogate}/u.test(text))
    throw new Error(`no character of XML in ${JSON.stringify(text)}`);
  return text.replace(/&(\w+|#\d+);|&/g, (whole, name) => {
    const found = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" }[String(name)];
    if (found === undefined) throw new Error(`${whole} is no entity`);
    return found;
  });
}

/** The one element that a text is. */
export function parsedMarkup(source: string): Node {
  const root: Node = { name: "", attributes: {}, children: [], text: "" };
  const open = [root];
  TOKEN.lastIndex = 0;
  let at = 0;
  while (at < source.length) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(source);
    if (match === null) throw new Error(`not well-formed at ${at}: ${source.slice(at, at + 60)}`);
    at = TOKEN.lastIndex;
    const [, closing, name, attributes, single, text] = match;
    const parent = open.at(-1)!;
    if (text !== undefined) parent.text += decoded(text);
    else if (closing === "/") {
      if (open.pop()!.name !== name) throw new Error(`</${name}> closes another element`);
    } else {
      const node = { name: name!, attributes: attributesOf(attributes!), children: [], text: "" };
      parent.children.push(node);
      if (single !== "/") open.push(node);
    }
  }
  if (open.length !== 1 || root.children.length !== 1) throw new Error("not one closed element");
  return root.children[0]!;
}

function attributesOf(text: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [, name, value] of text.matchAll(/([\w:-]+)="([^"]*)"/g)) {
    if (Object.hasOwn(found, name!)) throw new Error(`${name} is there twice`);
    found[name!] = decoded(value!);
  }
  return found;
}

/** All elements below one, it included. */
export function everyNode(node: Node): Node[] {
  return [node, ...node.children.flatMap(everyNode)];
}

/** The elements of a class. */
export function ofClass(node: Node, name: string): Node[] {
  return everyNode(node).filter(({ attributes }) => (attributes["class"] ?? "").split(" ").includes(name));
}
