import {CHECK_FAILURES} from './check/check-failures';
import {NETWORK_MEANINGS} from './transport/network-faults';
import {KERBEROS_FAILURES} from './transport/sign-in/kerberos/kerberos-failures';
import {NTLM_FAILURES} from './transport/sign-in/ntlm-failures';
import {OIDC_FAILURES} from './transport/sign-in/oidc-failures';

/** A text that a user meets. `{name}` in it stands for a fact of the single case. */
interface Finding {
  readonly id: string;
  /** `transient_error`: may pass by itself, and is tried again. */
  readonly failureType: 'config_error' | 'transient_error';
  readonly text: string;
}

/** A part of the way into PI, with everything that may stand in the way there. */
export interface Layer {
  readonly title: string;
  readonly findings: readonly Finding[];
}

const WAY = {
  name: 'Names',
  tcp: 'Connections',
  proxy: 'Proxies',
  tls: 'TLS',
  certificate: 'Certificates',
  http: 'Requests and answers',
} as const;

const way = Object.entries(WAY).map(([layer, title]): Layer => ({
  title,
  findings: NETWORK_MEANINGS.filter((meaning) => meaning.layer === layer),
}));

/** Every text of a diagnosis, outermost layer first. The user documentation is made of it. */
export const DIAGNOSIS: readonly Layer[] = [
  ...way,
  {title: 'Kerberos', findings: KERBEROS_FAILURES},
  {title: 'OpenID Connect', findings: OIDC_FAILURES},
  {title: 'NTLM', findings: NTLM_FAILURES},
  {title: 'Sign-in, rights and selection', findings: CHECK_FAILURES},
];
