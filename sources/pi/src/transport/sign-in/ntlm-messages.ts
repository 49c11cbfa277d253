import {ntlmFailure} from './ntlm-failures';

export interface NtlmAccount {
  /** `DOMAIN\user`, `user@domain` or `user`. */
  readonly username: string;
  readonly password: string;
}

/** What is sent to a server, each as the value of an `Authorization` header. */
export interface NtlmMessages {
  /** The first message; it names nobody. */
  readonly greeting: string;
  /**
   * Proves the password by NTLMv2, for this one challenge (base64).
   * @throws `NTLM_CHALLENGE_UNREADABLE`; `NTLM_TOO_OLD` where only less than NTLMv2 could
   *   answer it.
   */
  readonly proof: (challenge: string) => string;
}

const UNICODE = 0x1;
const EXTENDED_SECURITY = 0x8_0000;

/**
 * The messages for an account, made by a library that is loaded here and not before.
 * Rejects with `NTLM_ACCOUNT_NAME` where the library would alter the name.
 */
export async function ntlmMessages(account: NtlmAccount): Promise<NtlmMessages> {
  const {domain, username} = accountNames(account.username);
  const {default: ntlm} = await import('httpntlm/ntlm.js');
  const {password} = account;
  // Without a hash of its own the library would make the weak one of LM.
  const known = {domain, username, password, lm_password: Buffer.alloc(16)};
  return {
    greeting: ntlm.createType1Message({domain: '', workstation: ''}),
    proof: (challenge) => {
      const read = readChallenge(() =>
        ntlm.parseType2Message(`NTLM ${challenge}`, () => undefined),
      );
      const {negotiateFlags: flags, targetInfo} = read;
      const isNew = (flags & EXTENDED_SECURITY) !== 0 && (flags & UNICODE) !== 0;
      if (!isNew || targetInfo === undefined || targetInfo.length === 0) {
        throw ntlmFailure('NTLM_TOO_OLD');
      }
      return ntlm.createType3Message(read, {...known, workstation: ''});
    },
  };
}

interface Challenge {
  readonly negotiateFlags: number;
  targetInfo?: Uint8Array;
}

function readChallenge(read: () => Challenge | null): Challenge {
  let challenge: Challenge | null;
  try {
    challenge = read();
  } catch {
    challenge = null;
  }
  if (challenge === null) throw ntlmFailure('NTLM_CHALLENGE_UNREADABLE');
  return challenge;
}

interface AccountNames {
  readonly domain: string;
  readonly username: string;
}

/** `user@domain` goes as it is, with an empty domain, as Windows does it. */
function accountNames(name: string): AccountNames {
  const at = name.indexOf('\\');
  const domain = name.slice(0, Math.max(at, 0));
  const username = name.slice(at + 1);
  if (!/^[\w.*+/@-]*$/.test(domain)) {
    throw ntlmFailure('NTLM_ACCOUNT_NAME', {
      because: 'its domain holds other characters than letters, digits, _ . and -',
    });
  }
  if (Array.from(username).some(growsInUpperCase)) {
    throw ntlmFailure('NTLM_ACCOUNT_NAME', {
      because: 'one of its letters, such as ß, has no capital of its own',
    });
  }
  return {domain, username};
}

/** Windows takes such letters as they are into the proof; the library does not. */
function growsInUpperCase(letter: string): boolean {
  return letter.toUpperCase().length !== letter.length;
}
