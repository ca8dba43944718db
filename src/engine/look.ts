/** The estimate lane's calls, in the pixels worker: frames of a page, or frames it decodes itself. */
import pLimit from 'p-limit';
import { FRAME_STEP_S, MAX_WINDOWS, MIN_LENGTH_S, MIN_SHORT_SIDE, WINDOW_FRAMES } from '../contract/frames';
import type { Frame, FramePacket, PicturePacket } from '../contract/frames';
import type { Estimate } from '../contract/label';
import { cannotTell } from '../contract/lanes';
import type { EstimateReason } from '../contract/reasons';
import { openVideo } from './estimate/decode';
import { loadEstimator } from './estimate/load';
import type { Estimator } from './estimate/model';
import { createWatcher } from './estimate/watch';
import type { Watcher } from './estimate/watch';
import { NetworkFailure } from './network/failure';
import { isOther } from './other-file';
import type { Calls, PixelState } from './worker/protocol';
import type { CallContext, CallHandlers } from './worker/serve';

/** Loading the network may block the worker for this long on a busy machine. */
const LOADING_MS = 40_000;
/** The same for a run of the network. */
const LOOKING_MS = 8_000;
/** Files that are decoded at a time: each would take as many times longer, and seem to stand still. */
const DECODED_TOGETHER = 2;
/** Looked at is the beginning of a file. */
const DECODE_UNTIL_S = MAX_WINDOWS * WINDOW_FRAMES * FRAME_STEP_S;
const answer = (estimate: Estimate, video: PixelState['video'] = null, pictures: PicturePacket[] = []): PixelState => ({
  estimate,
  wantsFrames: false,
  video,
  pictures,
});

async function toFrame({ time_s, side, rgba }: FramePacket): Promise<Frame> {
  return { time_s, side, rgba: new Uint8ClampedArray(await rgba.arrayBuffer()) };
}

/** The handlers of the pixels worker; the network is loaded by the first call that needs it. */
export function pixelCalls(): CallHandlers {
  let loading: Promise<Estimator | null> | null = null;
  const watchers = new Map<string, Watcher>();
  /** The last call for frames of each job: bytes of a later one may be there before those of an earlier one. */
  const last = new Map<string, Promise<unknown>>();
  const inTurn = pLimit(DECODED_TOGETHER);

  const estimator = async (
    context: Pick<CallContext<'frames'>, 'busy' | 'ready' | 'worn'>,
  ): Promise<Estimator | null> => {
    if (loading === null) context.busy(LOADING_MS);
    loading ??= loadEstimator().finally(() => {
      context.ready();
    });
    const network = await loading;
    if (network === null) context.worn(); // for want of memory, perhaps: a later video gets another try
    return network;
  };

  const watcherOf = (job: string, network: Estimator, input: Calls['frames']['in']): Watcher => {
    const watcher = watchers.get(job) ?? createWatcher(network, input, input.windows);
    watchers.set(job, watcher);
    return watcher;
  };

  const frames = async (input: Calls['frames']['in'], context: CallContext<'frames'>): Promise<PixelState> => {
    const { job, width, height, packets } = input;
    if (Math.min(width, height) < MIN_SHORT_SIDE) return answer(cannotTell('too-small'));
    const network = await estimator(context);
    if (network === null) return answer(cannotTell('engine-unavailable'));
    // The job has ended meanwhile, and was forgotten: nobody would forget it again.
    if (context.signal.aborted) return answer(cannotTell('still-looking'));
    context.busy(LOOKING_MS);
    const watcher = watcherOf(job, network, input);
    const before = last.get(job);
    const mine = (async (): Promise<void> => {
      const frames = await Promise.all(packets.map(toFrame));
      await before;
      for (const frame of frames) await watcher.add(frame);
    })();
    last.set(
      job,
      mine.catch(() => undefined),
    );
    await mine;
    return { estimate: watcher.estimate(), wantsFrames: watcher.wantsFrames(), video: null };
  };

  const decode = async (input: Calls['decode']['in'], context: CallContext<'decode'>): Promise<PixelState> => {
    const opened = await openVideo(input.media, context.signal, () => inTurn.pendingCount > 0);
    if (opened === null) return answer(cannotTell(input.otherwise));
    const { facts } = opened;
    if (input.shown !== null && isOther({ durations_s: [], sizes: [facts] }, input.shown)) {
      opened.close();
      return answer(cannotTell(input.otherwise));
    }
    const pictures: PicturePacket[] = [];
    /** Only whole frames, and why there is no estimate. */
    const picturesOnly = async (reason: EstimateReason): Promise<PixelState> => {
      if (input.pictures) {
        for await (const { picture } of opened.looks(DECODE_UNTIL_S, { frames: false, pictures: true })) {
          if (picture !== null) pictures.push(picture);
        }
      }
      return answer(cannotTell(reason), facts, pictures);
    };
    let watcher: Watcher | null = null;
    try {
      if (!input.estimate) return await picturesOnly(input.otherwise);
      if (Math.min(facts.width, facts.height) < MIN_SHORT_SIDE) return await picturesOnly('too-small');
      if (facts.duration_s !== null && facts.duration_s <= MIN_LENGTH_S) return await picturesOnly('too-short');
      const network = await estimator(context);
      if (network === null) return await picturesOnly('engine-unavailable');
      context.busy(LOOKING_MS);
      watcher = createWatcher(network, facts, input.windows);
      for await (const { frame, picture } of opened.looks(DECODE_UNTIL_S, { frames: true, pictures: input.pictures })) {
        if (picture !== null) pictures.push(picture);
        if (context.signal.aborted || frame === null || !watcher.wantsFrames()) break;
        await watcher.add(frame);
        context.event({ estimate: watcher.estimate(), wantsFrames: false, video: facts });
      }
      return answer(watcher.final(), facts, pictures);
    } catch (error) {
      if (error instanceof NetworkFailure) throw error; // no fault of the video
      const known = watcher?.estimate(); // of what had come
      return answer(known?.state === 'answered' ? known : cannotTell(input.otherwise), facts, pictures);
    } finally {
      opened.close();
    }
  };

  return {
    frames,
    decode: (input, context) => inTurn(() => decode(input, context)),
    forget: ({ job }) => {
      watchers.delete(job);
      last.delete(job);
      return Promise.resolve(null);
    },
  };
}
