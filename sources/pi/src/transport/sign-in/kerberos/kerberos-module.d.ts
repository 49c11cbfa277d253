/** The part of the package that is used. It is optional, and absent on many machines. */
declare module 'kerberos' {
  interface Context {
    readonly contextComplete: boolean;
    step(challenge: string): Promise<string>;
  }
  interface ClientOptions {
    readonly mechOID: number;
    readonly flags: number;
  }
  interface Kerberos {
    initializeClient(service: string, options: ClientOptions): Promise<Context>;
    checkPassword(...credentials: [string, string, string, string]): Promise<unknown>;
    readonly GSS_C_MUTUAL_FLAG: number;
    readonly GSS_C_REPLAY_FLAG: number;
    readonly GSS_C_SEQUENCE_FLAG: number;
    readonly GSS_MECH_OID_SPNEGO: number;
  }
  const kerberos: Kerberos;
  export {kerberos as default};
}
