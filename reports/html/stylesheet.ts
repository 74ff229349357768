import { dark, light, themeVariables } from '../charts/theme.ts';

const LIGHT = [
  themeVariables(light),
  '--page:#f6f8fa;--edge:#d0d7de;--accent:#0b5cad;--pass:#116329;--fail:#a40e26',
  'color-scheme:light',
].join(';');
const DARK = [
  themeVariables(dark),
  '--page:#0d1117;--edge:#30363d;--accent:#79b8ff;--pass:#56d364;--fail:#ff8f88',
  'color-scheme:dark',
].join(';');

/**
 * The whole style of the report. Charts keep their size on small screens and scroll, so that their text stays
 * legible; print is in light colours.
 */
export const stylesheet = `
:root{${LIGHT}}
@media screen and (prefers-color-scheme:dark){:root{${DARK}}}
* { box-sizing:border-box }
body {
  margin:0;
  background:var(--page);
  color:var(--text);
  font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;
}
main,header,footer { max-width:1040px; margin:0 auto; padding:0 20px }
header { padding-top:32px }
footer { padding-bottom:48px }
h1 { font-size:28px; line-height:1.25; margin:0; overflow-wrap:anywhere }
h2 { font-size:21px; margin:40px 0 12px }
h3 { font-size:17px; margin:24px 0 4px; overflow-wrap:anywhere }
h4 { font-size:15px; margin:12px 0 0 }
p,ul,dl { margin:8px 0 }
li,p,dd { overflow-wrap:anywhere }
.verdict {
  font-size:20px;
  line-height:1.4;
  margin:16px 0;
  padding:14px 18px;
  background:var(--card);
  border:1px solid var(--edge);
  border-left:5px solid var(--accent);
  border-radius:6px;
}
.muted,figcaption,caption,dt { color:var(--muted) }
.partial,.fail { color:var(--fail); font-weight:600 }
.pass { color:var(--pass); font-weight:600 }
figure {
  margin:0 0 20px;
  padding:6px 18px 14px;
  background:var(--card);
  border:1px solid var(--edge);
  border-radius:6px;
}
figure h3 { margin-top:10px }
figcaption { font-size:14px; margin-bottom:6px }
.scroll { overflow-x:auto }
.scroll:focus-visible,pre:focus-visible,summary:focus-visible {
  outline:2px solid var(--accent);
  outline-offset:2px;
}
svg { display:block; width:100%; min-width:760px; max-width:920px; height:auto; margin:0 auto }
table { border-collapse:collapse; width:100%; font-size:14px; font-variant-numeric:tabular-nums }
caption { text-align:left; padding:4px 0; font-size:14px }
th,td { padding:5px 7px; border-bottom:1px solid var(--edge); text-align:right; vertical-align:top }
td { white-space:nowrap }
.w,th:first-child { text-align:left; white-space:normal }
thead th { color:var(--muted); font-weight:600; vertical-align:bottom }
tbody th { font-weight:600; min-width:7em; max-width:22em; overflow-wrap:anywhere }
tbody tr:last-child>* { border-bottom-color:transparent }
.side-by-side { display:grid; grid-template-columns:repeat(auto-fit,minmax(280px,1fr)); gap:0 32px }
details { margin:10px 0 }
summary { cursor:pointer; color:var(--accent) }
code,pre { font:13px/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace }
code { overflow-wrap:anywhere }
pre {
  padding:12px;
  overflow:auto;
  max-height:480px;
  background:var(--card);
  border:1px solid var(--edge);
  border-radius:6px;
}
dl { display:grid; grid-template-columns:max-content 1fr; gap:4px 18px }
dd { margin:0 }
@media (max-width:600px) {
  dl { grid-template-columns:1fr }
  dd { margin-bottom:6px }
  h1 { font-size:23px }
  .verdict { font-size:18px }
  figure { padding:6px 10px 10px }
}
@media print {
  body { background:#fff; font-size:11pt }
  main,header,footer { max-width:none; padding:0 }
  .scroll { overflow:visible }
  svg { min-width:0; max-width:170mm }
  figure,tr,.verdict { break-inside:avoid }
  h2,h3,h4 { break-after:avoid }
  table { font-size:8.5pt }
  th,td { padding:3px 5px }
  pre { max-height:none; white-space:pre-wrap; overflow-wrap:anywhere }
}
`;
