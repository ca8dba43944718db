/** Reads Chromium's trace: what the main thread of a page did, and which part of it was our content script. */
export interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  ts: number;
  /** Wall time and the thread's own processor time, microseconds. */
  dur?: number;
  tdur?: number;
  args?: { data?: { url?: string; frames?: { url: string; processId: number }[] }; name?: string; fileName?: string };
}

export interface ThreadCost {
  /** Processor time of our script on the page's main thread, ms. */
  ours: number;
  /** The most that one task of the main thread held of it; wall time would count what other processes took. */
  oursInOneTask: number;
  /** The longest task, whoever caused it, wall time. */
  longestTask: number;
  /** Processor time of all tasks of the main thread. */
  busy: number;
}

/** Events in which script runs or is compiled. */
const SCRIPT = new Set(['FunctionCall', 'EvaluateScript', 'v8.compile', 'v8.run']);
const OURS = /^chrome-extension:\/\/[a-p]+\//;

const urlOf = ({ args }: TraceEvent): string => args?.data?.url ?? args?.fileName ?? '';
const ends = ({ ts, dur = 0 }: TraceEvent): number => ts + dur;

/** Only the outermost of nested events, in order of time. */
function outermost(events: TraceEvent[]): TraceEvent[] {
  const kept: TraceEvent[] = [];
  for (const event of events.toSorted((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0))) {
    const last = kept.at(-1);
    if (last === undefined || event.ts >= ends(last)) kept.push(event);
  }
  return kept;
}

/** The process in which the page's own document ran. */
function pageProcess(events: TraceEvent[], pageUrl: string): number | undefined {
  const frames = events.flatMap((e) => (e.name === 'TracingStartedInBrowser' ? (e.args?.data?.frames ?? []) : []));
  const committed = events.find((e) => e.name === 'CommitLoad' && urlOf(e) === pageUrl);
  return committed?.pid ?? frames.find((frame) => frame.url === pageUrl)?.processId;
}

/** @param pageUrl address of the page, which has a process of its own */
export function threadCost(events: TraceEvent[], pageUrl: string): ThreadCost {
  const mains = events.filter((e) => e.name === 'thread_name' && e.args?.name === 'CrRendererMain');
  const pid = pageProcess(events, pageUrl);
  const main = mains.find((m) => m.pid === pid);
  if (main === undefined) throw new Error('the trace does not show the page');
  const here = events.filter((e) => e.pid === main.pid && e.tid === main.tid && e.ph === 'X');
  const tasks = outermost(here.filter((e) => e.name === 'RunTask' || e.name === 'ThreadControllerImpl::RunTask'));
  const ours = outermost(here.filter((e) => SCRIPT.has(e.name) && OURS.test(urlOf(e))));
  const inTask = new Map<TraceEvent, number>();
  let at = 0;
  for (const event of ours) {
    while (at < tasks.length - 1 && ends(tasks[at] as TraceEvent) <= event.ts) at++;
    const task = tasks[at];
    if (task !== undefined) inTask.set(task, (inTask.get(task) ?? 0) + (event.tdur ?? event.dur ?? 0));
  }
  /** Processor time. */
  const total = (list: TraceEvent[]): number => list.reduce((sum, e) => sum + (e.tdur ?? e.dur ?? 0), 0) / 1000;
  return {
    ours: total(ours),
    oursInOneTask: Math.max(0, ...inTask.values()) / 1000,
    longestTask: Math.max(0, ...tasks.map((e) => e.dur ?? 0)) / 1000,
    busy: total(tasks),
  };
}
