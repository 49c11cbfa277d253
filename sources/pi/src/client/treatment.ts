/** Who is at fault and what helps; undefined members mean: it does not help. */
export interface Treatment {
  /** Whether asking again, later, may help. */
  readonly retry: boolean;
  /** Whether asking for less (fewer points, a narrower window) may help. */
  readonly shrink: boolean;
  readonly failure: 'config' | 'transient' | 'system';
  /** For the user, without facts of the single case. */
  readonly message: string;
}

const TREATMENTS: Readonly<Record<number, Treatment>> = {
  400: {
    retry: false,
    shrink: true,
    failure: 'system',
    message: 'PI Web API did not accept a request.',
  },
  401: {
    retry: false,
    shrink: false,
    failure: 'config',
    message: 'PI Web API refused the sign-in. Check user name and password, or token.',
  },
  403: {
    retry: false,
    shrink: true,
    failure: 'config',
    message:
      'The account may not read this. Ask the PI administrator for read access to it.',
  },
  404: {
    retry: false,
    shrink: true,
    failure: 'config',
    message: 'PI does not know this object, or hides it from the account.',
  },
  409: {
    retry: false,
    shrink: true,
    failure: 'config',
    message: 'PI cannot do this with this object.',
  },
  413: {
    retry: false,
    shrink: true,
    failure: 'system',
    message: 'PI Web API found a request too large.',
  },
  414: {
    retry: false,
    shrink: true,
    failure: 'system',
    message: 'A server on the way to PI found the URL of a request too long.',
  },
  // Also what we call a web page where PI's JSON was asked for.
  415: {
    retry: false,
    shrink: false,
    failure: 'config',
    message:
      'Something else than PI Web API answered: a proxy or a sign-on page stands in between, or the base URL is wrong.',
  },
  429: {
    retry: true,
    shrink: false,
    failure: 'transient',
    message: 'PI Web API asks for fewer requests a second.',
  },
  500: {
    retry: true,
    shrink: true,
    failure: 'transient',
    message: 'PI Web API or the data server behind it failed.',
  },
  501: {
    retry: false,
    shrink: true,
    failure: 'config',
    message: 'PI Web API cannot deliver values of this type.',
  },
  502: {
    retry: true,
    shrink: true,
    failure: 'transient',
    message: 'PI Web API could not reach the data server.',
  },
  503: {
    retry: true,
    shrink: false,
    failure: 'transient',
    message: 'PI Web API is not available at the moment.',
  },
  504: {
    retry: true,
    shrink: true,
    failure: 'transient',
    message: 'A server on the way to PI gave up waiting.',
  },
};

/** What an answer's status means. One not in the table is treated by its class. */
export function treatmentOf(status: number): Treatment {
  const known = TREATMENTS[status];
  if (known !== undefined) return known;
  return {
    retry: status >= 500,
    shrink: status >= 400,
    failure: status >= 500 ? 'transient' : 'system',
    message: 'PI Web API gave an answer that is not foreseen.',
  };
}
