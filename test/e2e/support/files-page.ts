/** The page "Label files". */
import type { Tab } from '../../../src/cli/drive/driver';

export interface Given {
  name: string;
  /** Address that its bytes come from. */
  from: string;
  /** Made so long by an empty box at its end, in bytes. */
  size?: number;
  /** As browsers guess it by the file's name. */
  type?: string;
}

/** Gives the page files, as by choosing them or by dropping them on it. */
export async function giveFiles(tab: Tab, by: 'choice' | 'drop', ...files: Given[]): Promise<void> {
  await tab.evaluate(
    `async ({ by, files }) => {
      const transfer = new DataTransfer();
      for (const { name, from, size, type } of files) {
        const parts = [await (await fetch(from)).blob()];
        if (size !== undefined) {
          const box = new Uint8Array(size - parts[0].size);
          new DataView(box.buffer).setUint32(0, box.length);
          box.set(new TextEncoder().encode('free'), 4);
          parts.push(box);
        }
        transfer.items.add(new File(parts, name, { type }));
      }
      if (by === 'drop') {
        document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true }));
        return;
      }
      const input = document.querySelector('#files');
      input.files = transfer.files;
      input.dispatchEvent(new Event('change'));
    }`,
    { by, files },
  );
}

/** Script: the row of a file. */
export const rowOf = (index: number): string => `document.querySelectorAll('#results li')[${index}]`;
/** Script: what lies below it. */
export const belowOf = (index: number): string =>
  `[...${rowOf(index)}.querySelectorAll('div')].find((div) => div.shadowRoot !== null).shadowRoot`;
/** Script: the provenance line of a row. */
export const saysIn = (index: number): string => `${rowOf(index)}?.querySelector('.line')?.textContent`;
