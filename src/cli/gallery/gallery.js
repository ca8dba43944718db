/** Shows the samples that exist: plain files, and one that is streamed in pieces. */

const base = new URL(location.href).searchParams.get('samples') ?? '';

/** Feeds a media source with an init segment and its pieces, as streaming sites do. */
async function stream(video, { codec, pieces }) {
  const source = new MediaSource();
  video.src = URL.createObjectURL(source);
  await new Promise((done) => {
    source.addEventListener('sourceopen', done, { once: true });
  });
  const buffer = source.addSourceBuffer(codec);
  for (const piece of pieces) {
    const bytes = await (await fetch(base + piece)).arrayBuffer();
    const appended = new Promise((done) => {
      buffer.addEventListener('updateend', done, { once: true });
    });
    buffer.appendBuffer(bytes);
    await appended;
  }
  source.endOfStream();
}

function element(name, text = '') {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

async function exists(name) {
  const answer = await fetch(base + name, { method: 'HEAD' }).catch(() => null);
  return answer?.ok === true;
}

async function show(sample) {
  const figure = element('figure');
  const video = element('video');
  Object.assign(video, { muted: true, autoplay: true, loop: true, controls: true, playsInline: true });
  const caption = element('figcaption');
  caption.append(element('h2', sample.title), element('p', sample.text));
  figure.append(video, caption);
  document.querySelector('#samples').append(figure);
  if (sample.pieces === undefined) video.src = base + sample.file;
  else await stream(video, sample);
}

const samples = await (await fetch('samples.json')).json();
const there = await Promise.all(samples.map((sample) => exists(sample.file ?? sample.pieces[0])));
const shown = samples.filter((_, index) => there[index]);
document.querySelector('#none').hidden = shown.length > 0;
await Promise.all(shown.map((sample) => show(sample)));
