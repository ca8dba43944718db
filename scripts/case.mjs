/**
 * `npm run case -- FILE…`: drafts rows of `test/fixtures/cases.json` from what the built extension says of files.
 * A draft is what is, not what has to be: a person checks each word, and fills in what no file tells.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { readArguments } from './setup/arguments.mjs';
import { ROOT, fail, say } from './setup.mjs';

/** Labels as the command line prints them, one for each file. */
function labelsOf(files) {
  const args = [join(ROOT, 'scripts/start.mjs'), '--json', '--headless', '--', ...files];
  const { stdout, status } = spawnSync(process.execPath, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 2] });
  if (status !== 0) process.exitCode = 2;
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

function draft({ subject, credentials, disclosures, estimate }) {
  const content = readFileSync(subject.input);
  const { state, reason, says, claims, issuer, list } = credentials;
  const plays = subject.width !== null;
  const file = basename(subject.input);
  return {
    id: basename(file, extname(file)),
    file,
    sha256: createHash('sha256').update(content).digest('hex'),
    bytes: content.length,
    origin: '',
    licence: '',
    what: '',
    expected: {
      state,
      reason,
      says,
      claims,
      issuer,
      list,
      disclosures: disclosures.map((d) => ({ kind: d.kind, says: d.says })),
    },
    with_test_root: { state, says },
    estimate: plays && estimate.state === 'cannot-tell' ? estimate.reason : null,
    plays,
    embed: 'video-src',
  };
}

const { positionals: files } = readArguments({}, true);
// npm runs its scripts at the root; names of files are meant from where the user stands.
if (process.env.npm_lifecycle_event === 'case') process.chdir(process.env.INIT_CWD ?? '.');
if (files.length === 0) fail('name the files that get a row: npm run case -- FILE…');
const address = files.find((file) => /^[a-z][a-z\d+.-]+:\/\//i.test(file));
if (address !== undefined) fail(`${address} is an address; rows are for files.`);
/** A fault of ours, on a busy machine, says nothing of the file. */
const isWhole = ({ subject, credentials, estimate }) => {
  const whole = ![credentials.reason, estimate.reason].includes('engine-unavailable');
  if (!whole) {
    say(`assay: no draft of ${subject.input}: the engine could not be had. Try again.`);
    process.exitCode = 2;
  }
  return whole;
};
const labels = labelsOf(files).filter(({ schema }) => schema === 'assay-label/1');
const prettier = await import('prettier');
for (const label of labels.filter(isWhole)) {
  const row = JSON.stringify(draft(label));
  process.stdout.write(await prettier.format(row, { parser: 'json', printWidth: 120 }));
}
if (process.exitCode === undefined)
  say('Drafts: check each word; origin, licence, what and with_test_root are yours to say.');
