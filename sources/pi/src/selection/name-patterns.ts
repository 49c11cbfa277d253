/** One rule on names: `*` stands for any text, `?` for one character; case is ignored. */
export interface NamePattern {
  readonly text: string;
  /** Without wildcard: the user means this one object. */
  readonly explicit: boolean;
  /** What PI's `nameFilter` may be given; undefined where only we can decide. */
  readonly serverFilter: string | undefined;
}

/** Rules on names, made once and asked for every object of a list. */
export class NamePatterns {
  readonly patterns: readonly NamePattern[];
  readonly #explicit: ReadonlySet<string>;
  readonly #wildcards: readonly string[];

  constructor(texts: readonly string[]) {
    this.patterns = texts.map(namePattern);
    this.#explicit = new Set(texts.filter((text) => !hasWildcard(text)).map(fold));
    this.#wildcards = texts.filter(hasWildcard).map(fold);
  }

  get isEmpty(): boolean {
    return this.patterns.length === 0;
  }

  matches(name: string): boolean {
    const folded = fold(name);
    if (this.#explicit.has(folded)) return true;
    return this.#wildcards.some((wildcard) => fits(wildcard, folded));
  }

  /** The patterns that none of the names fits. */
  unmatchedBy(names: readonly string[]): readonly NamePattern[] {
    const folded = new Set(names.map(fold));
    return this.patterns.filter(({text, explicit}) => {
      const wanted = fold(text);
      if (explicit) return !folded.has(wanted);
      for (const name of folded) if (fits(wanted, name)) return false;
      return true;
    });
  }
}

function namePattern(text: string): NamePattern {
  // PI gives brackets and the backslash a meaning that our patterns do not have.
  const serverFilter = /[[\]\\]/.test(text) ? undefined : text;
  return {text, explicit: !hasWildcard(text), serverFilter};
}

function hasWildcard(text: string): boolean {
  return /[*?]/.test(text);
}

function fold(text: string): string {
  return text.normalize('NFC').toUpperCase();
}

/** Goes back to the last star only: never exponential, whatever the user types. */
function fits(pattern: string, name: string): boolean {
  let p = 0;
  let n = 0;
  let star = -1;
  let resumeAt = 0;
  while (n < name.length) {
    const expected = pattern[p];
    if (expected === '*') {
      star = p++;
      resumeAt = n;
    } else if (expected === '?' || expected === name[n]) {
      p++;
      n++;
    } else if (star >= 0) {
      p = star + 1;
      n = ++resumeAt;
    } else {
      return false;
    }
  }
  return /^\**$/.test(pattern.slice(p));
}
