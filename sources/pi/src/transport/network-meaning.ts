/** Where on the way to PI Web API something went wrong, outermost first. */
type NetworkLayer = 'name' | 'proxy' | 'tcp' | 'tls' | 'certificate' | 'http';

/** One way in which no whole answer comes: how it is known, and what the user is told. */
export interface NetworkMeaning {
  readonly id: string;
  readonly layer: NetworkLayer;
  readonly failureType: 'config_error' | 'transient_error';
  /** Node's, OpenSSL's or our own codes. */
  readonly codes?: readonly string[];
  /** Words of the fault, where a code has several meanings; they go before codes. */
  readonly words?: RegExp;
  /** Only for `http://`. */
  readonly plain?: boolean;
  /**
   * `{host}` stands for PI Web API's host and port, `{proxy}` for the proxy's,
   * `{authority}` for the signer of the last certificate that the server shows, `{name}`
   * for the name that was looked for in its own, `{code}` for the fault's code.
   */
  readonly text: string;
}
