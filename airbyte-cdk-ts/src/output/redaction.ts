const MASK = '****';
/** Shorter secrets are hidden only where they stand alone, or no text would be left. */
const SHORTEST_ANYWHERE = 4;
/** Fewer characters of base64 than these would be met by chance. */
const SHORTEST_BASE64 = 6;

/** Takes secrets out of texts, in whatever form they got there. */
export class Redactor {
  readonly #secrets = new Set<string>();
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
    this.#pattern = pattern(this.#secrets);
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
  const forms = new Set<string>();
  for (const secret of secrets) for (const form of formsOf(secret)) forms.add(form);
  if (forms.size === 0) return undefined;
  const longestFirst = [...forms].sort((a, b) => b.length - a.length);
  return new RegExp(longestFirst.map(alternative).join('|'), 'g');
}

function alternative(form: string): string {
  const literal = form.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
  if (form.length >= SHORTEST_ANYWHERE) return literal;
  return `(?<![A-Za-z0-9_])${literal}(?![A-Za-z0-9_])`;
}

function formsOf(secret: string): readonly string[] {
  const escaped = JSON.stringify(secret).slice(1, -1);
  return [
    secret,
    escaped,
    JSON.stringify(escaped).slice(1, -1),
    ...urlForms(secret),
    ...base64Forms(secret),
  ];
}

function urlForms(secret: string): readonly string[] {
  // A lone surrogate cannot be encoded; as bytes it has become U+FFFD.
  const encoded = encodeURIComponent(Buffer.from(secret).toString());
  const strict = encoded.replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  const upper = [encoded, strict, strict.replaceAll('%20', '+')];
  const lower = upper.map((form) => form.replace(/%../g, (code) => code.toLowerCase()));
  return [...upper, ...lower];
}

/**
 * The characters that every base64 text with the secret somewhere inside must hold, as
 * in `Authorization: Basic base64(user:password)`: the secret may begin at any of three
 * places of a group, and its first and last bits share characters with its neighbours.
 */
function base64Forms(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  const forms = [0, 1, 2].map((offset) => {
    const bits = 8 * (offset + bytes.length);
    const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
    return text.slice(Math.ceil((8 * offset) / 6), Math.floor(bits / 6));
  });
  const whole = [bytes.toString('base64').replace(/=+$/, ''), ...forms];
  const long = whole.filter((form) => form.length >= SHORTEST_BASE64);
  const url = long.map((form) => form.replaceAll('+', '-').replaceAll('/', '_'));
  return [...long, ...url];
}
