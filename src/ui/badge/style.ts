/** Style of what lies over a video. The plate is solid, so the contrast is the same over every picture. */
export const PLATE = '#14171c';
export const INK = '#f4f6f8';
export const DIM_INK = '#b9c2cc';
export const STATEMENT_INK = '#8ec9ff';
export const WARNING_INK = '#ffc46b';

export const BADGE_CSS = `
.assay-layer { font: 400 13px/1.3 system-ui, "Segoe UI", "Noto Sans", sans-serif; color: ${INK}; text-align: start; }
.assay-layer[dir=rtl] { direction: rtl; }
.box { position: fixed; inset: 0 auto auto 0; box-sizing: border-box; display: flex; overflow: hidden; padding: 8px;
  pointer-events: none; align-items: flex-start; justify-content: flex-start; direction: ltr; }
.box[data-corner=top-right], .box[data-corner=bottom-right] { justify-content: flex-end; }
.box[data-corner=bottom-left], .box[data-corner=bottom-right] { align-items: flex-end; }
.badge { all: unset; display: inline-flex; align-items: stretch; max-width: 100%; min-height: 28px; box-sizing: border-box;
  background: ${PLATE}; color: ${INK}; border: 1px solid #6c7683; border-radius: 7px; overflow: clip; pointer-events: auto;
  box-shadow: 0 1px 4px rgb(0 0 0 / .5); }
.assay-layer[dir=rtl] .badge { direction: rtl; }
.assay-layer[data-seen-only] .badge { pointer-events: none; }
.mark { display: inline-flex; align-items: center; justify-content: center; min-width: 22px; padding-inline-start: 4px;
  font-size: 14px; line-height: 1; user-select: none; }
.part { all: unset; box-sizing: border-box; display: inline-flex; align-items: center; gap: 6px; min-width: 28px;
  min-height: 26px; padding: 2px 7px; cursor: pointer; color: inherit; }
.part + .part { border-inline-start: 1px solid #48515c; }
.part svg { flex: none; }
.part[data-tone=statement] svg { color: ${STATEMENT_INK}; }
.part[data-tone=warning] svg { color: ${WARNING_INK}; }
.part:hover { background: #2a313a; }
.part:focus-visible { outline: 2px solid #fff; outline-offset: -3px; border-radius: 6px; }
.words { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; max-width: 34ch; }
.badge[data-form=glyphs] .words, .badge[data-quiet]:not(:hover):not(:focus-within) .words { position: absolute;
  width: 1px; height: 1px; clip-path: inset(50%); }
.badge[data-form=compact] .part + .part, .badge[data-form=compact] .words { position: absolute; width: 1px; height: 1px;
  min-width: 0; min-height: 0; padding: 0; clip-path: inset(50%); border: 0; }
.badge[data-pulse] { animation: pulse 1.2s ease-in-out 2; }
@keyframes pulse { 50% { box-shadow: 0 0 0 6px #fff, 0 0 0 9px ${PLATE}; } }
.said { position: fixed; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
@media (prefers-reduced-motion: reduce) { .badge[data-pulse] { animation: none; outline: 3px solid #fff; } }
@media (forced-colors: active) {
  .badge { border-color: CanvasText; background: Canvas; color: CanvasText; }
  .part { color: ButtonText; background: ButtonFace; } .part[data-tone] svg { color: ButtonText; }
  .part:focus-visible { outline-color: Highlight; }
}
`;
