import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { BANDS, CREDENTIAL_STATES, DISCLOSURE_SAYS, SAYS, labelSchema } from '../../src/contract/label';
import type { Credentials, Disclosure, Estimate, Label } from '../../src/contract/label';
import { cannotTell, emptyCredentials } from '../../src/contract/lanes';
import type { LaneResults } from '../../src/contract/lanes';
import { ESTIMATE_REASONS, SIGNER_REASONS } from '../../src/contract/reasons';
import { agreeingOwner, hostToAsk } from '../../src/contract/words';
import { label } from '../../src/label/label';

const subject: LaneResults['subject'] = {
  kind: 'file',
  input: 'clip.mp4',
  page: null,
  frame: null,
  media: 'clip.mp4',
  index: 0,
  width: 640,
  height: 360,
  duration_s: 4,
};

function lanes(parts: Partial<LaneResults> = {}): LaneResults {
  return {
    subject,
    credentials: emptyCredentials('none'),
    disclosures: [],
    estimate: cannotTell('too-short'),
    engine: { browser: 'chromium 156', extension: '0.1.0' },
    timing_ms: { credentials: 1, estimate: 2 },
    ...parts,
  };
}

const signed = (says: Credentials['says'], state: Credentials['state'] = 'trusted'): Credentials => ({
  ...emptyCredentials(state),
  says,
  issuer: 'OpenAI',
});
const answered = (band: NonNullable<Estimate['band']>): Estimate => ({
  ...cannotTell('too-short'),
  state: 'answered',
  reason: null,
  score: 0.5,
  band,
});
/** A generator's mark by name and owner; without, a statement in words. */
const pictureShows = (name: string | null, owner: string | null): Disclosure => ({
  kind: 'visible-mark',
  says: 'ai-generated',
  value: name === null ? 'AI-generated' : `${name} mark`,
  where: '0.5 s',
  by: 'picture',
  mark: { id: name === null ? 'statement' : 'x', name, owner, text: '', times_s: [0.5], box: [0, 0, 1, 1] },
});
const fileSays = (says: Disclosure['says']): Disclosure => ({
  kind: 'aigc-label',
  says,
  value: 'x',
  where: 'moov',
  by: 'file',
});

const anyCredentials = fc
  .record({
    state: fc.constantFrom(...CREDENTIAL_STATES),
    says: fc.constantFrom(...SAYS),
    issuer: fc.option(fc.string()),
    reason: fc.option(fc.constantFrom(...SIGNER_REASONS)),
  })
  .map((parts): Credentials => ({ ...emptyCredentials('none'), ...parts }));
const anyDisclosures = fc.array(fc.constantFrom(...DISCLOSURE_SAYS).map(fileSays), { maxLength: 4 });
const anyEstimate = fc.oneof(
  fc.constantFrom(...BANDS).map(answered),
  fc.constantFrom(...ESTIMATE_REASONS).map((reason) => cannotTell(reason)),
);
const anyLanes = fc
  .record({ credentials: anyCredentials, disclosures: anyDisclosures, estimate: anyEstimate })
  .map(lanes);

/** Order of suspicion for "more evidence of AI never lowers the label". */
const SUSPICION: Label['verdict'][] = [
  'no-signs',
  'unknown',
  'unclear',
  'suspected',
  'declared-ai',
  'captured',
  'changed',
  'ai-edited',
  'ai-generated',
];
const rank = (l: Label): number => SUSPICION.indexOf(l.verdict);

describe('label()', () => {
  test('is total: any lanes give a valid label', () => {
    fc.assert(
      fc.property(anyLanes, (input) => {
        const result = label(input);
        expect(v.safeParse(labelSchema, result).success).toBe(true);
        // Strings of the file may hold what would be a placeholder of ours.
        const own = result.headline.provenance.replaceAll(input.credentials.issuer ?? '\0', '');
        expect(own).not.toMatch(/\$\d|^(signed|stranger|state|file_says)_/);
      }),
    );
  });

  test('never says real, authentic, fake or false', () => {
    fc.assert(
      fc.property(anyLanes, (input) => {
        const clean = { ...input, credentials: { ...input.credentials, issuer: null } };
        const { headline } = label(clean);
        expect(`${headline.provenance} ${headline.likelihood}`).not.toMatch(/\b(real|authentic|fake|false|genuine)\b/i);
      }),
    );
  });

  test('does not depend on the order of disclosures', () => {
    fc.assert(
      fc.property(anyLanes, (input) => {
        const turned = { ...input, disclosures: [...input.disclosures].reverse() };
        expect(label(turned).verdict).toBe(label(input).verdict);
        expect(label(turned).headline).toEqual(label(input).headline);
      }),
    );
  });

  test('a further statement of AI never lowers the verdict', () => {
    fc.assert(
      fc.property(anyLanes, (input) => {
        const more = { ...input, disclosures: [...input.disclosures, fileSays('ai-generated')] };
        expect(rank(label(more))).toBeGreaterThanOrEqual(rank(label(input)));
      }),
    );
  });

  test('an unsigned statement never gives a signed verdict', () => {
    fc.assert(
      fc.property(anyDisclosures, anyEstimate, (disclosures, estimate) => {
        const { verdict } = label(lanes({ disclosures, estimate }));
        expect(['ai-generated', 'ai-edited', 'captured', 'changed']).not.toContain(verdict);
      }),
    );
  });

  test.each([
    [lanes({ credentials: signed('ai-generated') }), 'ai-generated', 'Signed: AI-generated (OpenAI)'],
    [
      lanes({ credentials: signed('ai-generated', 'trusted-interim') }),
      'ai-generated',
      'Signed: AI-generated (OpenAI)',
    ],
    [lanes({ credentials: signed('ai-edited') }), 'ai-edited', 'Signed: edited with AI (OpenAI)'],
    [lanes({ credentials: signed('captured') }), 'captured', 'Signed: camera (OpenAI)'],
    [lanes({ credentials: signed('nothing') }), 'unknown', 'Signed (OpenAI), no word on AI'],
    [
      lanes({ credentials: { ...signed('ai-generated', 'unrecognised'), reason: 'untrusted' } }),
      'declared-ai',
      'Unverified signer says: AI-generated',
    ],
    [
      lanes({ credentials: { ...signed('captured', 'unrecognised'), reason: 'untrusted' } }),
      'unknown',
      'Unverified signer says: camera',
    ],
    [lanes({ credentials: signed('ai-generated', 'changed') }), 'changed', 'Changed after signing'],
    [lanes({ credentials: emptyCredentials('malformed') }), 'unknown', 'Credentials damaged'],
    [lanes({ disclosures: [fileSays('ai-generated')] }), 'declared-ai', 'File says: AI-generated'],
    [lanes({ disclosures: [fileSays('possibly-ai')] }), 'unknown', 'No credentials'],
    [lanes({ disclosures: [pictureShows('Sora', 'OpenAI')] }), 'declared-ai', 'Picture shows: Sora mark'],
    [lanes({ disclosures: [pictureShows(null, null)] }), 'declared-ai', 'Picture shows: AI-generated'],
    [
      lanes({ credentials: emptyCredentials('unreachable', 'http-error') }),
      'unknown',
      'Not checked: the server refused the file',
    ],
    [lanes({ credentials: emptyCredentials('streamed') }), 'unknown', 'Stream, no credentials'],
    [lanes({ estimate: answered('strong') }), 'suspected', 'No credentials'],
    [lanes({ estimate: answered('some') }), 'unclear', 'No credentials'],
    [lanes({ estimate: answered('few') }), 'no-signs', 'No credentials'],
    [lanes({ estimate: cannotTell('cues-disagree') }), 'unclear', 'No credentials'],
  ] as const)('case %#: verdict and headline', (input, verdict, provenance) => {
    const result = label(input);
    expect(result.verdict).toBe(verdict);
    expect(result.headline.provenance).toBe(provenance);
  });

  test.each([
    ['captured', 'captured'],
    ['made-without-ai', 'declared-ai'],
  ] as const)('signed %s that meets a word of AI in the same file is a conflict', (says, verdict) => {
    const result = label(lanes({ credentials: signed(says), disclosures: [fileSays('ai-generated')] }));
    expect(result).toMatchObject({ verdict, conflict: true });
    expect(label(lanes({ credentials: signed(says), disclosures: [fileSays(says)] })).conflict).toBe(false);
    expect(label(lanes({ credentials: signed(says), estimate: answered('strong') })).conflict).toBe(true);
    expect(label(lanes({ credentials: signed(says, 'unrecognised'), estimate: answered('strong') })).conflict).toBe(
      false,
    );
  });

  test('a signed camera that meets strong signs is a conflict, and both are shown', () => {
    const result = label(lanes({ credentials: signed('captured'), estimate: answered('strong') }));
    expect(result).toMatchObject({ verdict: 'captured', conflict: true });
    expect(result.headline).toEqual({ provenance: 'Signed: camera (OpenAI)', likelihood: 'Strong signs of AI' });
  });

  test('signed AI that meets an AI-free claim in the same file is a conflict', () => {
    const result = label(lanes({ credentials: signed('ai-generated'), disclosures: [fileSays('captured')] }));
    expect(result).toMatchObject({ verdict: 'ai-generated', conflict: true });
  });

  test('a mark in the picture never outweighs a signature, and contradicts a signed camera', () => {
    const disclosures = [pictureShows('Sora', 'OpenAI')];
    expect(label(lanes({ credentials: signed('captured'), disclosures }))).toMatchObject({
      verdict: 'captured',
      conflict: true,
      headline: { provenance: 'Signed: camera (OpenAI)' },
    });
    const agrees = label(lanes({ credentials: signed('ai-generated'), disclosures }));
    expect(agrees).toMatchObject({ verdict: 'ai-generated', conflict: false });
  });

  test('a signed AI file and the mark of the same maker agree, and nothing else does', () => {
    const mark = [pictureShows('Sora', 'OpenAI')];
    expect(agreeingOwner(signed('ai-generated'), mark)).toBe('OpenAI');
    expect(agreeingOwner(signed('captured'), mark)).toBeNull();
    expect(agreeingOwner(signed('ai-generated', 'unrecognised'), mark)).toBeNull();
    expect(agreeingOwner(signed('ai-generated'), [pictureShows('Veo', 'Google')])).toBeNull();
    expect(agreeingOwner(signed('ai-generated'), [pictureShows(null, null)])).toBeNull();
    expect(agreeingOwner(signed('ai-generated'), [])).toBeNull();
  });

  test('a switched-off estimate leaves its part out', () => {
    expect(label(lanes({ estimate: cannotTell('switched-off') })).headline.likelihood).toBe('');
  });
});

describe('the words are as final as the state', () => {
  const words = (credentials: Credentials): string => label(lanes({ credentials })).headline.provenance;
  const claims = (reason: Credentials['reason'], says: Credentials['claims'] = 'ai-generated'): string =>
    words({ ...emptyCredentials('unverified', reason), claims: says });
  test.each([null, 'too-large', 'stopped', 'stream', 'engine-unavailable'] as const)(
    '%s: another look may tell',
    (reason) => {
      expect(claims(reason)).toBe('Claims: AI-generated (not yet checked)');
      expect(claims(reason, 'nothing')).toBe('Credentials not yet checked');
    },
  );
  test.each(['partial', 'init-only'] as const)('%s: no later look tells more', (reason) => {
    expect(claims(reason)).toBe("Claims: AI-generated (can't be checked)");
    expect(claims(reason, 'nothing')).toBe('Not checked: the file is incomplete');
    const signed = { ...emptyCredentials('unverified', reason), issuer: 'Somebody' };
    expect(words(signed)).toBe("Credentials that can't be checked");
  });
  test('credentials kept elsewhere: with the reason once they were asked for', () => {
    expect(words(emptyCredentials('remote'))).toBe('Credentials kept elsewhere');
    expect(words(emptyCredentials('remote', 'timed-out'))).toMatch(/^Credentials kept elsewhere: ./);
  });
});

test.each<[string | null, string | null]>([
  ['keeper.example', 'keeper.example'],
  ['127.0.0.1', '127.0.0.1'],
  ['[::1]', '[::1]'],
  ['xn--80ak6aa92e.com', 'xn--80ak6aa92e.com'],
  ['https://\u202egro.elpmaxe', null],
  ['https://a b', null],
  ['', null],
  [null, null],
])('a host to ask is named only when it is one: %s', (detail, expected) => {
  expect(hostToAsk({ ...emptyCredentials('remote'), detail })).toBe(expected);
  expect(hostToAsk({ ...emptyCredentials('unreachable'), detail })).toBeNull();
});

test('no window, and no coverage, reaches beyond the end of the video', () => {
  const estimate: Estimate = {
    ...answered('few'),
    coverage_s: 4.25,
    windows: [
      { from_s: 0, to_s: 2, score: 0.5 },
      { from_s: 2.25, to_s: 4.25, score: 0.5 },
    ],
  };
  const { estimate: told } = label(lanes({ estimate }));
  expect(told.windows.map(({ to_s }) => to_s)).toEqual([2, 4]);
  expect(told.coverage_s).toBe(4);
  const unknown = lanes({ estimate, subject: { ...subject, duration_s: null } });
  expect(label(unknown).estimate).toEqual(estimate);
});
