/* page_style.c - the style sheet of pages: light and dark, for a phone, for paper.
 *
 * The series have the colours of Okabe and Ito, made lighter in dark mode. CSS hides the answers
 * until the reader asks for them; the page has no script. So on paper, or without the style sheet,
 * everything is visible. */
#include "report/page.h"

static const char *const style[] = {
    ":root{--paper:#fff;--card:#f6f7f9;--ink:#1b1f24;--soft:#57606a;--edge:#d5dae0;--link:#0550ae;",
    "--yes:#1a7f37;--no:#b42318;--open:#7a5b00;--c0:#0072b2;--c1:#d55e00;--c2:#00805c;",
    "--c3:#b0488c;--c4:#8a6d00;--c5:#3a8fc2;--c6:#444;--c7:#a33}",
    "@media(prefers-color-scheme:dark){:root{--paper:#0f1318;--card:#171d24;--ink:#e6eaef;",
    "--soft:#a3adb8;--edge:#333d48;--link:#79b8ff;--yes:#4ac26b;--no:#ff8579;--open:#e3b341;",
    "--c0:#5ab4ec;--c1:#ff9447;--c2:#35c99a;--c3:#e58cc4;--c4:#e3c341;--c5:#9ad0f0;--c6:#bbb;",
    "--c7:#ff8579}}",
    "*{box-sizing:border-box}",
    "html{-webkit-text-size-adjust:100%;text-size-adjust:100%}",
    "body{margin:0 auto;padding:1.2rem .875rem 3rem;max-width:66rem;background:var(--paper);",
    "color:var(--ink);font:1rem/1.5 system-ui,-apple-system,\"Segoe UI\",Roboto,\"Liberation "
    "Sans\",",
    "\"DejaVu Sans\",sans-serif}",
    "h1{font-size:1.9rem;line-height:1.15;margin:.2rem 0 .6rem}",
    "h2{font-size:1.3rem;line-height:1.25;margin:0 0 .7rem}",
    "h3{font-size:.95rem;margin:1.1rem 0 .3rem}",
    "p{margin:.5rem 0}",
    "a{color:var(--link)}",
    "code{font:.84rem/1.4 ui-monospace,\"Liberation Mono\",\"DejaVu Sans Mono\",monospace;",
    "overflow-wrap:anywhere}",
    ".small,small{font-size:.85rem;color:var(--soft)}",
    ".facts{display:grid;grid-template-columns:max-content 1fr;gap:.15rem .9rem;margin:.8rem 0}",
    ".facts dt{color:var(--soft)}.facts dd{margin:0;overflow-wrap:anywhere}",
    "section,.card{background:var(--card);border:1px solid var(--edge);border-radius:.6rem;",
    "padding:1.1rem .875rem;margin:1.2rem 0}",
    "section{scroll-margin-top:.5rem}",
    ".number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}",
    /* verdicts */
    ".verdict{display:inline-block;border-radius:1rem;padding:.05rem .65rem;font-weight:600;",
    "white-space:nowrap;border:1.5px solid currentColor}",
    ".verdict::before{margin-right:.35rem}",
    ".holds{color:var(--yes)}.holds::before{content:\"✓\"}",
    ".fails{color:var(--no)}.fails::before{content:\"✗\"}",
    ".unknown{color:var(--open)}.unknown::before{content:\"?\"}",
    ".summary{list-style:none;padding:0;margin:.6rem 0 0}",
    ".summary li{display:flex;gap:.6rem;align-items:baseline;padding:.3rem 0;",
    "border-top:1px solid var(--edge)}",
    ".summary .nth{color:var(--soft);min-width:1.4rem;text-align:right}",
    ".summary a{flex:1;text-decoration:none}.summary a:hover{text-decoration:underline}",
    ".summary .verdict{font-size:.85rem;display:none}",
    "#all:checked~* .summary .verdict,#answers:target .summary .verdict{display:inline-block}",
    /* questions and answers */
    ".question{font-size:1.08rem}",
    ".guess{display:flex;flex-wrap:wrap;gap:.4rem .6rem;align-items:center;margin:.7rem 0}",
    ".guess input{flex:1 1 "
    "12rem;max-width:26rem;font:inherit;color:inherit;background:var(--paper);",
    "border:1px solid var(--edge);border-radius:.4rem;padding:.35rem .6rem}",
    ".experiment{border-left:3px solid var(--edge);padding-left:.8rem;margin:.8rem 0}",
    ".switch{width:1.15rem;height:1.15rem;vertical-align:-.2rem;accent-color:var(--link)}",
    ".switch+label{font-weight:600;padding:.35rem .4rem;cursor:pointer}",
    ".answer{display:none}",
    ".switch:checked~.answer,#all:checked~* .answer,#answers:target .answer{display:block}",
    "#all:checked~* .ask,#answers:target .ask{display:none}",
    ".answer>.verdict{font-size:1.1rem;margin:.9rem 0 .2rem}",
    ".parts{display:grid;grid-template-columns:minmax(0,1fr);gap:0 2rem;align-items:start}",
    ".picture{display:block;width:100%;max-width:34rem;height:auto;margin:.8rem 0}",
    /* tables */
    ".wide{overflow-x:auto;max-width:100%}",
    "table{border-collapse:collapse;width:100%;font-size:.92rem}",
    "th,td{text-align:left;vertical-align:top;padding:.35rem .5rem .35rem 0;",
    "border-bottom:1px solid var(--edge)}",
    "th{color:var(--soft);font-weight:600}",
    "th.number,td.number{text-align:right;padding-right:0;padding-left:.5rem}",
    "th.number{white-space:normal}",
    ".numbers{font-size:.85rem;margin-top:1.2rem}.numbers td:first-child{overflow-wrap:break-word}",
    ".figures strong{white-space:nowrap}.figures .verdict{font-size:.78rem;padding:0 .5rem}",
    ".figures td:nth-child(2){min-width:7.5rem}",
    ".files dt{font-weight:600;margin-top:.7rem}.files dd{margin:0;overflow-wrap:anywhere}",
    /* charts */
    "svg text{font-size:12.5px;fill:var(--ink);font-family:inherit}",
    "svg .right{text-anchor:end}svg .middle{text-anchor:middle}svg .strong{font-weight:600}",
    "svg path{fill:none}",
    "svg .grid{stroke:var(--edge)}svg .axis{stroke:var(--soft)}",
    "svg .guide{stroke:var(--soft);stroke-dasharray:2 3}",
    "svg .wanted{fill:var(--yes);opacity:.18}svg .bound{stroke:var(--yes);stroke-width:2}",
    "svg .line{stroke:var(--c);stroke-width:2}",
    "svg .dashed{stroke:var(--c);stroke-width:2;stroke-dasharray:6 4}",
    "svg .bar{stroke:var(--c);stroke-width:1.5}",
    "svg .mark{fill:var(--c)}svg .hollow{fill:var(--card);stroke:var(--c);stroke-width:1.8}",
    ".c0{--c:var(--c0)}.c1{--c:var(--c1)}.c2{--c:var(--c2)}.c3{--c:var(--c3)}",
    ".c4{--c:var(--c4)}.c5{--c:var(--c5)}.c6{--c:var(--c6)}.c7{--c:var(--c7)}",
    "@media(max-width:30rem){.numbers td.number:last-child{white-space:normal}}\n"
    "@media(min-width:56rem){section,.card{padding:1.4rem 1.6rem}",
    ".parts{grid-template:auto 1fr/minmax(0,1fr) minmax(0,1fr)}.drawn{grid-area:1/2/3/3}}",
    "@media print{body{max-width:none;font-size:10pt}.answer{display:block}",
    ".ask,#all,#all+label{display:none}",
    ".summary .verdict{display:inline-block}",
    ".guess input{border:0;border-bottom:1px solid;border-radius:0}",
    "section{break-inside:avoid;background:none}",
    ".parts{grid-template:auto 1fr/minmax(0,1fr) minmax(0,1fr)}.drawn{grid-area:1/2/3/3}}",
};

void rxt_page_style(FILE *file)
{
    for (size_t l = 0; l < sizeof style / sizeof style[0]; l++)
        fprintf(file, "%s\n", style[l]);
}
