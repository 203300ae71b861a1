/**
 * The look of the framework's own pages: one sheet, light and dark, from 320 pixels up, without anything external.
 *
 * Layer 6 (views). A constant.
 */

/** Colours, type, and what all pages have. */
const BASE = `
:root { color-scheme: light dark;
  --paper: light-dark(#faf8f3, #151310); --card: light-dark(#fffefb, #1c1a16); --wash: light-dark(#f3efe6, #25221d);
  --ink: light-dark(#221e18, #ece5d9); --soft: light-dark(#6d6558, #a1988a); --line: light-dark(#e6dfd2, #35302a);
  --red: light-dark(#b3261e, #ff8d7a); --blush: light-dark(#fdeeea, #34201b); --mark: light-dark(#f9c9bf, #7a3226);
  --sea: light-dark(#0e6b64, #66cdc0); --mono: ui-monospace, "SF Mono", "Cascadia Code", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
*, ::before, ::after { box-sizing: border-box; }
html { scroll-padding-top: 1rem; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
.wrap { width: min(78rem, 100%); margin-inline: auto; padding-inline: clamp(1rem, 4vw, 2.5rem); }
code, pre, kbd, textarea { font-family: var(--mono); font-size: .8125rem; font-variant-ligatures: none; tab-size: 2; }
pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
h1, h2, h3, p, ol, ul, dl, dd { margin: 0; padding: 0; }
h2 { font-size: 1.125rem; letter-spacing: -.01em; margin: 2.75rem 0 .875rem; }
a { color: var(--sea); text-underline-offset: .2em; text-decoration-thickness: .06em; }
:focus-visible { outline: 2px solid var(--sea); outline-offset: 2px; border-radius: .3rem; }
button { font: 500 .8125rem/1.2 inherit; font-family: inherit; color: var(--ink); background: var(--card); border: 1px solid var(--line);
  border-radius: .5rem; padding: .4rem .75rem; cursor: pointer; white-space: nowrap; }
button:hover { border-color: var(--soft); }
.top { background: var(--card); border-top: .25rem solid var(--tone, var(--red)); border-bottom: 1px solid var(--line); }
.top .wrap { padding-block: 1.5rem 2rem; }
.line { display: flex; align-items: center; gap: .75rem; flex-wrap: wrap; color: var(--soft); margin-bottom: 1.75rem; }
.line > button { margin-left: auto; }
.subject { font-family: var(--mono); font-size: .875rem; overflow-wrap: anywhere; }
.status { background: var(--tone, var(--red)); color: var(--card); border-radius: .375rem; font: 600 .8125rem/1 var(--mono); padding: .4rem .5rem; }
.calm { --tone: var(--sea); }
.lost { --tone: light-dark(#9a5a06, #efb45d); }
h1 { color: var(--tone, var(--red)); font: 600 1rem/1.4 var(--mono); overflow-wrap: anywhere; }
.message { font-size: clamp(1.3rem, 1rem + 1.4vw, 1.95rem); font-weight: 600; letter-spacing: -.018em; line-height: 1.25; margin-top: .4rem;
  max-width: 52rem; overflow-wrap: anywhere; white-space: pre-wrap; text-wrap: pretty; }
.message.long { font-size: 1rem; font-weight: 400; letter-spacing: 0; line-height: 1.5; max-height: 22rem; overflow-y: auto; }
.lead { font-size: 1.125rem; margin-top: .75rem; max-width: 44rem; overflow-wrap: anywhere; white-space: pre-wrap; }
table { border-collapse: collapse; width: 100%; }
th, td { border-top: 1px solid var(--line); padding: .45rem 0; text-align: left; vertical-align: top; }
tr:first-child > * { border-top: 0; }
th { color: var(--soft); font: 400 .8125rem/1.55 var(--mono); overflow-wrap: anywhere; padding-right: 1.25rem; width: 14rem; }
td { font-family: var(--mono); font-size: .8125rem; overflow-wrap: anywhere; }
td pre { max-height: 12rem; overflow-y: auto; }
.none { color: var(--soft); font-size: .9375rem; }
.plain { padding-top: 2.5rem; max-width: 60rem; }
.plain ul { margin-top: .5rem; padding-left: 1.25rem; }
.none.after { margin-top: .75rem; }
footer { color: var(--soft); font-size: .875rem; padding-top: 3.5rem; padding-bottom: 3rem; }
footer p { border-top: 1px solid var(--line); padding-top: 1.25rem; }
`;

/** Tracebacks, sources, the pages of errors. */
const ERRORS = `
.where { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem .75rem; margin-top: 1.1rem; color: var(--soft); }
.where [role], .bar [role] { color: var(--red); flex-basis: 100%; }
.where code { font-size: .9375rem; color: var(--ink); overflow-wrap: anywhere; }
.causes { list-style: none; margin-top: 1.25rem; border-left: 2px solid var(--line); padding-left: 1rem; }
.causes li + li { margin-top: .3rem; }
.causes a { color: inherit; text-decoration: none; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; overflow-wrap: anywhere; }
.causes a:hover b { text-decoration: underline; }
.causes b { font: 600 .875rem var(--mono); color: var(--red); }
.causes span { color: var(--soft); }
.columns { display: grid; grid-template-columns: minmax(0, 1fr); }
aside h2 { font-size: .9375rem; }
dl { font-size: .875rem; }
dt { color: var(--soft); margin-top: .7rem; }
dd { font-family: var(--mono); font-size: .8125rem; overflow-wrap: anywhere; }
.contents { list-style: none; display: flex; flex-wrap: wrap; gap: .1rem 1rem; margin-top: 1.5rem; font-size: .875rem; }
.contents a { display: inline-block; padding-block: .2rem; text-decoration: none; }
.contents a:hover { text-decoration: underline; }
@media (min-width: 68rem) {
  .columns { grid-template-columns: minmax(0, 1fr) 17rem; gap: 3rem; }
  aside { position: sticky; top: 0; align-self: start; max-height: 100vh; overflow-y: auto; padding-bottom: 2rem; }
  .contents { display: block; border-top: 1px solid var(--line); padding-top: 1rem; }
}
summary { cursor: pointer; list-style: none; }
summary::-webkit-details-marker { display: none; }
.frame, .fold { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; margin-top: .6rem; overflow: clip; }
.frame > summary, .fold > summary { display: flex; flex-wrap: wrap; align-items: baseline; gap: .15rem .75rem; padding: .7rem 1rem; }
.frame > summary::before, .fold > summary::before, .section > summary::before { content: ""; width: .45rem; height: .45rem; flex: none; align-self: center;
  border: solid var(--soft); border-width: 0 1.5px 1.5px 0; transform: rotate(-45deg); transition: transform .12s; }
[open] > summary::before { transform: rotate(45deg) !important; }
.frame > summary:hover, .fold > summary:hover { background: var(--wash); }
.frame[open] > summary { border-bottom: 1px solid var(--line); }
.fn { font: 600 .875rem var(--mono); overflow-wrap: anywhere; }
.at { color: var(--soft); font: .8125rem var(--mono); overflow-wrap: anywhere; }
.at b { color: var(--ink); font-weight: 500; }
.tag { border: 1px solid var(--line); border-radius: 1rem; color: var(--soft); font-size: .75rem; line-height: 1; padding: .2rem .5rem; align-self: center; }
.fold { background: none; border-style: dashed; }
.fold > summary { color: var(--soft); font-size: .875rem; padding-block: .5rem; }
.fold .frame { border-width: 1px 0 0; border-radius: 0; margin: 0; }
.fold .fn { font-weight: 400; }
.code { overflow-x: auto; padding-block: .6rem; font: .8125rem/1.65 var(--mono); position: relative; }
.code div { display: flex; align-items: baseline; min-width: max-content; padding-right: 1rem; }
.code i { background: var(--card); color: color-mix(in srgb, var(--soft) 75%, var(--card)); flex: none; font-style: normal; left: 0; padding-right: 1rem; position: sticky;
  text-align: right; user-select: none; width: 3.5rem; }
.code code { font-size: inherit; white-space: pre; }
.code .now { background: var(--blush); box-shadow: inset .2rem 0 var(--red); }
.code .now i { background: inherit; box-shadow: inherit; color: var(--red); }
.code mark { background: var(--mark); color: inherit; border-radius: .2rem; box-shadow: 0 0 0 .1rem var(--mark); }
.code mark span { color: inherit; }
.code small { color: var(--red); font: 500 .8125rem var(--mono); padding-left: 2rem; }
.bar { display: flex; justify-content: space-between; align-items: center; gap: 1rem; flex-wrap: wrap; border-top: 1px solid var(--line); padding: .6rem 1rem; }
.bar .full { color: var(--soft); font: .75rem var(--mono); overflow-wrap: anywhere; }
.gone { color: var(--soft); font-size: .875rem; padding: .8rem 1rem; }
.vars { border-top: 1px solid var(--line); padding: .7rem 1rem .4rem; background: light-dark(#fcfaf5, #191713); }
.vars > p, .label { color: var(--soft); font-size: .8125rem; }
.vars th { color: var(--ink); width: 10rem; }
.chain { display: flex; flex-wrap: wrap; align-items: baseline; gap: .1rem .6rem; }
.chain + p { overflow-wrap: anywhere; white-space: pre-wrap; margin-bottom: .9rem; }
.chain b { font: 600 1rem var(--mono); color: var(--red); overflow-wrap: anywhere; }
.chain span { color: var(--soft); font-weight: 400; font-size: .9375rem; }
.section { border-top: 1px solid var(--line); }
.section > summary { display: flex; align-items: center; gap: .75rem; padding: .75rem 0; font-weight: 600; }
.section > summary small { color: var(--soft); font-weight: 400; }
.section > :not(summary) { margin-bottom: 1.25rem; }
textarea { width: 100%; height: 20rem; background: var(--card); color: inherit; border: 1px solid var(--line); border-radius: .75rem; padding: 1rem; resize: vertical; }
.t-comment { color: light-dark(#7d7465, #8f8677); font-style: italic; }
.t-string { color: light-dark(#3f6b12, #a9cc85); }
.t-number { color: light-dark(#94560a, #e3b571); }
.t-keyword { color: light-dark(#7b3f9e, #cba6ea); }
.t-class { color: light-dark(#0e6b64, #72d0c4); }
.t-call { color: light-dark(#1c5ca3, #93bff0); }
`;

/** The page for a path that does not exist, and the first page of a project. */
const OTHERS = `
.routes { list-style: none; counter-reset: route; background: var(--card); border: 1px solid var(--line); border-radius: .75rem; overflow: clip; }
.routes li { counter-increment: route; display: flex; flex-wrap: wrap; align-items: baseline; gap: .2rem .9rem; padding: .6rem 1rem .6rem 3rem; position: relative;
  border-top: 1px solid var(--line); }
.label + .routes { margin-top: .5rem; }
.routes li:first-child { border-top: 0; }
.routes li::before { content: counter(route); color: var(--soft); font: .75rem/1.6rem var(--mono); left: 0; position: absolute; text-align: right; width: 2.1rem; }
.routes code { font-size: .875rem; overflow-wrap: anywhere; }
.routes .fit { color: var(--sea); }
.routes .param { color: light-dark(#7b3f9e, #cba6ea); }
.routes .at { margin-left: auto; }
.routes .tag { font-family: var(--mono); }
.meant { margin-top: 1.4rem; }
.meant a { font: 500 1rem var(--mono); }
.steps { list-style: none; counter-reset: step; max-width: 44rem; }
.steps > li { counter-increment: step; position: relative; padding: 0 0 2rem 3.25rem; }
.steps > li::before { content: counter(step); position: absolute; left: 0; top: -.1rem; width: 2rem; height: 2rem; border: 1.5px solid var(--sea); border-radius: 50%;
  color: var(--sea); font-weight: 600; line-height: 1.85rem; text-align: center; }
.steps > li:not(:last-child)::after { content: ""; position: absolute; left: 1rem; top: 1.9rem; bottom: .1rem; border-left: 1.5px solid var(--line); }
.steps pre, .block { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; margin-top: .75rem; overflow-x: auto; padding: .9rem 1rem; white-space: pre; line-height: 1.65; }
.notes { color: var(--sea); display: block; height: 3.5rem; margin-bottom: 1.25rem; }
`;

const NARROW = `
@media (max-width: 40rem) { table, tbody, tr, th, td, .vars th { display: block; width: auto; } th { padding-bottom: 0; } td { border-top: 0; padding-top: .1rem; } }
`;

export const PAGE_STYLE: string = BASE + NARROW;
export const DEBUG_STYLE: string = BASE + ERRORS + OTHERS + NARROW;
