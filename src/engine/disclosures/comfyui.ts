/**
 * ComfyUI's saved graph (VHS_VideoCombine and others write it as `prompt` or in the comment). The graph is
 * walked upstream from the video saver: a sampler, or a node of a generator elsewhere, without a video loader generates,
 * with one it regenerates; neither says nothing.
 */
import type { Disclosure } from '../../contract/label';
import { startOf } from '../../contract/start-of';
import { PARTNER_NODES } from './comfyui-nodes';
import { isRecord, parseJson } from './facts';
import type { FileFacts } from './facts';

const SAVER = /^(VHS_VideoCombine|SaveVideo|SaveWEBM|SaveAnimated\w*)$/;
const SAMPLER = /Sampler/;
const VIDEO_LOADER = /^VHS_Load(Video|Images)|LoadVideo/;
const MAX_NODES = 5_000;

type Graph = Record<string, unknown>;

const classOf = (node: unknown): string =>
  isRecord(node) && typeof node['class_type'] === 'string' ? node['class_type'] : '';

/** Ids of the nodes that a node takes its inputs from: `[id, output]`. */
function sources(node: unknown): string[] {
  const inputs = isRecord(node) && isRecord(node['inputs']) ? Object.values(node['inputs']) : [];
  return inputs.flatMap((v) =>
    Array.isArray(v) && v.length === 2 && (typeof v[0] === 'string' || typeof v[0] === 'number') ? [String(v[0])] : [],
  );
}

function upstream(graph: Graph): Set<string> {
  const seen = new Set<string>();
  const queue = Object.keys(graph).filter((id) => SAVER.test(classOf(graph[id])));
  while (queue.length > 0 && seen.size < MAX_NODES) {
    const id = queue.pop() ?? '';
    if (seen.has(id) || !Object.hasOwn(graph, id)) continue;
    seen.add(id);
    for (const source of sources(graph[id])) queue.push(source); // not spread: there may be too many for a call
  }
  return seen;
}

function graphOf(key: string, value: string): Graph | null {
  const parsed = parseJson(value);
  if (!isRecord(parsed)) return null;
  if (key.toLowerCase() === 'prompt') return parsed; // ffmpeg writes Matroska tag names in capitals
  const prompt = parsed['prompt'];
  if (isRecord(prompt)) return prompt;
  const again = typeof prompt === 'string' ? parseJson(prompt) : undefined;
  return isRecord(again) ? again : null;
}

export function comfyUi({ items }: FileFacts): Disclosure[] {
  return items.flatMap(({ where, key, value }) => {
    const graph = graphOf(key, value);
    if (graph === null) return [];
    const classes = [...upstream(graph)].map((id) => classOf(graph[id]));
    const generator = classes.find((name) => SAMPLER.test(name) || PARTNER_NODES.has(name));
    if (generator === undefined) return [];
    const says = classes.some((name) => VIDEO_LOADER.test(name)) ? ('ai-edited' as const) : ('ai-generated' as const);
    return [
      { kind: 'comfyui' as const, says, value: startOf(`ComfyUI: ${generator}`, 200), where, by: 'file' as const },
    ];
  });
}
