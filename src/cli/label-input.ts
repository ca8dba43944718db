/** Labels one input in the browser. Whatever goes wrong is an `assay-error/1`. */
import * as v from 'valibot';
import { errorSchema, labelSchema, type Label, type LabelError } from '../contract/label';
import { findOut, type Found } from './address';
import type { CliOptions } from './args';
import type { Tab } from './drive/driver';
import { LaunchError } from './drive/driver';
import { Late, within } from './drive/within';
import { failure, type Input } from './inputs';
import { labelPage, PAGE_DEADLINE_MS } from './label-page';
import { bareAddress } from '../contract/bare-address';
import type { FileServer } from './server';
import type { BrowserSession } from './session';
import { brokenOff, refused, signIn, tooSlow, unreached } from './unreached';

export type Result = Label | LabelError;
const resultSchema = v.variant('schema', [labelSchema, errorSchema]);

const FILE_MS = 90_000;
/** Time to read, on top: a slow disk or a loaded machine. */
const MS_PER_MB = 500;

/** What was given stays as it was: by it scripts find the result again. */
function withoutSecrets(result: Result): Result {
  if (result.schema === 'assay-error/1') return failure(result.input, result.error.code, result.error.message);
  const { subject } = result;
  const media = bareAddress(subject.media);
  const page = subject.page === null ? null : bareAddress(subject.page);
  return { ...result, subject: { ...subject, media, page } };
}

/** The browser's answer is data from outside: checked before it is printed. */
function checked(input: string, value: unknown): Result {
  const parsed = v.safeParse(resultSchema, value);
  if (parsed.success) return withoutSecrets(parsed.output);
  return failure(input, 'bad-label', `The extension gave an answer for ${input} that is no label.`);
}

/** @param said what went wrong when the address was asked before the browser was */
function unopenedAsError(result: Result, said: string): Result {
  if (result.schema !== 'assay-label/1' || result.credentials.state !== 'unreachable') return result;
  const { reason, detail, coverage } = result.credentials;
  const input = result.subject.input ?? result.subject.media;
  switch (reason) {
    case 'http-error':
      return refused(input, Number(detail));
    case 'network':
      return coverage.bytes_read > 0 ? brokenOff(input, coverage) : unreached(input, said);
    case 'timed-out':
      return coverage.bytes_read > 0 ? tooSlow(input, coverage) : unreached(input, 'TimeoutError');
    default:
      return result;
  }
}

type File = Extract<Input, { kind: 'file' }>;
type Media = Extract<Found, { kind: 'media' }>;
type Opened = Exclude<Found, { kind: 'sign-in' }>;

async function labelMedia(input: File | Media, tab: Tab, server: FileServer, options: CliOptions): Promise<Result[]> {
  const request = {
    url: input.kind === 'file' ? server.file(input.path) : input.url,
    input: input.input,
    name: input.name,
    remote: options.remote,
    hash: input.kind === 'file',
    ...(options.limitMb === undefined ? {} : { limitMb: options.limitMb }),
  };
  const answer = await tab.evaluate<unknown>('(request) => window.assay.labelUrl(request)', request);
  return [unopenedAsError(checked(input.input, answer), input.kind === 'file' ? '' : input.unreached)];
}

function deadline(input: File | Opened): number {
  if (input.kind === 'page') return PAGE_DEADLINE_MS;
  return FILE_MS + (input.kind === 'file' ? (input.size / 1_000_000) * MS_PER_MB : 0);
}

/** One attempt; throws when the browser dies, the tab breaks or time is up. */
async function attempt(
  input: File | Opened,
  session: BrowserSession,
  server: FileServer,
  options: CliOptions,
): Promise<Result[]> {
  const tab = await session.labelTab();
  let broken = true;
  try {
    const work =
      input.kind === 'page'
        ? labelPage(input, tab, session).then((answers) => answers.map((answer) => checked(input.input, answer)))
        : labelMedia(input, tab, server, options);
    const results = await within(work, deadline(input));
    broken = false;
    return results;
  } finally {
    await session.release(tab, broken);
  }
}

/** A browser that dies under an input gets a second chance: it may have died of another one. */
export async function labelInput(
  input: Input,
  session: BrowserSession,
  server: FileServer,
  options: CliOptions,
): Promise<Result[]> {
  if (input.kind === 'error') return [input.error];
  const found = input.kind === 'address' ? await findOut(input) : input;
  if (found.kind === 'sign-in') return [signIn(found.input, found.named)];
  if (found.kind === 'media' && found.url !== bareAddress(found.url)) {
    const why = "can't be read: browsers fetch no video whose address has a user name or a password in it.";
    return [failure(input.input, 'password-in-address', `${input.input} ${why}`)];
  }
  for (let tries = 1; ; tries++) {
    try {
      return await attempt(found, session, server, options);
    } catch (error) {
      if (error instanceof LaunchError) throw error;
      if (error instanceof Late) {
        return [failure(input.input, 'timed-out', `${input.input} got no label within the time limit.`)];
      }
      if (tries === 2) return [failure(input.input, 'browser-failed', `The browser failed at ${input.input}.`)];
    }
  }
}
