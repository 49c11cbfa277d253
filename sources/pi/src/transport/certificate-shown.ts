import type {DetailedPeerCertificate} from 'node:tls';

/** What a server showed of itself, in words for whoever must find the right authority. */
export interface ShownCertificates {
  readonly text: string;
  /** Who signed the last certificate that was shown: `the authority "Plant Root"`. */
  readonly authority: string;
}

/** As much of a certificate as tells it from others. */
export type ShownCertificate = Pick<
  DetailedPeerCertificate,
  'subject' | 'issuer' | 'valid_from' | 'valid_to' | 'fingerprint256' | 'subjectaltname'
>;

const MAX_NAME_CHARS = 120;
const MAX_NAMES_CHARS = 300;

/**
 * Describes the certificates of a chain, the server's own first. The texts in them are
 * the server's: they are cut to a length and freed of control characters.
 */
export function describeShown(
  chain: readonly ShownCertificate[],
): ShownCertificates | undefined {
  const [own, ...above] = chain;
  const last = chain.at(-1);
  if (own === undefined || last === undefined) return undefined;
  const names = clean(own.subjectaltname ?? 'no name at all', MAX_NAMES_CHARS);
  const rest = above.map(({subject, fingerprint256}) => {
    return `${nameIn(subject)} (SHA-256 ${fingerprint256})`;
  });
  const sent = rest.length === 0 ? 'nothing else' : rest.join(', ');
  return {
    text: `Shown was: ${identified(own)}, made out to ${names}; sent along: ${sent}.`,
    authority: `the authority ${nameIn(last.issuer)}`,
  };
}

/** The server's certificate and those it sent along, each once. */
export function chainOf(own: DetailedPeerCertificate): readonly ShownCertificate[] {
  const chain: DetailedPeerCertificate[] = [];
  let next: Partial<DetailedPeerCertificate> = own;
  // The root of a chain is its own issuer.
  while (isShown(next) && !chain.includes(next)) {
    chain.push(next);
    next = next.issuerCertificate;
  }
  return chain;
}

/** Node ends a chain that leads nowhere with an empty object, or with nothing. */
function isShown(
  certificate: Partial<DetailedPeerCertificate> | undefined,
): certificate is DetailedPeerCertificate {
  return certificate?.fingerprint256 !== undefined;
}

function identified({subject, issuer, ...certificate}: ShownCertificate): string {
  const {valid_from: from, valid_to: to, fingerprint256: print} = certificate;
  return `subject ${nameIn(subject)}, issuer ${nameIn(issuer)}, valid from ${utc(from)} to ${utc(to)}, SHA-256 ${print}`;
}

/** `"CN=pi.plant.example, O=Plant"`. */
function nameIn(name: ShownCertificate['subject'] | undefined): string {
  const parts = Object.entries({...name}).map(
    ([kind, value]) => `${kind}=${String(value)}`,
  );
  return `"${clean(parts.join(', '), MAX_NAME_CHARS)}"`;
}

function utc(text: string): string {
  const at = new Date(text);
  return Number.isNaN(at.getTime()) ? clean(text, MAX_NAME_CHARS) : at.toISOString();
}

function clean(text: string, maxChars: number): string {
  const line = text.replaceAll(/[\p{Cc}\p{Cf}"]+/gu, ' ').trim();
  return line.length <= maxChars ? line : `${line.slice(0, maxChars)}…`;
}
