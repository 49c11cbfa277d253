/** The part of the package that makes and reads messages; it opens no connection. */
declare module 'httpntlm/ntlm.js' {
  interface Account {
    readonly domain: string;
    readonly username: string;
    readonly password: string;
    readonly workstation: string;
    /** In place of the hash that the library would make of the password for LM. */
    readonly lm_password: Uint8Array;
  }
  interface Challenge {
    /** A signed 32-bit number. */
    readonly negotiateFlags: number;
    targetInfo?: Uint8Array;
  }
  interface Ntlm {
    /** `NTLM ` and base64, as a header wants it; so is the third message. */
    createType1Message(account: {domain: string; workstation: string}): string;
    /** Calls back, or throws, where the text is no challenge. */
    parseType2Message(
      header: string,
      failed: (reason: unknown) => void,
    ): Challenge | null;
    /** Completes the account in place. */
    createType3Message(challenge: Challenge, account: Account): string;
  }
  const ntlm: Ntlm;
  export = ntlm;
}
