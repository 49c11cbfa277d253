/** The name as SQL writes it: in backticks, backticks in it doubled. */
export function identifier(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}

/** A name of several parts: `` `main`.`pi`.`timeseries` ``. */
export function qualified(...parts: readonly string[]): string {
  return parts.map(identifier).join('.');
}

/** What would end a literal, begin an escape or, as `${`, a variable of the session. */
const ESCAPES: Readonly<Record<string, string>> = {
  '${': String.raw`\u0024{`,
  '\\': '\\\\',
  "'": "\\'",
  '\n': '\\n',
  '\r': '\\r',
  '\0': '\\0',
};

/** The text as an SQL literal: `'it\'s'`. */
export function literal(text: string): string {
  const escaped = text.replaceAll(
    /\$\{|[\\'\n\r\0]/g,
    (special) => ESCAPES[special] ?? '',
  );
  return `'${escaped}'`;
}

/** Literals behind each other, as a list wants them. */
export function literals(texts: readonly string[]): string {
  return texts.map(literal).join(', ');
}
