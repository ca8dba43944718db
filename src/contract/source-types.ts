/**
 * What a digital source type says of AI: one table for signed actions, signed metadata and unsigned ones.
 * Source: IPTC NewsCodes `digitalsourcetype`; C2PA adds `empty` and `trainedAlgorithmicData`.
 */
import type { Says } from './label';

/**
 * Types whose definition leaves AI open stand for nothing: `composite` ("may or may not be generative AI"),
 * `virtualRecording` ("based on generative AI and/or captured elements"), `algorithmicallyEnhanced`, `softwareImage`,
 * and prints and films, which may show anything.
 */
const SAYS: Record<string, Says> = {
  trainedAlgorithmicMedia: 'ai-generated',
  compositeWithTrainedAlgorithmicMedia: 'ai-edited',
  compositeSynthetic: 'ai-edited',
  digitalCapture: 'captured',
  computationalCapture: 'captured',
  algorithmicMedia: 'made-without-ai',
  dataDrivenMedia: 'made-without-ai',
  digitalCreation: 'made-without-ai',
  digitalArt: 'made-without-ai',
  screenCapture: 'made-without-ai',
  compositeCapture: 'made-without-ai',
  humanEdits: 'made-without-ai',
  minorHumanEdits: 'made-without-ai',
};

const BY_NAME = new Map(Object.entries(SAYS).map(([name, says]) => [name.toLowerCase(), { name, says }]));

const FORM =
  /^(?:https?:\/\/(?:cv\.iptc\.org\/newscodes|c2pa\.org)\/digitalsourcetype\/|digsrctype:)?(\w+)\/?(?:[?#].*)?$/i;

/** Last path part of a source type of IPTC or C2PA, http or https, of its short form, or a bare name; null for all else. */
export function sourceType(value: unknown): string | null {
  const name = typeof value === 'string' ? FORM.exec(value.trim())?.[1] : undefined;
  return name === undefined ? null : (BY_NAME.get(name.toLowerCase())?.name ?? name);
}

/** What a source type says of the whole that it is given to. */
export function sourceTypeSays(value: unknown): Says {
  const name = sourceType(value);
  return name === null ? 'nothing' : (BY_NAME.get(name.toLowerCase())?.says ?? 'nothing');
}
