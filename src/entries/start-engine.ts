/** Starts the engine in the context that can hold workers. Wiring only. */
import type { OwnAnchors } from '../contract/anchors';
import { ENGINE_PORT } from '../contract/messages';
import type { FromEngine, ToEngine } from '../contract/messages';
import type { Port } from '../contract/port';
import { fairSlots } from '../engine/fair-slot';
import { rememberingSlot } from '../engine/remember';
import { servePort } from '../engine/service';
import { workerSlot } from '../engine/worker/slot';
import type { WorkerLike } from '../engine/worker/slot';
import { browserName } from '../platform/browser-name';
import type { EngineLife, RunningEngine } from '../platform/engine-host';
import { onPort } from '../platform/messaging';

declare const __VERSION__: string;

const moduleWorker = (file: string) => (): WorkerLike => new Worker(file, { type: 'module' });

export function startEngine(life: EngineLife): RunningEngine {
  let anchors: Promise<OwnAnchors> | null = null;
  const parts = {
    anchors: () => {
      anchors ??= life.anchors().catch((error: unknown) => {
        anchors = null;
        throw error;
      });
      return anchors;
    },
    bytes: workerSlot(moduleWorker('/bytes-worker.js')),
    pixels: workerSlot(moduleWorker('/pixels-worker.js')),
    browser: browserName(navigator.userAgent),
    extension: __VERSION__,
  };
  const jobs = new Map<Port<ToEngine, FromEngine>, number>();
  /** Of each port, what ends its jobs. */
  const ends = new Map<Port<ToEngine, FromEngine>, () => void>();
  const total = (): void => {
    life.jobs([...jobs.values()].reduce((sum, n) => sum + n, 0));
  };
  const shares = { bytes: fairSlots(parts.bytes), pixels: fairSlots(parts.pixels) };
  const stopListening = onPort<ToEngine, FromEngine>(ENGINE_PORT, (port, tabId) => {
    const page = tabId ?? port;
    // Nothing is kept of a page beyond its life.
    const bytes = rememberingSlot(shares.bytes.enter(page));
    const end = servePort(port, { ...parts, bytes, pixels: shares.pixels.enter(page) }, (count) => {
      jobs.set(port, count);
      total();
    });
    ends.set(port, end);
    port.onClose(() => {
      ends.delete(port);
      jobs.delete(port);
      shares.bytes.leave(page);
      shares.pixels.leave(page);
      total();
    });
  });
  return {
    stop: () => {
      stopListening();
      for (const [port, end] of ends) {
        end();
        port.close();
      }
      parts.bytes.close();
      parts.pixels.close();
    },
  };
}
