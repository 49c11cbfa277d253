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
    /\$\{|[\\'\n\r\0]|[\u{10000}-\u{10ffff}]/gu,
    (special) => ESCAPES[special] ?? byNumber(special),
  );
  return `'${escaped}'`;
}

/** Behind a letter beyond U+FFFF, Delta's parser takes `CLUSTER BY` for a fault. */
function byNumber(letter: string): string {
  const number = letter.codePointAt(0) ?? 0;
  return `\\U${number.toString(16).padStart(8, '0')}`;
}

/** Literals behind each other, as a list wants them. */
export function literals(texts: readonly string[]): string {
  return texts.map(literal).join(', ');
}
