/** Everything about how the page looks. Its hash stands in the page's own policy, so nothing else can style it.
 *  Text is 9.4 pt and never under 7.6 pt (10.2 px, which drawings use). */
export const REPORT_STYLE = `
@page { size: A4; margin: 9mm 15mm 8mm }
* { box-sizing: border-box }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100% }
body { margin: 0; background: #fff; color: #14181f; font: 9.4pt/1.3 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; font-variant-numeric: tabular-nums }
.page { position: relative; max-width: 210mm; margin: 0 auto; padding: 11mm 15mm 9mm }
h1, h2, .large { font-family: "Palatino Linotype", Palatino, "Book Antiqua", "URW Palladio L", P052, Georgia, serif; font-weight: 700 }
h1 { margin: 0; font-size: 19pt; line-height: 1.1 }
h2 { margin: 0 0 4px; font-size: 10.8pt; line-height: 1.2 }
h3 { margin: 0 0 3px; font-size: 9.4pt }
h3 span { font-weight: 400; color: #4c525c }
p { margin: 0 }
h2, h3, p { overflow-wrap: anywhere }
svg { display: block; width: 100%; height: auto; font-family: inherit }
svg text { font-size: 10.2px; fill: #14181f }
svg .strong { font-weight: 700 }
svg .soft { fill: #4c525c }
.head { display: grid; grid-template-columns: 1fr 196px; gap: 10px 16px; align-items: end; padding-bottom: 9px; border-bottom: 1.5px solid #14181f }
.title { display: grid; grid-template-columns: 32px 1fr; gap: 0 11px; align-items: end }
.title p { grid-column: 1 / 3; margin-top: 6px; font-size: 9.4pt }
.who { margin: 0 }
.who div { display: grid; grid-template-columns: auto 1fr; gap: 8px; align-items: end; min-height: 24px }
.who dd { margin: 0; min-height: 17px; border-bottom: 1px solid #14181f; overflow-wrap: anywhere }
.quiet { color: #4c525c; font-size: 8.1pt }
.caution { margin-top: 6px }
.tiles { display: grid; grid-template-columns: 1.32fr 1fr 1fr 1.05fr; margin-top: 10px }
.tiles-3 { grid-template-columns: 1.2fr 1fr 1fr }
.tiles > div { padding: 0 12px; border-left: 1px solid #b9bdc4 }
.tiles > div:first-child { padding-left: 0; border-left: 0 }
.tiles > div:last-child { padding-right: 0 }
.tiles h2 { margin: 0; font-family: inherit; font-size: 8.8pt }
.tiles .large { font-size: 18pt; line-height: 1.1; margin-right: 2px }
.tiles p { font-weight: 700; font-size: 8.8pt }
.tiles p.quiet { font-weight: 400; font-size: 8.1pt }
.tiles .figure { margin: 5px 0 }
.block { margin-top: 11px }
.figure { position: relative }
.halves { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 0 28px }
.half { max-width: 330px }
table { width: 100%; border-collapse: collapse }
.results th, .results td, .answers th, .answers td { padding: 1.1px 4px; font-size: 8.8pt; line-height: 1.25; text-align: left; font-weight: 400; border-bottom: 1px solid #d3d6db; vertical-align: baseline; overflow-wrap: anywhere }
.results thead th, .answers thead th { font-weight: 700; border-bottom: 1.2px solid #14181f }
.results th:first-child { padding-left: 0; white-space: nowrap }
.results .score { font-weight: 700; text-align: right; width: 26px }
.results .change { text-align: right; white-space: nowrap; padding-right: 8px }
.results + .quiet, .figure + .quiet { margin-top: 5px }
.answers { margin-top: 4px }
.answers + .quiet { margin: 4px 0 10px }
.answers td, .answers thead th + th { text-align: right; width: 44px }
.note { margin-top: 9px; break-inside: avoid }
.note p { white-space: pre-wrap }
.foot { margin-top: 10px; padding-top: 5px; border-top: 1px solid #b9bdc4; font-size: 7.6pt }
.scores + h3 { margin-top: 6px }
.more { margin-top: 30px; break-before: page }
.unseen { position: absolute; top: 0; left: 0; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
@media print {
  .page { max-width: none; padding: 0 }
  .block, .tiles, .foot { break-inside: avoid }
  .more { margin-top: 0 }
}
@media screen and (max-width: 840px) {
  .page { padding: 20px }
  .head, .halves, .tiles { grid-template-columns: minmax(0, 1fr) }
  .halves { gap: 18px }
  .tiles > div { padding: 8px 0; border-left: 0; border-top: 1px solid #b9bdc4 }
  .tiles > div:first-child { border-top: 0 }
  .wide { overflow-x: auto }
  .wide svg { min-width: 560px }
}
`;
