/** Pages with the players that the web uses, from their own packages, and what a page sees of playing. */
import { createRequire } from 'node:module';
import { page } from './pages';

const require = createRequire(import.meta.url);

export const PLAYERS = {
  'hls.js': {
    file: require.resolve('hls.js/dist/hls.min.js'),
    manifest: 'stream.m3u8',
    start: `hls = new Hls(); hls.on(Hls.Events.ERROR, (_, e) => log.errors.push(e.details));
      hls.loadSource(from); hls.attachMedia(film);`,
  },
  'dash.js': {
    file: require.resolve('dashjs'),
    manifest: 'stream.mpd',
    start: `dash = dashjs.MediaPlayer().create(); dash.on('error', (e) => log.errors.push(e.error.message));
      dash.initialize(film, from, true);`,
  },
  shaka: {
    file: require.resolve('shaka-player/dist/shaka-player.compiled.js'),
    manifest: 'stream.mpd',
    start: `const player = new shaka.Player(); player.addEventListener('error', (e) => log.errors.push(e.detail.code));
      player.attach(film).then(() => player.load(from));`,
  },
} as const;
export type PlayerName = keyof typeof PLAYERS;

/** What a page saw of a video that has played. */
export interface Played {
  errors: unknown[];
  /** Between its start and its end. */
  stalls: number;
  ended: boolean;
  time_s: number;
}

/** A page that plays a stream and notes, in \`log\`, how that went. */
export const playerPage = (player: PlayerName, from: string): string =>
  page(`<video id="film" controls muted autoplay></video>
  <script src="/player/${player}"></script>
  <script>
    log = { errors: [], stalls: 0, ended: false, time_s: 0 };
        const from = '${from}';
    film.addEventListener('waiting', () => {
      if (film.currentTime > 0.2 && film.currentTime < film.duration - 0.1) log.stalls++;
    });
    film.addEventListener('error', () => log.errors.push(film.error.message));
    film.addEventListener('ended', () => { log.ended = true; log.time_s = film.currentTime; });
    ${PLAYERS[player].start}
  </script>`);
