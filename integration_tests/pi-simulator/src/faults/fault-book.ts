import {UsageError} from '../plant/usage-error';
import {type FaultRule} from './fault-rule';

interface Entry {
  readonly rule: FaultRule;
  readonly matches: (subject: string) => boolean;
  seen: number;
}

/** The rules of the faults and how often each was met. */
export class FaultBook {
  private readonly entries: Entry[] = [];

  constructor(rules: readonly FaultRule[]) {
    for (const rule of rules) this.add(rule);
  }

  /** Adds a rule while the simulator runs. */
  add(rule: FaultRule): void {
    this.entries.push({rule, matches: matcher(rule.match), seen: 0});
  }

  clear(): void {
    this.entries.length = 0;
  }

  /** The rules that hit a request, in the order they were given. */
  forRequest(subject: () => string): readonly FaultRule[] {
    return this.hits('request', subject);
  }

  /** The rule that hits a stream, if any. */
  forStream(subject: () => string): FaultRule | undefined {
    return this.hits('stream', subject)[0];
  }

  private hits(on: 'request' | 'stream', subject: () => string): readonly FaultRule[] {
    const candidates = this.entries.filter(
      (entry) => (entry.rule.on ?? 'request') === on,
    );
    if (candidates.length === 0) return [];
    const text = subject();
    return candidates.filter((entry) => isHit(entry, text)).map((entry) => entry.rule);
  }
}

/** Counts the match and tells whether it is one that is to be hurt. */
function isHit(entry: Entry, subject: string): boolean {
  if (!entry.matches(subject)) return false;
  const {after = 0, times = Infinity} = entry.rule;
  entry.seen += 1;
  return entry.seen > after && entry.seen <= after + times;
}

function matcher(text: string): (subject: string) => boolean {
  // Letters that are no flags make it a path: `/piwebapi/system`.
  const pattern = /^\/(.+)\/([gimsuy]*)$/.exec(text);
  if (pattern === null) return (subject) => subject.includes(text);
  const expression = compiled(pattern[1] ?? '', pattern[2] ?? '');
  return (subject) => expression.test(subject);
}

function compiled(source: string, flags: string): RegExp {
  try {
    return new RegExp(source, flags.replaceAll(/[gy]/g, ''));
  } catch {
    throw new UsageError(
      `The fault rule "/${source}/${flags}" is not a regular expression.`,
    );
  }
}
