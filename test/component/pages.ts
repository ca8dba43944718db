/** Pages of the component tests. Their videos are made by the page itself, so no media file is needed. */

/** Gives `film(video)`: a moving picture of 480x270 as a stream, and `clip()`: some of it recorded as a Blob. */
const FILM = `
const canvas = document.createElement('canvas');
canvas.width = 480; canvas.height = 270;
const ink = canvas.getContext('2d');
let step = 0;
setInterval(() => {
  step++;
  for (let i = 0; i < 12; i++) {
    ink.fillStyle = 'hsl(' + (i * 30 + step * 3) + ' 80% ' + (30 + i * 4) + '%)';
    ink.fillRect(i * 40, (step * 2 + i * 15) % 200, 40, 80);
  }
}, 40);
const stream = canvas.captureStream(25);
window.film = (video) => { video.muted = true; video.srcObject = stream; video.play(); return video; };
window.clip = () => new Promise((done) => {
  const recorder = new MediaRecorder(stream, { mimeType: 'video/webm' });
  const parts = [];
  recorder.ondataavailable = (event) => parts.push(event.data);
  recorder.onstop = () => done(new Blob(parts, { type: 'video/webm' }));
  recorder.start();
  setTimeout(() => recorder.stop(), 1200);
});
window.makeVideo = (parent) => {
  const video = document.createElement('video');
  video.width = 480; video.height = 270;
  parent.append(video);
  return film(video);
};`;

const page = (body: string, head = ''): string =>
  `<!doctype html><html><head><meta charset="utf-8"><title>test</title>${head}<script>${FILM}</script></head><body>${body}</body></html>`;

const script = (code: string): string => `<script>${code}</script>`;

export const PAGES: Record<string, string> = {
  '/empty': page('<p>No video here.</p>'),
  '/plain': page('<video id="v" width="480" height="270"></video>' + script('film(v)')),
  '/two': page(
    '<video id="v" width="480" height="270"></video><video id="w" width="480" height="270"></video>' +
      script('film(v); film(w)'),
  ),
  '/narrow': page('<video id="v" style="width:300px;height:169px"></video>' + script('film(v)')),
  '/slim': page('<video id="v" width="330" height="186"></video>' + script('film(v)')),
  '/rtl': page(
    '<script>document.dir = "rtl"</script><p>שלום</p><video id="v" width="400" height="225"></video>' +
      script('film(v)'),
  ),
  '/late': page('<div id="home"></div>' + script('setTimeout(() => makeVideo(home), 300)')),
  '/declared-root': page(
    '<div><template shadowrootmode="open"><video width="480" height="270"></video></template></div>' +
      script(`
    film(document.querySelector('div').shadowRoot.querySelector('video'))`),
  ),
  '/hostile-css': page(
    '<video id="v" width="480" height="270"></video>' + script('film(v)'),
    `<style>*{all:initial!important;display:none!important;opacity:0!important;visibility:hidden!important}
     html,body,video{all:revert!important;display:block!important;opacity:1!important;visibility:visible!important}
     [popover]{display:none!important}</style>`,
  ),
  '/layer': page(
    `<div style="position:relative;width:480px"><video id="v" width="480" height="270"></video>
     <div id="cover" style="position:fixed;inset:0;z-index:2147483647"></div></div>` +
      script(`film(v); window.clicks = 0; window.keys = [];
        cover.onclick = () => clicks++;
        addEventListener('keydown', (event) => keys.push(event.key), true);
        document.addEventListener('keydown', (event) => keys.push(event.key));`),
  ),
  '/small': page(
    `<video id="v" width="60" height="60" style="object-fit:fill" muted loop autoplay></video>` + script('film(v)'),
  ),
  '/decorative': page(
    '<video id="v" muted loop autoplay style="position:fixed;inset:0;width:100%;height:100%"></video>' +
      script('film(v)'),
  ),
  '/writes': page(
    '<div id="home" class="player"><video id="v" width="480" height="270" class="main"></video><p>Text</p></div>' +
      script(`window.writes = [];
        addEventListener('load', () => new MutationObserver((records) => {
          for (const r of records) writes.push(r.type + ' ' + r.target.nodeName + ' ' + (r.attributeName ?? ''));
        }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true }));
        film(v);`),
  ),
  '/swap': page('<video id="v" width="480" height="270"></video>' + script('film(v)')),
  '/frames': page(
    `<iframe src="/plain" width="520" height="320"></iframe>
     <iframe id="doc" width="520" height="320" srcdoc="&lt;body&gt;&lt;/body&gt;"></iframe>` +
      script(`addEventListener('load', () => {
        const inside = doc.contentDocument;
        const video = inside.createElement('video');
        video.width = 480; video.height = 270;
        inside.body.append(video);
        film(video);
      })`),
  ),
};
