/** Pages that tests serve. Videos have controls, so that they are not taken for decoration. */

export const page = (body: string): string =>
  `<!doctype html><meta charset="utf-8"><title>Test</title>
  <style>body{margin:8px;font:14px sans-serif}video,iframe{width:426px;height:240px;border:0;margin:4px;background:#888}</style>
  ${body}`;

export const video = (src: string, attributes = 'controls muted autoplay'): string =>
  `<video ${attributes} src="${src}"></video>`;

/** A script that plays segments of a fragmented file by Media Source Extensions. */
export const mse = (parts: string[], mime: string): string => `
  <video id="mse" controls muted autoplay></video>
  <script>
    const source = new MediaSource();
    mse.src = URL.createObjectURL(source);
    source.addEventListener('sourceopen', async () => {
      const buffer = source.addSourceBuffer('${mime}');
      for (const part of ${JSON.stringify(parts)}) {
        const bytes = await (await fetch(part)).arrayBuffer();
        buffer.appendBuffer(bytes);
        await new Promise((done) => buffer.addEventListener('updateend', done, { once: true }));
      }
      source.endOfStream();
    });
  </script>`;

/** A video inside a closed shadow root. */
export const closedRoot = (src: string): string => `
  <div id="host"></div>
  <script>
    const root = host.attachShadow({ mode: 'closed' });
    const inner = document.createElement('video');
    inner.src = '${src}';
    inner.controls = inner.muted = inner.autoplay = true;
    inner.style.cssText = 'width:426px;height:240px';
    root.append(inner);
  </script>`;

/** A video whose source is swapped once the first one has loaded. */
export const swapped = (first: string, then: string): string => `
  <video id="swapped" controls muted autoplay src="${first}"></video>
  <script>
    swapped.addEventListener('loadeddata', () => { swapped.src = '${then}'; }, { once: true });
  </script>`;
