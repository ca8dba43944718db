/** The table of fixtures that all rings share. */
import { readFileSync } from 'node:fs';

export interface Case {
  id: string;
  file: string;
  /** Browsers can play it. */
  plays: boolean;
  /** Why the estimate can't tell; null when it answers. */
  estimate: string | null;
  expected: {
    state: string;
    reason: string | null;
    says: string;
    claims: string;
    issuer: string | null;
    list: string | null;
    disclosures: { kind: string; says: string }[];
  };
}

interface Table {
  cases: Case[];
  stream: { mime: string; init: string; segments: string[] };
}

export const table = JSON.parse(readFileSync('test/fixtures/cases.json', 'utf8')) as Table;

/** Files of the stream, in the order in which a page appends them. */
export const streamParts = (): string[] => [table.stream.init, ...table.stream.segments];
