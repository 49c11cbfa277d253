const MASK = '****';
/** Tokens come and go: more than these are not under way together. */
const MOST_PASSING = 8;
/** Shorter secrets are hidden only where they stand alone, or no text would be left. */
const SHORTEST_ANYWHERE = 4;
/** Fewer characters of base64 than these would be met by chance. */
const SHORTEST_BASE64 = 6;

/** Takes secrets out of texts, in whatever form they got there. */
export class Redactor {
  readonly #secrets = new Set<string>();
  #passing: readonly string[] = [];
  #pattern: RegExp | undefined;

  constructor(secrets: Iterable<string> = []) {
    this.conceal(secrets);
  }

  /** Hides these values from now on, too. */
  conceal(secrets: Iterable<string>): void {
    for (const secret of secrets) {
      for (const part of [secret, ...linesOf(secret)]) {
        if (part.trim() !== '') this.#secrets.add(part);
      }
    }
    this.#compile();
  }

  /** Hides a secret until several others have taken its place, such as a token's. */
  concealPassing(secret: string): void {
    this.#passing = [...this.#passing, secret].slice(-MOST_PASSING);
    this.#compile();
  }

  #compile(): void {
    this.#pattern = pattern(new Set([...this.#secrets, ...this.#passing]));
  }

  /** The text without secrets: plain, JSON-escaped, URL-encoded or in base64. */
  redact(text: string): string {
    return this.#pattern === undefined ? text : text.replace(this.#pattern, MASK);
  }
}

/** A key or certificate may be quoted line by line. Its armour is no secret. */
function linesOf(secret: string): readonly string[] {
  return secret
    .split(/\r?\n/)
    .filter((line) => line.length >= SHORTEST_ANYWHERE && !line.startsWith('-----'));
}

function pattern(secrets: ReadonlySet<string>): RegExp | undefined {
  if (secrets.size === 0) return undefined;
  const longestFirst = [...secrets].sort((a, b) => b.length - a.length);
  const forms = longestFirst.flatMap((secret) => [
    textForm(secret),
    ...base64Forms(secret),
  ]);
  return new RegExp(forms.join('|'), 'g');
}

/** The secret as text: every character plain or escaped, as some writer may have it. */
function textForm(secret: string): string {
  const form = Array.from(secret.replace(/\\+/g, '\\'), characterForm).join('');
  if (secret.length >= SHORTEST_ANYWHERE) return form;
  return `(?<![A-Za-z0-9_])${form}(?![A-Za-z0-9_])`;
}

/** A character plain, in a URL, or in JSON, escaped once or more often. */
function characterForm(character: string): string {
  // A run of backslashes may have any length after some escaping.
  if (character === '\\') return '(?:\\\\|%5[cC])+';
  const plain = literal(character);
  const forms = [`\\\\*${plain}`, urlForm(character)];
  if (character === ' ') forms.push('\\+');
  const json = JSON.stringify(character).slice(1, -1);
  if (json !== character) forms.push(`\\\\+${literal(json.replace(/^\\+/, ''))}`);
  if (character.charCodeAt(0) > 0x7e) forms.push(unicodeForm(character));
  return `(?:${forms.join('|')})`;
}

function urlForm(character: string): string {
  const bytes = [...Buffer.from(character)];
  return bytes
    .map((byte) => `%${anyCase(byte.toString(16).padStart(2, '0'))}`)
    .join('');
}

function unicodeForm(character: string): string {
  const units = Array.from({length: character.length}, (_, at) =>
    character.charCodeAt(at),
  );
  return units
    .map((unit) => `\\\\+u${anyCase(unit.toString(16).padStart(4, '0'))}`)
    .join('');
}

function anyCase(hex: string): string {
  return hex.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}

/**
 * The characters that every base64 text with the secret somewhere inside must hold, as
 * in `Authorization: Basic base64(user:password)`: the secret may begin at any of three
 * places of a group, and its first and last bits share characters with its neighbours.
 */
function base64Forms(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  const inside = [0, 1, 2].map((offset) => {
    const bits = 8 * (offset + bytes.length);
    const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
    return text.slice(Math.ceil((8 * offset) / 6), Math.floor(bits / 6));
  });
  const whole = bytes.toString('base64').replace(/=+$/, '');
  return [whole, ...inside]
    .filter((form) => form.length >= SHORTEST_BASE64)
    .map((form) =>
      literal(form)
        .replace(/\\\+|-/g, '[-+]')
        .replace(/\\\/|_/g, '[/_]'),
    );
}
