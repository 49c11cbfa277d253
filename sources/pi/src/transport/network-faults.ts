import type {NetworkMeaning} from './network-meaning';
import {CERTIFICATES, TLS} from './tls-faults';

const NAMES: readonly NetworkMeaning[] = [
  {
    id: 'NAME_UNKNOWN',
    layer: 'name',
    failureType: 'transient_error',
    codes: ['ENOTFOUND'],
    text: 'The name {host} is not known to the name servers here. Check the base URL, or ask the network team whether this machine can resolve plant names.',
  },
  {
    id: 'NAME_SERVER_SILENT',
    layer: 'name',
    failureType: 'transient_error',
    codes: ['EAI_AGAIN'],
    text: 'The name servers did not answer when asked for {host}. Ask the network team whether this machine can reach them.',
  },
];

const TCP: readonly NetworkMeaning[] = [
  {
    id: 'PORT_CLOSED',
    layer: 'tcp',
    failureType: 'transient_error',
    codes: ['ECONNREFUSED'],
    text: '{host} refused the connection: nothing listens on this port, or a firewall rejects it. Check the port in the base URL and that the PI Web API service runs.',
  },
  {
    id: 'NO_ROUTE',
    layer: 'tcp',
    failureType: 'transient_error',
    codes: ['EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL'],
    text: 'There is no route to {host} from this machine. Ask the network team for the way, or whether a proxy leads there.',
  },
  {
    id: 'CONNECT_TIMEOUT',
    layer: 'tcp',
    failureType: 'transient_error',
    codes: ['CONNECT_TIMEOUT', 'ETIMEDOUT'],
    text: '{host} did not accept a connection in time. A firewall may drop the packets: ask the network team for the way from this machine to PI Web API.',
  },
];

const PROXY: readonly NetworkMeaning[] = [
  {
    id: 'PROXY_NAME_UNKNOWN',
    layer: 'proxy',
    failureType: 'transient_error',
    codes: ['PROXY_NAME_UNKNOWN'],
    text: 'The name of the proxy {proxy} is not known to the name servers here. Check the proxy address under "Network", or the variables HTTPS_PROXY and HTTP_PROXY.',
  },
  {
    id: 'PROXY_UNREACHABLE',
    layer: 'proxy',
    failureType: 'transient_error',
    codes: ['PROXY_UNREACHABLE'],
    text: 'The proxy {proxy} cannot be reached: nothing listens on this port, or a firewall stands before it. Check the proxy address under "Network" and ask the network team whether the proxy runs.',
  },
  {
    id: 'PROXY_SILENT',
    layer: 'proxy',
    failureType: 'transient_error',
    codes: ['PROXY_SILENT'],
    text: 'The proxy {proxy} did not open the way to {host} in time. Check whether its address begins with http:// or with https://, and ask the network team whether the proxy works and may reach that host.',
  },
  {
    id: 'PROXY_BROKE_OFF',
    layer: 'proxy',
    failureType: 'transient_error',
    codes: ['PROXY_BROKE_OFF'],
    text: 'The proxy {proxy} closed the connection before it had opened the way to {host}. Where the proxy is spoken to over TLS, its address begins with https://; else ask the network team for its log.',
  },
  {
    id: 'PROXY_UNTRUSTED',
    layer: 'proxy',
    failureType: 'config_error',
    codes: ['PROXY_UNTRUSTED'],
    text: 'The proxy {proxy} shows a TLS certificate that is not trusted here, or speaks no TLS. Paste the certificate of its authority (PEM) into the field "CA certificate", or begin its address with http://.',
  },
  {
    id: 'PROXY_NO_PROXY',
    layer: 'proxy',
    failureType: 'config_error',
    codes: ['PROXY_NO_PROXY'],
    text: 'What answers at {proxy} is no proxy: it does not know how to open a way to {host}. Check the proxy address under "Network".',
  },
  {
    id: 'PROXY_WANTS_CREDENTIALS',
    layer: 'proxy',
    failureType: 'config_error',
    codes: ['PROXY_WANTS_CREDENTIALS'],
    text: 'The proxy {proxy} asks who we are. Enter proxy user and proxy password under "Network".',
  },
  {
    id: 'PROXY_REFUSED_CREDENTIALS',
    layer: 'proxy',
    failureType: 'config_error',
    codes: ['PROXY_REFUSED_CREDENTIALS'],
    text: 'The proxy {proxy} refused its user or password (those of the proxy, not of PI). Correct them under "Network", or ask the network team whether the proxy takes Basic authentication.',
  },
  {
    id: 'PROXY_FORBIDS',
    layer: 'proxy',
    failureType: 'config_error',
    codes: ['PROXY_FORBIDS'],
    text: 'The proxy {proxy} does not let us through to {host}. Ask the network team to allow CONNECT to this host and port, or name the host among those not reached by the proxy.',
  },
  {
    id: 'PROXY_TARGET_UNREACHABLE',
    layer: 'proxy',
    failureType: 'transient_error',
    codes: ['PROXY_TARGET_UNREACHABLE'],
    text: 'The proxy {proxy} could not reach {host}: the name is unknown to it, or nothing listens there. Check the base URL, and ask the network team whether the proxy can reach PI Web API.',
  },
];

const HTTP: readonly NetworkMeaning[] = [
  {
    id: 'CLOSED_IN_PLAIN_TEXT',
    layer: 'http',
    failureType: 'transient_error',
    codes: ['ECONNRESET'],
    plain: true,
    text: '{host} closed the connection before it had answered. If this port speaks TLS, the base URL must begin with https://.',
  },
  {
    id: 'CLOSED_BEFORE_ANSWER',
    layer: 'http',
    failureType: 'transient_error',
    codes: ['ECONNRESET', 'EPIPE'],
    text: '{host} closed the connection before it had answered. The web server may have been restarted, or a firewall cut in; where it demands a client certificate, it may not accept ours.',
  },
  {
    id: 'READ_TIMEOUT',
    layer: 'http',
    failureType: 'transient_error',
    codes: ['READ_TIMEOUT'],
    text: '{host} accepted the request and did not answer in time. The PI administrator can see in the log of PI Web API what took so long; the field "Request time-out" allows more.',
  },
  {
    id: 'ANSWER_CUT',
    layer: 'http',
    failureType: 'transient_error',
    codes: ['BODY_CUT'],
    text: 'The answer of {host} broke off in the middle.',
  },
  {
    id: 'NO_HTTP',
    layer: 'http',
    failureType: 'config_error',
    words: /^Parse Error/,
    text: 'What answers at {host} does not speak HTTP. Check port and scheme of the base URL.',
  },
];

/** Of whatever is not in the table. */
export const UNFORESEEN: NetworkMeaning = {
  id: 'CONNECTION_FAILED',
  layer: 'http',
  failureType: 'transient_error',
  text: 'The connection to {host} failed with {code}. If it goes on, tell the network team this code.',
};

/** Everything that is known to go wrong on the way, in the order of the layers. */
export const NETWORK_MEANINGS: readonly NetworkMeaning[] = [
  ...NAMES,
  ...TCP,
  ...PROXY,
  ...TLS,
  ...CERTIFICATES,
  ...HTTP,
  UNFORESEEN,
];
