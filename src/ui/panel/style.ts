/** Style of the panel: dark by default, light where the user prefers it; the mark keeps its dark plate. */
import { PLATE } from '../badge/style';

export const PANEL_CSS = `
.panel { --ground: ${PLATE}; --raised: #20262e; --ink: #f4f6f8; --dim: #b9c2cc; --line: #48515c; --accent: #8ec9ff;
  position: fixed; box-sizing: border-box; inline-size: min(400px, calc(100vw - 16px)); max-block-size: calc(100vh - 16px);
  display: flex; flex-direction: column; background: var(--ground); color: var(--ink); border: 1px solid var(--line);
  border-radius: 10px; box-shadow: 0 6px 28px rgb(0 0 0 / .45); pointer-events: auto; font-size: 14px; line-height: 1.45;
  overflow-wrap: anywhere; cursor: auto; user-select: text; color-scheme: dark; }
.panel[hidden] { display: none; }
.panel:focus { outline: none; }
.panel :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
.panel header { display: flex; align-items: center; gap: 6px; padding: 6px 8px; border-block-end: 1px solid var(--line); }
.panel header strong { flex: 1; }
.panel .mark { background: ${PLATE}; border-radius: 5px; min-block-size: 24px; min-inline-size: 24px; padding: 0; }
.panel button { font: inherit; color: inherit; cursor: pointer; }
.panel .close { border: 0; background: none; min-inline-size: 32px; min-block-size: 32px; border-radius: 6px; }
.panel .close:hover, .panel .action:hover { background: var(--raised); }
.panel .body { overflow: auto; overscroll-behavior: contain; padding: 0 12px 12px; }
.panel section { padding-block: 10px; border-block-end: 1px solid var(--line); }
.panel h2 { font-size: 12px; font-weight: 600; margin: 0; color: var(--dim); }
.panel p { margin: 4px 0 0; }
.panel .line { font-size: 16px; font-weight: 600; }
.panel .dim { color: var(--dim); font-size: 13px; }
.panel .conflict { border-inline-start: 3px solid #ffc46b; padding-inline-start: 8px; margin-block-start: 10px; }
.panel ul { margin: 6px 0 0; padding-inline-start: 18px; }
.panel .quotes { list-style: none; padding: 0; }
.panel .quotes li { display: grid; margin-block-end: 8px; }
.panel details { margin-block-start: 6px; }
.panel summary { cursor: pointer; padding-block: 3px; min-block-size: 18px; color: var(--accent); }
.panel dl { display: grid; grid-template-columns: minmax(6em, auto) 1fr; gap: 3px 10px; margin: 4px 0 0; }
.panel dt { color: var(--dim); } .panel dd { margin: 0; }
.panel .history li > span + span::before { content: " "; }
.panel .codes { font: 12px/1.5 ui-monospace, monospace; }
.panel .action { display: inline-block; margin-block-start: 8px; border: 1px solid var(--line); background: none; border-radius: 6px;
  padding: 4px 10px; min-block-size: 32px; }
.panel .scale { list-style: none; display: flex; gap: 2px; margin: 8px 0 0; padding: 0; font-size: 12px; }
.panel .scale li { flex: 1; padding: 4px; text-align: center; background: var(--raised); color: var(--dim); }
.panel .scale li:first-child { border-start-start-radius: 6px; border-end-start-radius: 6px; }
.panel .scale li:last-child { border-start-end-radius: 6px; border-end-end-radius: 6px; }
.panel .scale li[aria-current] { background: var(--ink); color: var(--ground); font-weight: 700; }
.panel .timeline { position: relative; block-size: 40px; margin-block-start: 10px; background: var(--raised); border-radius: 4px; }
.panel .window { position: absolute; inset-block: 0; inline-size: 24px; padding: 0; border: 1px solid var(--line); background: none;
  display: flex; align-items: end; }
.panel .level { display: block; inline-size: 100%; background: var(--accent); }
.panel .ends { display: flex; justify-content: space-between; }
.panel .map { display: grid; inline-size: 160px; block-size: 160px; background: var(--raised); margin-block-start: 6px; }
.panel .map span { background: var(--accent); }
@media (prefers-color-scheme: light) {
  .panel { --ground: #fff; --raised: #eceff3; --ink: #14171c; --dim: #4a5562; --line: #b6bfc9; --accent: #0b5cad; color-scheme: light; }
}
@media (forced-colors: active) {
  .panel { border-color: CanvasText; background: Canvas; color: CanvasText; }
  .panel .scale li[aria-current] { outline: 3px solid Highlight; outline-offset: -3px; }
  .panel .level, .panel .map span { background: Highlight; forced-color-adjust: none; }
}
`;
