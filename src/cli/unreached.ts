/** Why an address could not be reached, in the words of Chromium, Firefox and Node, as one code and one sentence. */
import { STATUS_CODES } from 'node:http';
import type { Label, LabelError } from '../contract/label';
import { failure } from './inputs';

/** The first that applies: words of a proxy hold those of a connection. */
const FAULTS: [pattern: RegExp, code: string, words: string][] = [
  [/PROXY/, 'proxy-failed', 'could not be reached: the proxy does not answer'],
  [/INTERNET_DISCONNECTED|NS_ERROR_OFFLINE|ENETUNREACH/, 'offline', 'could not be reached: there is no network'],
  [
    /NAME_NOT_RESOLVED|UNKNOWN_HOST|ENOTFOUND|EAI_AGAIN/,
    'host-not-found',
    'could not be reached: its host is not known',
  ],
  [/CONNECTION_REFUSED|ECONNREFUSED/, 'connection-refused', 'could not be reached: its host refuses the connection'],
  [
    /CERT|SSL|TLS|SECURITY|SEC_ERROR|PKIX/,
    'tls-error',
    'could not be reached: its certificate or its encryption is not in order',
  ],
  [/TIMED_OUT|NET_TIMEOUT|TimeoutError|ETIMEDOUT|CONNECT_TIMEOUT/, 'timed-out', 'did not answer in time'],
  [/REDIRECT/i, 'redirected', 'could not be reached: it is redirected in circles'],
  [/UNSAFE_PORT|deniedPortAccess|bad port/, 'blocked-port', 'could not be reached: browsers keep this port shut'],
  [
    /EMPTY_RESPONSE|CONNECTION_(RESET|CLOSED)|NET_(RESET|INTERRUPT|EMPTY)|UND_ERR_SOCKET|ECONNRESET/,
    'connection-lost',
    'could not be reached: its server ended the connection without an answer',
  ],
  [/ABORTED/, 'no-page', 'leads neither to a page nor to a video'],
];

/** @param said the message of whoever tried; '' when nothing is known */
export function unreached(input: string, said: string): LabelError {
  const [, code, words] = FAULTS.find(([pattern]) => pattern.test(said)) ?? [null, 'network', 'could not be reached'];
  return failure(input, code, `${input} ${words}.`);
}

/** @param status as the server answered */
export function refused(input: string, status: number, hint = ''): LabelError {
  const name = STATUS_CODES[status];
  const words = name === undefined ? String(status) : `${String(status)} (${name})`;
  return failure(input, 'http-error', `${input} was answered with ${words}.${hint}`);
}

/** @param named whether the address names a user */
export const signIn = (input: string, named: boolean): LabelError =>
  refused(
    input,
    401,
    named
      ? ' The user name or the password in its address is wrong.'
      : ' A user name and a password can be given in its address.',
  );

type Coverage = Pick<Label['credentials']['coverage'], 'bytes_read' | 'bytes_total'>;

const cameOf = ({ bytes_read, bytes_total }: Coverage): string =>
  `${String(bytes_read)}${bytes_total === null ? '' : ` of ${String(bytes_total)}`} bytes came`;

/** The server answered, and then sent no more. */
export function tooSlow(input: string, coverage: Coverage): LabelError {
  return failure(input, 'timed-out', `${input} was too slow: ${cameOf(coverage)} in time.`);
}

/** The server answered, and then the connection ended. */
export function brokenOff(input: string, coverage: Coverage): LabelError {
  return failure(input, 'connection-lost', `${input} broke off: ${cameOf(coverage)}.`);
}
