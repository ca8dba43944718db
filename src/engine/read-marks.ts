/** The picture reader's call, in the pixels worker. */
import type { PicturePacket } from '../contract/frames';
import { letBlobGo } from './let-go';
import { cropOf } from './marks/crop';
import { disclosureOf } from './marks/describe';
import { findMarks } from './marks/find';
import type { TextReader } from './marks/reader';
import { textReader } from './marks/sessions';
import type { Picture } from './marks/types';
import type { FoundMark } from './marks/vote';
import { ownBytes, runtimeBytes } from './own-files';
import type { Calls, PictureMarks } from './worker/protocol';
import type { CallContext, CallHandlers } from './worker/serve';

/** Loading the networks, and each run of one, may block the worker for this long on a busy machine. */
const BUSY_MS = 60_000;

async function toPicture({ time_s, width, height, rgba }: PicturePacket): Promise<Picture> {
  return { time_s, width, height, rgba: new Uint8ClampedArray(await rgba.arrayBuffer()) };
}

const isWhole = ({ width, height, rgba }: Picture): boolean => rgba.length === width * height * 4;

async function told(found: FoundMark[], pictures: Picture[]): Promise<PictureMarks> {
  const marks: PictureMarks = { disclosures: [], crops: [] };
  for (const mark of found) {
    const picture = pictures.find(({ time_s }) => time_s === mark.best.time_s);
    if (picture === undefined) continue;
    marks.disclosures.push(disclosureOf(mark, picture));
    marks.crops.push(await cropOf(picture, mark.best.box));
  }
  return marks;
}

/** The picture reader's handler; the networks are loaded by the first call that needs them. */
export function marksCalls(): CallHandlers {
  let reader: TextReader | null = null;
  return {
    marks: async (input: Calls['marks']['in'], context: CallContext<'marks'>): Promise<PictureMarks> => {
      context.busy(BUSY_MS);
      reader ??= textReader({ load: (name) => ownBytes(`/marks/${name}`), runtime: runtimeBytes });
      const pictures = (await Promise.all(input.pictures.map(toPicture))).filter(isWhole);
      try {
        return await told(await findMarks(reader, pictures, input.looked), pictures);
      } finally {
        for (const { rgba } of pictures) letBlobGo(rgba);
      }
    },
  };
}
