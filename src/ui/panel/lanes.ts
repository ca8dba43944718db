/** The lanes of one label and what they leave unseen: in the panel, on the page for files, and in the report. */
import type { Label } from '../../contract/label';
import type { RawManifest } from '../../contract/messages';
import { h } from '../h';
import { t } from '../text';
import { credentialsLane } from './credentials';
import type { Reads } from './credentials';
import { disclosuresLane } from './disclosures';
import { estimateLane } from './estimate';
import type { Seek } from './estimate';
import { unseen } from './unseen';

/** What there is beside the label; none of it where the label alone was kept. */
export interface Beside {
  /** What the manifest store holds. */
  manifest: RawManifest | null;
  /** Marks in the picture, cut out, in the order of the label. */
  crops: readonly Blob[];
  reads: Reads | null;
  seek: Seek;
}
const NOTHING: Beside = { manifest: null, crops: [], reads: null, seek: null };

export function lanes(label: Label, { manifest, crops, reads, seek } = NOTHING): (Node | null)[] {
  return [
    label.conflict ? h('p', 'conflict', t('conflict')) : null,
    credentialsLane(label.credentials, label.subject.duration_s, manifest, reads),
    disclosuresLane(label, crops),
    estimateLane(label, seek),
    unseen(label),
  ];
}
